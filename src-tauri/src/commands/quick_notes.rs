//! Quick notes and their processing. Opening and recording answer while locked.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::locked;
use drempel_screens::shapes::{
    NoteInto, NoteSuggestions, Opened, QuickNoteForm, QuickNoteKnown, Saved, WaitingNote,
};
use std::sync::Arc;
use tauri::State;

/// Opens a new form, or that draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn open_quick_note(
    shell: State<'_, Arc<Shell>>,
    draft: Option<RecordId>,
) -> Answer<Opened<QuickNoteForm, QuickNoteKnown>> {
    shell.open_form(
        draft,
        |screens| screens.open_quick_note(draft),
        locked::open_quick_note,
    )
}

/// Saves and finishes the draft.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn record_quick_note(
    shell: State<'_, Arc<Shell>>,
    draft: RecordId,
    form: QuickNoteForm,
) -> Answer<Saved> {
    shell.record_form(
        draft,
        |screens| screens.record_quick_note(draft, &form),
        || locked::quick_note(&form),
    )
}

/// The notes that wait, the newest first.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn inbox(shell: State<'_, Arc<Shell>>) -> Answer<Vec<WaitingNote>> {
    shell.open(|screens| screens.inbox())
}

/// Young people whose name the note may hold.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn note_suggestions(shell: State<'_, Arc<Shell>>, note: RecordId) -> Answer<NoteSuggestions> {
    shell.open(|screens| screens.note_suggestions(note))
}

/// Puts a note where it belongs.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn process_note(shell: State<'_, Arc<Shell>>, note: RecordId, into: NoteInto) -> Answer<Saved> {
    shell.act(|screens| screens.process_note(note, into))
}
