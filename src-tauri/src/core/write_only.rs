//! Forms whatever the stage: with what is known in an open app; in a locked one empty, and set aside when they are saved.

use super::failures::refusal;
use super::shell::{Answer, Shell};
use drempel_client::phone::Stage;
use drempel_client::system::{RandomIds, SystemClock};
use drempel_domain::id::{IdSource as _, RecordId};
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::{Clock as _, Moment};
use drempel_screens::shapes::{DraftKept, FormName, Opened, Saved};
use drempel_screens::{Deed, Screens, locked};
use serde_json::Value;

impl Shell {
    /// Opens a form; in a locked app as `empty` has it.
    pub(crate) fn open_form<Form, Known>(
        &self,
        draft: Option<RecordId>,
        open: impl FnOnce(Screens<'_>) -> Answer<Opened<Form, Known>>,
        empty: fn(RecordId, Moment) -> Opened<Form, Known>,
    ) -> Answer<Opened<Form, Known>> {
        match self.is_write_only() {
            true => {
                let draft = draft.unwrap_or_else(|| RecordId::new(RandomIds.next()));
                Ok(empty(draft, SystemClock.now()))
            }
            false => self.open(open),
        }
    }

    /// Saves a form; in a locked app what it holds is set aside as that note.
    pub(crate) fn record_form(
        &self,
        draft: RecordId,
        record: impl FnOnce(Screens<'_>) -> Deed<Saved>,
        note: impl FnOnce() -> QuickNote,
    ) -> Answer<Saved> {
        if !self.is_write_only() {
            return self.act(record);
        }
        self.phone.set_aside(note(), Some(draft)).map_err(refusal)?;
        self.tell_lock();
        self.syncing.wake();
        Ok(locked::set_aside(draft))
    }

    /// Keeps what a form holds; in a locked app it is sealed.
    pub(crate) fn keep_draft(&self, id: RecordId, form: FormName, content: Value) -> Answer<DraftKept> {
        if !self.is_write_only() {
            return self.act(|screens| screens.keep_draft(id, form, content));
        }
        self.phone
            .seal_draft(id, form.as_str(), content)
            .map_err(refusal)?;
        Ok(locked::SEALED)
    }

    /// Throws a draft away.
    pub(crate) fn drop_draft(&self, id: RecordId) -> Answer<()> {
        match self.is_write_only() {
            true => self.phone.drop_sealed_draft(id).map_err(refusal),
            false => self.act(|screens| screens.drop_draft(id)),
        }
    }

    fn is_write_only(&self) -> bool {
        match self.phone.stage() {
            Stage::Locked | Stage::ReadLocked => true,
            Stage::NotEnrolled | Stage::Open | Stage::Ended(_) => false,
        }
    }
}
