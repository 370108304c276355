//! Forms that are being filled in: kept at every keystroke, opened again letter for letter.

use crate::failure::CommandError;
use crate::screens::{Deed, Done, Screens};
use crate::shapes::{DraftKept, DraftRow, DraftState, FormName, Opened};
use drempel_domain::id::RecordId;
use drempel_domain::rules::bsn;
use drempel_store::Draft;
use serde::de::DeserializeOwned;
use serde_json::Value;

impl Screens<'_> {
    /// Keeps what a form holds now, durable when it answers.
    ///
    /// # Errors
    /// `storage_full`, `storage_failed`: the text on the screen stays.
    pub fn keep_draft(&self, id: RecordId, form: FormName, content: Value) -> Deed<DraftKept> {
        self.client.keep_draft(id, form.as_str(), content)?;
        let state = DraftState::Kept;
        Ok(Done::new(DraftKept { state }, &["draft"]))
    }

    /// Throws a draft away, because nothing was typed or its author wants so.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn drop_draft(&self, id: RecordId) -> Deed<()> {
        self.client.drop_draft(id)?;
        Ok(Done::new((), &["draft"]))
    }

    /// Forms that are not finished, the last one first.
    pub(crate) fn draft_rows(&self) -> Result<Vec<DraftRow>, CommandError> {
        let drafts = self.client.drafts()?;
        Ok(drafts.iter().filter_map(draft_row).collect())
    }

    /// Opens a form: that draft when it is there, otherwise what `begin` fills in. `known` looks at the form that is opened.
    pub(crate) fn opened<Form: DeserializeOwned, Known>(
        &self,
        draft: Option<RecordId>,
        begin: impl FnOnce() -> Result<Form, CommandError>,
        known: impl FnOnce(&Form) -> Result<Known, CommandError>,
    ) -> Result<Opened<Form, Known>, CommandError> {
        let kept = match draft {
            Some(id) => self.client.draft(id)?,
            None => None,
        };
        let form = match kept.and_then(|draft| serde_json::from_value(draft.content).ok()) {
            Some(form) => form,
            None => begin()?,
        };
        Ok(Opened {
            draft: draft.unwrap_or_else(|| self.client.new_draft()),
            known: known(&form)?,
            form,
            now: self.client.now().into(),
        })
    }
}

/// The text without what looks like a BSN ("Weghalen").
pub fn without_bsn(text: &str) -> String {
    bsn::without_bsn(text)
}

fn draft_row(draft: &Draft) -> Option<DraftRow> {
    Some(DraftRow {
        id: draft.id,
        form: FormName::named(&draft.form)?,
        updated_at: draft.updated_at.into(),
        while_locked: draft.while_locked,
    })
}
