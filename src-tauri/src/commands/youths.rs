//! Young people and groups.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::shapes::{
    Dossier, GroupForm, GroupRow, Opened, Page, ReachBy, Saved, YouthFilter, YouthForm, YouthRow, YouthsHead,
};
use std::sync::Arc;
use tauri::State;

/// What stands above the list.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn youths_head(shell: State<'_, Arc<Shell>>) -> Answer<YouthsHead> {
    shell.open(|screens| screens.youths_head())
}

/// A window of the list.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn youths(
    shell: State<'_, Arc<Shell>>,
    filter: YouthFilter,
    from: usize,
    count: usize,
) -> Answer<Page<YouthRow>> {
    shell.open(|screens| screens.youths(&filter, from, count))
}

/// Groups, by when they were last seen.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn groups(shell: State<'_, Arc<Shell>>, words: String) -> Answer<Vec<GroupRow>> {
    shell.open(|screens| screens.groups(&words))
}

/// Opens the form for somebody new, or that draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn open_youth(
    shell: State<'_, Arc<Shell>>,
    draft: Option<RecordId>,
    nickname: Option<String>,
) -> Answer<Opened<YouthForm, ()>> {
    shell.open(|screens| screens.open_youth(draft, &nickname))
}

/// Makes a young person known.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn create_youth(shell: State<'_, Arc<Shell>>, draft: RecordId, form: YouthForm) -> Answer<Saved> {
    shell.act(|screens| screens.create_youth(draft, &form))
}

/// Opens the form for a new group, or that draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn open_group(
    shell: State<'_, Arc<Shell>>,
    draft: Option<RecordId>,
) -> Answer<Opened<GroupForm, ()>> {
    shell.open(|screens| screens.open_group(draft))
}

/// Makes a group known.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn create_group(shell: State<'_, Arc<Shell>>, draft: RecordId, form: GroupForm) -> Answer<Saved> {
    shell.act(|screens| screens.create_group(draft, &form))
}

/// A dossier; that it was opened is noted.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn dossier(shell: State<'_, Arc<Shell>>, youth: RecordId) -> Answer<Dossier> {
    shell.open(|screens| screens.dossier(youth))
}

/// Opens the device's own app for messages or for calls.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn reach_youth(shell: State<'_, Arc<Shell>>, youth: RecordId, by: ReachBy) -> Answer<()> {
    shell.reach_youth(youth, by)
}
