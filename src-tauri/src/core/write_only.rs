//! Forms whatever the stage: with what is known in an open app; in a locked one empty, and set aside when they are saved.

use super::failures::refusal;
use super::shell::{Answer, Shell};
use drempel_client::phone::{PhoneError, Stage};
use drempel_client::system::{RandomIds, SystemClock};
use drempel_domain::id::{IdSource as _, RecordId};
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::{Clock as _, Moment};
use drempel_screens::shapes::{DraftKept, FormName, Opened, Saved};
use drempel_screens::{Deed, FailureCode, Screens, locked};
use serde_json::Value;

impl Shell {
    /// Opens a form; in a locked app as `empty` has it.
    pub(crate) fn open_form<Form, Known>(
        &self,
        draft: Option<RecordId>,
        open: impl FnOnce(Screens<'_>) -> Answer<Opened<Form, Known>>,
        empty: fn(RecordId, Moment) -> Opened<Form, Known>,
    ) -> Answer<Opened<Form, Known>> {
        let empty = || {
            let draft = draft.unwrap_or_else(|| RecordId::new(RandomIds.next()));
            Ok(empty(draft, SystemClock.now()))
        };
        self.whatever_the_stage(|| self.open(open), empty)
    }

    /// Saves a form; in a locked app what it holds is set aside as that note.
    pub(crate) fn record_form(
        &self,
        draft: RecordId,
        record: impl FnOnce(Screens<'_>) -> Deed<Saved>,
        note: impl FnOnce() -> QuickNote,
    ) -> Answer<Saved> {
        let set_aside = || {
            self.phone.set_aside(note(), Some(draft))?;
            self.tell_lock();
            self.syncing.wake();
            Ok(locked::set_aside(draft))
        };
        self.whatever_the_stage(|| self.act(record), set_aside)
    }

    /// Keeps what a form holds; in a locked app it is sealed.
    pub(crate) fn keep_draft(&self, id: RecordId, form: FormName, content: &Value) -> Answer<DraftKept> {
        let seal = || {
            self.phone.seal_draft(id, form.as_str(), content.clone())?;
            Ok(locked::SEALED)
        };
        let keep = || self.act(|screens| screens.keep_draft(id, form, content.clone()));
        self.whatever_the_stage(keep, seal)
    }

    /// Throws a draft away.
    pub(crate) fn drop_draft(&self, id: RecordId) -> Answer<()> {
        let drop_sealed = || self.phone.drop_sealed_draft(id);
        self.whatever_the_stage(|| self.act(|screens| screens.drop_draft(id)), drop_sealed)
    }

    fn whatever_the_stage<T>(
        &self,
        open: impl FnOnce() -> Answer<T>,
        locked: impl FnOnce() -> Result<T, PhoneError>,
    ) -> Answer<T> {
        one_or_the_other(|| self.is_write_only(), open, locked)
    }

    fn is_write_only(&self) -> bool {
        match self.phone.stage() {
            Stage::Locked | Stage::ReadLocked => true,
            Stage::NotEnrolled | Stage::Open | Stage::Ended(_) => false,
        }
    }
}

/// Does what the stage asks for, and the other when the lock fell or opened between the look and the deed: the lock's
/// clock runs beside whoever is saving, and a form must not be refused for it.
fn one_or_the_other<T>(
    is_write_only: impl Fn() -> bool,
    open: impl FnOnce() -> Answer<T>,
    locked: impl FnOnce() -> Result<T, PhoneError>,
) -> Answer<T> {
    if is_write_only() {
        return match locked() {
            Err(PhoneError::NotLocked) => open(),
            done => done.map_err(refusal),
        };
    }
    match open() {
        Err(refused) if refused.code == FailureCode::Locked && is_write_only() => locked().map_err(refusal),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use drempel_client::ClientError;
    use std::cell::Cell;

    /// What is answered when the app is locked at the first look and at later ones, in that order, as often as it is asked.
    fn answered(looks: [bool; 2], open: Answer<&str>, locked: Result<&str, PhoneError>) -> Answer<String> {
        let looked = Cell::new(0);
        let is_write_only = || {
            let look = looked.replace(looked.get() + 1);
            looks[look.min(1)]
        };
        one_or_the_other(is_write_only, || open, || locked).map(str::to_owned)
    }

    #[test]
    fn a_save_goes_the_way_of_the_stage_also_when_that_changes_meanwhile() {
        let in_library = || Ok("in the library");
        let sealed = || Ok("sealed");
        for (looks, open, locked, expected) in [
            (
                [false; 2],
                in_library(),
                Err(PhoneError::NotLocked),
                "in the library",
            ),
            ([true; 2], Err(FailureCode::Locked.into()), sealed(), "sealed"),
            ([false, true], Err(FailureCode::Locked.into()), sealed(), "sealed"),
            (
                [true, false],
                in_library(),
                Err(PhoneError::NotLocked),
                "in the library",
            ),
        ] {
            assert_eq!(answered(looks, open, locked).unwrap(), expected, "{looks:?}");
        }
    }

    #[test]
    fn a_refusal_of_the_way_that_was_gone_stays_one() {
        let ended = answered([false; 2], Err(FailureCode::Locked.into()), Ok("sealed"));
        assert_eq!(ended.unwrap_err().code, FailureCode::Locked);
        let full = answered([false, true], Err(FailureCode::StorageFull.into()), Ok("sealed"));
        assert_eq!(full.unwrap_err().code, FailureCode::StorageFull);
        let gone = Err(PhoneError::Client(ClientError::NotFound));
        let gone = answered([true; 2], Ok("in the library"), gone);
        assert_eq!(gone.unwrap_err().code, FailureCode::NotFound);
    }
}
