//! Synchronisation, refused recordings and overwritten values. How far everything is, and trying now, answer while locked.

use crate::core::{Answer, Shell};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_screens::shapes::{
    Audience, Overwritten, OverwrittenChoice, Problem, Saved, SyncPage, SyncStatus,
};
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

/// The page about synchronising.
#[tauri::command(async)]
pub(crate) fn sync_page(shell: State<'_, Arc<Shell>>) -> Answer<SyncPage> {
    shell.sync_page()
}

/// A recording that was not taken.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn problem(shell: State<'_, Arc<Shell>>, space: SpaceId, seq: u64) -> Answer<Problem> {
    shell.open(|screens| screens.problem(space, seq))
}

/// Files a refused recording again in another space.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn file_again(
    shell: State<'_, Arc<Shell>>,
    space: SpaceId,
    seq: u64,
    to: Audience,
) -> Answer<Saved> {
    shell.act(|screens| screens.file_again(space, seq, to))
}

/// Throws a refused recording away.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn discard_problem(shell: State<'_, Arc<Shell>>, space: SpaceId, seq: u64) -> Answer<()> {
    shell.act(|screens| screens.discard_problem(space, seq))
}

/// A value that was overwritten.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn overwritten(shell: State<'_, Arc<Shell>>, id: RecordId) -> Answer<Overwritten> {
    shell.open(|screens| screens.overwritten(id))
}

/// Puts it back, below, or leaves it.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn settle_overwritten(
    shell: State<'_, Arc<Shell>>,
    id: RecordId,
    choice: OverwrittenChoice,
) -> Answer<Saved> {
    shell.act(|screens| screens.settle_overwritten(id, choice))
}
