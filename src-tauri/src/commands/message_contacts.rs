//! Messages and calls with a young person.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::shapes::{MessageContactForm, MessageContactKnown, Opened, Saved};
use std::sync::Arc;
use tauri::State;

/// Opens a new form, or that draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn open_message_contact(
    shell: State<'_, Arc<Shell>>,
    draft: Option<RecordId>,
    youth: Option<RecordId>,
) -> Answer<Opened<MessageContactForm, MessageContactKnown>> {
    shell.open(|screens| screens.open_message_contact(draft, youth))
}

/// Saves and finishes the draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn record_message_contact(
    shell: State<'_, Arc<Shell>>,
    draft: RecordId,
    form: MessageContactForm,
) -> Answer<Saved> {
    shell.act(|screens| screens.record_message_contact(draft, &form))
}
