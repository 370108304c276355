//! Talks at a table that are being planned.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::shapes::{Opened, Saved, ThreeWayTalkForm, ThreeWayTalkKnown};
use std::sync::Arc;
use tauri::State;

/// Opens the form.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn open_three_way_talk(
    shell: State<'_, Arc<Shell>>,
    draft: Option<RecordId>,
    action: Option<RecordId>,
) -> Answer<Opened<ThreeWayTalkForm, ThreeWayTalkKnown>> {
    shell.open(|screens| screens.open_three_way_talk(draft, action))
}

/// Plans the talk.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn invite_to_talk(
    shell: State<'_, Arc<Shell>>,
    draft: RecordId,
    form: ThreeWayTalkForm,
) -> Answer<Saved> {
    shell.act(|screens| screens.invite_to_talk(draft, &form))
}
