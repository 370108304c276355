//! Contacts on the street. Both answer while locked.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::locked;
use drempel_screens::shapes::{Opened, Saved, StreetContactForm, StreetContactKnown};
use std::sync::Arc;
use tauri::State;

/// Opens a new form, that draft, or the form made from that note.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn open_street_contact(
    shell: State<'_, Arc<Shell>>,
    draft: Option<RecordId>,
    from_note: Option<RecordId>,
) -> Answer<Opened<StreetContactForm, StreetContactKnown>> {
    shell.open_form(
        draft,
        |screens| screens.open_street_contact(draft, from_note),
        locked::open_street_contact,
    )
}

/// Saves and finishes the draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn record_street_contact(
    shell: State<'_, Arc<Shell>>,
    draft: RecordId,
    form: StreetContactForm,
) -> Answer<Saved> {
    shell.record_form(
        draft,
        |screens| screens.record_street_contact(draft, &form),
        || locked::street_contact(&form),
    )
}
