//! Things to do.

use crate::core::{Answer, Shell};
use drempel_domain::id::{RecordId, UserId};
use drempel_screens::shapes::{ActionList, ActionScope, Colleague, Day, Saved};
use std::sync::Arc;
use tauri::State;

/// What there is to do.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn actions(shell: State<'_, Arc<Shell>>, scope: ActionScope) -> Answer<ActionList> {
    shell.open(|screens| screens.actions(scope))
}

/// Says that it is done.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn complete_action(shell: State<'_, Arc<Shell>>, action: RecordId) -> Answer<Saved> {
    shell.act(|screens| screens.complete_action(action))
}

/// Moves it to another day.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn move_action(shell: State<'_, Arc<Shell>>, action: RecordId, due: Day) -> Answer<Saved> {
    shell.act(|screens| screens.move_action(action, due))
}

/// Gives it to somebody else.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn hand_over_action(shell: State<'_, Arc<Shell>>, action: RecordId, to: UserId) -> Answer<Saved> {
    shell.act(|screens| screens.hand_over_action(action, to))
}

/// Takes it off the list.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn delete_action(shell: State<'_, Arc<Shell>>, action: RecordId) -> Answer<Saved> {
    shell.act(|screens| screens.delete_action(action))
}

/// Colleagues to hand it over to.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn action_colleagues(shell: State<'_, Arc<Shell>>, action: RecordId) -> Answer<Vec<Colleague>> {
    shell.open(|screens| screens.action_colleagues(action))
}
