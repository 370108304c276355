//! Quick notes and their processing.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::shapes::{NoteInto, Opened, QuickNoteForm, QuickNoteKnown, Saved, WaitingNote};
use std::sync::Arc;
use tauri::State;

/// Opens a new form, or that draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn open_quick_note(
    shell: State<'_, Arc<Shell>>,
    draft: Option<RecordId>,
) -> Answer<Opened<QuickNoteForm, QuickNoteKnown>> {
    shell.open(|screens| screens.open_quick_note(draft))
}

/// Saves and finishes the draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn record_quick_note(
    shell: State<'_, Arc<Shell>>,
    draft: RecordId,
    form: QuickNoteForm,
) -> Answer<Saved> {
    shell.act(|screens| screens.record_quick_note(draft, &form))
}

/// The notes that wait, the newest first.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn inbox(shell: State<'_, Arc<Shell>>) -> Answer<Vec<WaitingNote>> {
    shell.open(|screens| screens.inbox())
}

/// Puts a note where it belongs.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn process_note(shell: State<'_, Arc<Shell>>, note: RecordId, into: NoteInto) -> Answer<Saved> {
    shell.act(|screens| screens.process_note(note, into))
}
