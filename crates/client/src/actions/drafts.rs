//! Forms that are being filled in: every keystroke is kept, so that a killed app loses no letter.

use crate::{Client, ClientError};
use drempel_domain::id::RecordId;
use drempel_store::Draft;
use serde_json::Value;

impl Client {
    /// A name for a new draft.
    pub fn new_draft(&self) -> RecordId {
        RecordId::new(self.ids.next())
    }

    /// Keeps what a form holds now; durable when it returns.
    ///
    /// # Errors
    /// When the database cannot be written; the form on the screen still has the text.
    pub fn keep_draft(&self, id: RecordId, form: &str, content: Value) -> Result<(), ClientError> {
        let draft = Draft {
            id,
            form: form.to_owned(),
            content,
            updated_at: self.now(),
            while_locked: false,
        };
        self.store.write(|writer| Ok(writer.save_draft(&draft)?))
    }

    /// Every form that is not finished, the last one first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, ClientError> {
        self.store.read(|reader| Ok(reader.drafts()?))
    }

    /// A form that is not finished.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn draft(&self, id: RecordId) -> Result<Option<Draft>, ClientError> {
        self.store.read(|reader| Ok(reader.draft(id)?))
    }

    /// Throws a draft away, after its form was saved or because its author wants so.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn drop_draft(&self, id: RecordId) -> Result<(), ClientError> {
        self.store.write(|writer| Ok(writer.remove_draft(id)?))
    }
}
