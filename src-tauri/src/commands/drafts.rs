//! Forms that are being filled in. All of these answer while locked.

use crate::core::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::shapes::{DraftKept, FormName};
use drempel_screens::without_bsn as text_without_bsn;
use serde_json::Value;
use std::sync::Arc;
use tauri::State;

/// Keeps what a form holds now.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn keep_draft(
    shell: State<'_, Arc<Shell>>,
    id: RecordId,
    form: FormName,
    content: Value,
) -> Answer<DraftKept> {
    shell.keep_draft(id, form, &content)
}

/// Throws a draft away.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn drop_draft(shell: State<'_, Arc<Shell>>, id: RecordId) -> Answer<()> {
    shell.drop_draft(id)
}

/// The text without what looks like a BSN.
#[tauri::command(async, rename_all = "snake_case")]
pub(crate) fn without_bsn(text: String) -> String {
    text_without_bsn(&text)
}
