//! Talks at a door. Both answer while locked.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::locked;
use drempel_screens::shapes::{DoorstepTalkForm, DoorstepTalkKnown, Opened, Saved};
use std::sync::Arc;
use tauri::State;

/// Opens a new form at the next address of the list, that draft, or at that address.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn open_doorstep_talk(
    shell: State<'_, Arc<Shell>>,
    draft: Option<RecordId>,
    visit: Option<RecordId>,
) -> Answer<Opened<DoorstepTalkForm, DoorstepTalkKnown>> {
    shell.open_form(
        draft,
        |screens| screens.open_doorstep_talk(draft, visit),
        locked::open_doorstep_talk,
    )
}

/// Saves and finishes the draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn record_doorstep_talk(
    shell: State<'_, Arc<Shell>>,
    draft: RecordId,
    form: DoorstepTalkForm,
) -> Answer<Saved> {
    shell.record_form(
        draft,
        |screens| screens.record_doorstep_talk(draft, &form),
        || locked::doorstep_talk(&form),
    )
}
