//! Writing without unlock: what a locked phone records, sealed before it is acknowledged.

use super::folder;
use super::sealed_work::Enrolment;
use super::start::{Life, lock};
use super::{Phone, PhoneError};
use crate::{ClientError, Refusal};
use drempel_domain::id::RecordId;
use drempel_domain::record::{EventMoment, FieldType, Named, PlanMoment, Record};
use drempel_domain::records::lists::NoteState;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::rules::bsn;
use drempel_domain::space::Regime;
use drempel_domain::sync_log::{Change, Fields};
use drempel_domain::time::{Clocks, DAY, Moment};
use drempel_sealing::capture::DraftSlot;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

/// A form that was open while the phone was locked, as it is sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct SealedDraft {
    pub(super) id: RecordId,
    pub(super) form: String,
    pub(super) content: Value,
    pub(super) updated_at: Moment,
}

impl Phone {
    /// Records a note on a locked phone, finishing its draft when it had one: sealed, and on the disk when this returns.
    ///
    /// It goes to the author's own space, to be processed after unlocking. A contact or a talk is recorded so as well,
    /// in words: there are no names to choose from while locked. The answer is how many entries wait now.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken; [`PhoneError::NotLocked`]; [`PhoneError::Sealed`]
    /// when there is no room. Nothing was recorded then.
    pub fn set_aside(&self, note: QuickNote, draft: Option<RecordId>) -> Result<usize, PhoneError> {
        self.check_locked()?;
        let mut randomness = self.machine.random()?;
        let mut sealed = lock(&self.sealed);
        let sealed = sealed.as_mut().ok_or(PhoneError::NotEnrolled)?;
        let made = self.machine.clocks();
        // The record takes the draft's name, so that a kill in between cannot bring both back.
        let record = draft.unwrap_or_else(|| RecordId::new(self.machine.ids.next()));
        let set = fields(note, sealed.enrolment(), &made);
        check(&set, sealed.enrolment(), &made)?;
        let recipients = sealed.enrolment().recipients()?;
        let captures = sealed.captures.as_mut().ok_or(PhoneError::NotEnrolled)?;
        let change = Change {
            seq: captures.next_seq(),
            collection: QuickNote::NAME.to_owned(),
            record,
            new: true,
            set,
            base: Default::default(),
            made,
            instead_of: None,
            given: None,
        };
        let text = serde_json::to_vec(&change).map_err(ClientError::Settings)?;
        let text = Zeroizing::new(text);
        captures.append(|_| text, &recipients, &mut randomness)?;
        let count = sealed.set_aside();
        if let Some(draft) = draft
            && let Err(error) = self.draft_slot(sealed.enrolment(), draft).clear()
        {
            // It is recorded; whoever heard otherwise would record it again. The draft goes when the phone is unlocked.
            tracing::warn!(%error, "the draft of what was recorded while locked is still there");
        }
        Ok(count)
    }

    /// How many entries that were recorded while locked wait to be read in.
    pub fn set_aside_count(&self) -> usize {
        lock(&self.sealed).as_ref().map_or(0, |sealed| sealed.set_aside())
    }

    /// Keeps what a form holds on a locked phone; sealed, and on the disk when this returns. It comes back as a draft
    /// after unlocking.
    ///
    /// # Errors
    /// [`PhoneError::NotLocked`], [`PhoneError::Draft`].
    pub fn seal_draft(&self, id: RecordId, form: &str, content: Value) -> Result<(), PhoneError> {
        self.check_locked()?;
        let sealed = lock(&self.sealed);
        let sealed = sealed.as_ref().ok_or(PhoneError::NotEnrolled)?;
        let draft = SealedDraft {
            id,
            form: form.to_owned(),
            content,
            updated_at: self.machine.clocks().moment(),
        };
        let text = Zeroizing::new(serde_json::to_vec(&draft).map_err(ClientError::Settings)?);
        folder::make_durably(&self.folder.drafts())?;
        let slot = self.draft_slot(sealed.enrolment(), id);
        slot.save(&text, sealed.enrolment().capture_key, &mut self.machine.random()?)?;
        Ok(())
    }

    /// Throws a sealed draft away.
    ///
    /// # Errors
    /// [`PhoneError::Draft`].
    pub fn drop_sealed_draft(&self, id: RecordId) -> Result<(), PhoneError> {
        let sealed = lock(&self.sealed);
        let sealed = sealed.as_ref().ok_or(PhoneError::NotEnrolled)?;
        Ok(self.draft_slot(sealed.enrolment(), id).clear()?)
    }

    pub(super) fn draft_slot(&self, enrolment: &Enrolment, id: RecordId) -> DraftSlot {
        DraftSlot::at(&self.folder.drafts().join(id.to_string()), enrolment.lock)
    }

    /// What is recorded on an open phone goes into the library.
    fn check_locked(&self) -> Result<(), PhoneError> {
        match &*lock(&self.life) {
            Life::Locked | Life::ReadLocked(_) => Ok(()),
            Life::Open(_) => Err(PhoneError::NotLocked),
            Life::NotEnrolled(_) | Life::Ended(_) => Err(PhoneError::NotEnrolled),
        }
    }
}

/// Everything that the record says.
fn fields(note: QuickNote, enrolment: &Enrolment, made: &Clocks) -> Fields {
    let kept = i64::from(enrolment.note_days).saturating_mul(DAY);
    let note = QuickNote {
        state: Some(NoteState::Inbox),
        discard_after: Some(PlanMoment(made.moment().plus_millis(kept))),
        ..note
    };
    let mut set = note.to_fields();
    FieldType::put(&Some(EventMoment(made.moment())), "created_at", &mut set);
    FieldType::put(&Some(enrolment.user), "created_by", &mut set);
    FieldType::put(&Some(true), "recorded_locked", &mut set);
    set
}

fn check(set: &Fields, enrolment: &Enrolment, made: &Clocks) -> Result<(), ClientError> {
    let mut faults = QuickNote::collection().check(set, true, made.moment());
    // Before the first synchronisation nobody knows the regime: then the strictest holds.
    let regime = enrolment.regime.unwrap_or(Regime::CoachingAvg);
    faults.extend(bsn::check(set, regime, false));
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Fields(faults).into()),
    }
}
