//! Settings, what is on this device, and access for a young person.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::shapes::{AccessPreview, OnThisDevice, Saved, Settings, SettingsChange};
use std::sync::Arc;
use tauri::State;

/// What a person can set.
#[tauri::command(async)]
pub(crate) fn settings(shell: State<'_, Arc<Shell>>) -> Answer<Settings> {
    shell.settings()
}

/// Changes what was asked.
#[tauri::command]
pub(crate) async fn change_settings(
    shell: State<'_, Arc<Shell>>,
    change: SettingsChange,
) -> Answer<Settings> {
    shell.change_settings(change).await
}

/// What is on this device.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn on_this_device(shell: State<'_, Arc<Shell>>) -> Answer<OnThisDevice> {
    shell.open(|screens| screens.on_this_device())
}

/// What a young person may see.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn access_preview(shell: State<'_, Arc<Shell>>, youth: RecordId) -> Answer<AccessPreview> {
    shell.open(|screens| screens.access_preview(youth))
}

/// Forwards a request for access.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn forward_access_request(shell: State<'_, Arc<Shell>>, youth: RecordId) -> Answer<Saved> {
    shell.act(|screens| screens.forward_access_request(youth))
}
