//! What can be done with something that was just saved.

use crate::failure::{CommandError, FailureCode};
use crate::recent::Did;
use crate::screens::{Deed, Done, Screens};
use crate::shapes::{Reopened, Saved};
use drempel_client::Touched;
use drempel_domain::id::RecordId;
use drempel_store::Draft;
use std::collections::BTreeSet;

impl Screens<'_> {
    /// Takes a save back: what it made is deleted, what it changed gets its values back, and the form is a draft again
    /// with everything that it held, in one go. Deletes no text.
    ///
    /// # Errors
    /// `not_found` when the save is not remembered, or a record left the device meanwhile.
    pub fn reopen(&self, token: &str) -> Deed<Reopened> {
        let save = self.recent.find(token).ok_or(FailureCode::NotFound)?;
        let (Did::Changed(saved), Some((form, content))) = (save.did, save.form) else {
            return Err(FailureCode::NotFound.into());
        };
        let draft = Draft {
            id: self.client.new_draft(),
            form: form.as_str().to_owned(),
            content,
            updated_at: self.client.now(),
            while_locked: false,
        };
        let answer = Reopened {
            form,
            draft: draft.id,
        };
        let undone = self.client.undo_into_draft(&saved, draft)?;
        self.recent.remove(token);
        let mut changed = kinds(&undone.touched);
        changed.insert("draft");
        Ok(Done { answer, changed })
    }

    /// Takes back a save that was no form: done, moved, handed over, removed, processed, settled.
    ///
    /// # Errors
    /// `not_found` when the save is not remembered, or a record left the device meanwhile.
    pub fn undo(&self, token: &str) -> Deed<Saved> {
        let save = self.recent.find(token).ok_or(FailureCode::NotFound)?;
        let (collection, record, again) = match save.did {
            Did::Changed(saved) => {
                let first = saved.touched.first().ok_or(FailureCode::NotFound)?;
                let undone = self.client.undo(&saved)?;
                (first.collection, first.record, Did::Changed(undone))
            }
            Did::Settled { collection, record } => {
                self.client.store().write(|writer| writer.ask_again(record))?;
                let nothing = drempel_client::Saved::default();
                (collection, record, Did::Changed(nothing))
            }
        };
        self.recent.remove(token);
        let mut changed = match &again {
            Did::Changed(undone) => kinds(&undone.touched),
            Did::Settled { .. } => BTreeSet::new(),
        };
        changed.insert(collection);
        let token = self.client.new_draft();
        self.recent.keep(token, again, None);
        let answer = Saved {
            token: token.to_string(),
            collection: collection.to_owned(),
            record,
            warnings: Vec::new(),
        };
        Ok(Done { answer, changed })
    }

    /// Opens what was saved to add to it: a draft whose form names the record; saving it changes that record.
    ///
    /// # Errors
    /// `not_found` when it is not on this device, or no form adds to records of that kind.
    pub fn add_to(&self, kind: &str, record: RecordId) -> Deed<Reopened> {
        let (form, content) = match kind {
            "quick_note" => self.quick_note_again(record)?,
            "message_contact" => self.message_contact_again(record)?,
            "street_contact" => self.street_contact_again(record)?,
            "doorstep_talk" => self.doorstep_talk_again(record)?,
            _ => return Err(CommandError::from(FailureCode::NotFound)),
        };
        let draft = self.client.new_draft();
        self.client.keep_draft(draft, form.as_str(), content)?;
        Ok(Done::new(Reopened { form, draft }, &["draft"]))
    }
}

fn kinds(touched: &[Touched]) -> BTreeSet<&'static str> {
    touched.iter().map(|touched| touched.collection).collect()
}
