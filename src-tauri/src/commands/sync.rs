//! Synchronisation. Both answer while locked.

use crate::core::{Answer, Shell};
use drempel_screens::shapes::SyncStatus;
use std::sync::Arc;
use tauri::State;

/// How far everything is.
#[tauri::command(async)]
pub(crate) fn sync_status(shell: State<'_, Arc<Shell>>) -> Answer<SyncStatus> {
    shell.sync_status()
}

/// Tries now; the event `sync` tells the rest.
#[tauri::command(async)]
pub(crate) fn sync_now(shell: State<'_, Arc<Shell>>) {
    shell.syncing.wake();
}
