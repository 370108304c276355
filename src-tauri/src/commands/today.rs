//! What runs, what must be done, what was recorded.

use crate::core::{Answer, Shell};
use drempel_screens::shapes::Today;
use std::sync::Arc;
use tauri::State;

/// Today.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn today(shell: State<'_, Arc<Shell>>) -> Answer<Today> {
    shell.open(|screens| screens.today())
}
