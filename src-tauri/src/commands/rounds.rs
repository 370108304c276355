//! Rounds: begun, walked along, ended.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::shapes::{RoundCode, RoundStart, Saved};
use std::sync::Arc;
use tauri::State;

/// Starts a round.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn start_round(shell: State<'_, Arc<Shell>>, start: RoundStart) -> Answer<Saved> {
    shell.act(|screens| screens.start_round(&start))
}

/// Ends a round.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn end_round(shell: State<'_, Arc<Shell>>, round: RecordId) -> Answer<Saved> {
    shell.act(|screens| screens.end_round(round))
}

/// The code with which a colleague's phone walks along.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn round_code(shell: State<'_, Arc<Shell>>, round: RecordId) -> Answer<RoundCode> {
    shell.open(|screens| screens.round_code(round))
}

/// Answers "Was je erbij?".
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn was_there(shell: State<'_, Arc<Shell>>, round: RecordId, yes: bool) -> Answer<Saved> {
    shell.act(|screens| screens.was_there(round, yes))
}
