//! What can be done with something that was just saved.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::shapes::{Reopened, Saved};
use std::sync::Arc;
use tauri::State;

/// Takes a save back: its form is a draft again.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn reopen(shell: State<'_, Arc<Shell>>, token: String) -> Answer<Reopened> {
    shell.act(|screens| screens.reopen(&token))
}

/// Opens what was saved to add to it.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn add_to(shell: State<'_, Arc<Shell>>, collection: String, record: RecordId) -> Answer<Reopened> {
    shell.act(|screens| screens.add_to(&collection, record))
}

/// Takes back a save that was no form.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn undo(shell: State<'_, Arc<Shell>>, token: String) -> Answer<Saved> {
    shell.act(|screens| screens.undo(&token))
}
