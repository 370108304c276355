//! Handing in sealed work with the deposit token: from a locked phone, and of enrolments that have ended.

use super::deposits::{Batch, Progress, Stream, next_batch};
use super::folder;
use super::sealed_work::SealedWork;
use super::start::{Life, lock};
use super::{Ending, LeaseState, Phone, PhoneError};
use crate::ClientError;
use crate::sync::{SyncError, Transport, exchange};
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use drempel_protocol::DEPOSITS;
use drempel_protocol::PROTOCOL;
use drempel_protocol::deposit::{DepositAnswer, DepositRequest};
use std::collections::BTreeSet;

/// What handing in did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Entries that the municipality has now.
    pub handed_in: usize,
    /// Entries that it does not have for good yet: they stay until a backup covers them.
    pub left: usize,
}

/// What the municipality answered.
#[derive(Clone, Copy, Debug, Default)]
struct Answered {
    handed_in: usize,
    left: usize,
    /// Whether it said that the present enrolment has no access any more.
    revoked: bool,
}

/// What earlier enrolments left behind and was not handed in for good.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left {
    enrolments: usize,
    entries: usize,
}

impl Left {
    fn shrink(&mut self, entries: usize, enrolments: usize) {
        self.entries = self.entries.saturating_sub(entries);
        self.enrolments = self.enrolments.saturating_sub(enrolments);
    }
}

impl Phone {
    /// Hands in everything that lies sealed and that no open library sends: what was set aside, the outbox of a locked phone
    /// or of a space that was taken away, and what earlier enrolments left behind. Works in every stage; nothing can be read by it.
    ///
    /// A locked phone of which the municipality ended the access learns it so: what can be read on it is gone when this
    /// returns.
    ///
    /// # Errors
    /// [`PhoneError::Sync`] when the municipality cannot be reached. What was handed in before that counts.
    pub async fn deliver(&self, transport: &impl Transport) -> Result<Delivered, PhoneError> {
        let _alone = self.delivering.lock().await;
        let mut answered = self.deliver_all(transport).await;
        if let Ok(before) = answered
            && before.revoked
            && self.end_while_locked().await?
        {
            // The same once more, which says now that it is all there is, and that nothing can be read any more.
            answered = self.deliver_all(transport).await.map(|after| Answered {
                handed_in: before.handed_in,
                ..after
            });
        }
        if self.is_lease_over()? {
            // With nothing to hand in, somebody must still have been asked before anything is purged.
            let _ = self.find_municipality(transport).await;
            self.contact_tried()?;
        }
        answered.map(|answered| Delivered {
            handed_in: answered.handed_in,
            left: answered.left,
        })
    }

    /// Whether there is a reason to call [`Phone::deliver`]: sealed work, an enrolment that ended and was not confirmed,
    /// a lease that is over, or a locked phone that has not asked for an hour whether it still has access.
    ///
    /// # Errors
    /// [`PhoneError::Disk`] when what the clocks say cannot be kept.
    pub fn wants_to_deliver(&self) -> Result<bool, PhoneError> {
        let is_locked = self.is_locked();
        let now = self.machine.counting_clocks();
        let present = lock(&self.sealed)
            .as_ref()
            .is_some_and(|work| work.undelivered() > 0 || (is_locked && work.is_to_ask(now)));
        let left = lock(&self.left).enrolments;
        Ok(present || left > 0 || self.is_lease_over()?)
    }

    fn is_locked(&self) -> bool {
        matches!(&*lock(&self.life), Life::Locked)
    }

    /// Ends a locked phone that the municipality gives no access any more; whether it was one. An open one is told when it
    /// synchronises, after it has sealed what it has.
    async fn end_while_locked(&self) -> Result<bool, PhoneError> {
        let _alone = self.passage.lock().await;
        let is_locked = self.is_locked();
        if is_locked {
            self.end(Ending::Revoked)?;
        }
        Ok(is_locked)
    }

    /// Whether the lease of a locked phone is over. That of an unlocked one is renewed by synchronising.
    fn is_lease_over(&self) -> Result<bool, PhoneError> {
        if !self.is_locked() {
            return Ok(false);
        }
        Ok(matches!(
            self.lease_state()?,
            LeaseState::ReadLocked | LeaseState::PurgeDue
        ))
    }

    async fn deliver_all(&self, transport: &impl Transport) -> Result<Answered, PhoneError> {
        let mut answered = Answered::default();
        let present = lock(&self.sealed)
            .as_ref()
            .map(|sealed| sealed.enrolment().clone());
        let device = present.as_ref().map(|present| present.device);
        for mut work in SealedWork::left_behind(&self.folder.sealed(), device)? {
            // The present enrolment may have had other numbers before: of that one, everything can still be read.
            let goes_on = present
                .as_ref()
                .is_some_and(|present| present.deposit_token == work.enrolment().deposit_token);
            let before = work.undelivered();
            answered.handed_in +=
                hand_in_what_was_left(transport, &self.machine, &mut work, !goes_on).await?;
            let after = work.undelivered();
            lock(&self.left).shrink(before.saturating_sub(after), usize::from(after == 0));
            match after {
                0 => work.remove()?,
                left => answered.left += left,
            }
        }
        self.hand_in_what_is_present(transport, &mut answered).await?;
        answered.left += lock(&self.sealed).as_ref().map_or(0, SealedWork::undelivered);
        Ok(answered)
    }

    /// How many sealed entries the municipality is not known to have for good, of all enrolments.
    pub fn undelivered(&self) -> usize {
        let present = lock(&self.sealed).as_ref().map_or(0, SealedWork::undelivered);
        present.saturating_add(lock(&self.left).entries)
    }

    /// Counts what earlier enrolments left behind, when the app starts.
    pub(super) fn count_what_was_left(&self) -> Result<(), PhoneError> {
        let present = folder::kept(&self.folder.present(), "present")?;
        for work in SealedWork::left_behind(&self.folder.sealed(), present)? {
            self.leave_behind(&work);
        }
        Ok(())
    }

    /// This is of an enrolment that has ended.
    pub(super) fn leave_behind(&self, work: &SealedWork) {
        let mut left = lock(&self.left);
        left.enrolments = left.enrolments.saturating_add(1);
        left.entries = left.entries.saturating_add(work.undelivered());
    }

    /// The present enrolment goes on, so that what has a gap before it waits to be delivered in the clear.
    async fn hand_in_what_is_present(
        &self,
        transport: &impl Transport,
        answered: &mut Answered,
    ) -> Result<(), PhoneError> {
        if let Some(work) = lock(&self.sealed).as_mut() {
            work.forget_what_was_said_long_ago(self.machine.counting_clocks());
        }
        let mut progress = Progress::of_the_present(self.spaces_in_the_library()?);
        while let Some((batch, device, token)) = self.next_to_hand_in(&progress)? {
            let answer = send(transport, self.machine.clocks(), &batch, &token, false).await?;
            answered.revoked |= answer.revoked;
            self.deliver_differing_captures_anew(&answer)?;
            // What can leave the captures is known only to the library, which has to have them first.
            let taken_in = self.captures_taken_in()?;
            if let Some(work) = lock(&self.sealed)
                .as_mut()
                .filter(|work| work.enrolment().device == device)
            {
                work.was_answered(self.machine.counting_clocks());
                answered.handed_in += take(work, &answer, &batch, &mut progress, taken_in)?;
            }
        }
        Ok(())
    }

    /// What the present enrolment hands in next, with its number and its token: nothing at all, now and then, only to be
    /// told whether it has access.
    fn next_to_hand_in(&self, progress: &Progress) -> Result<Option<(Batch, DeviceId, String)>, PhoneError> {
        let is_locked = self.is_locked();
        let mut sealed = lock(&self.sealed);
        let Some(work) = sealed.as_mut() else {
            return Ok(None);
        };
        let asks = is_locked && work.is_to_ask(self.machine.counting_clocks());
        let batch = next_batch(work, progress)?.or_else(|| asks.then(Batch::default));
        let enrolment = work.enrolment();
        Ok(batch.map(|batch| (batch, enrolment.device, enrolment.deposit_token.clone())))
    }

    /// The municipality has something else under a number of the lock's, as when this phone's files were put back: an open
    /// library delivers what it has itself. A locked phone hears it again when it is open.
    fn deliver_differing_captures_anew(&self, answer: &DepositAnswer) -> Result<(), PhoneError> {
        let lock_device = lock(&self.sealed).as_ref().map(|work| work.enrolment().lock);
        let mut streams = answer.streams.iter();
        let differing =
            streams.find(|stream| Some(stream.device) == lock_device && !stream.differs.is_empty());
        let Some((stream, user)) = differing.zip(self.enter_for_contact().ok()) else {
            return Ok(());
        };
        let anew = user.store.write(|writer| {
            Ok::<_, ClientError>(writer.deliver_captured_anew(
                stream.space,
                stream.device,
                &stream.differs,
            )?)
        });
        Ok(anew?)
    }

    /// The spaces that an open library has. What is sealed of one that was taken away since is sent by nobody else.
    fn spaces_in_the_library(&self) -> Result<BTreeSet<SpaceId>, PhoneError> {
        let Ok(user) = self.enter_for_contact() else {
            return Ok(BTreeSet::new());
        };
        let spaces = user.store.read(|reader| Ok::<_, ClientError>(reader.spaces()?))?;
        Ok(spaces.into_iter().map(|space| space.id).collect())
    }

    /// Up to which number the library has what was set aside; nothing of it on a locked phone.
    fn captures_taken_in(&self) -> Result<Seq, PhoneError> {
        let Ok(user) = self.enter_for_contact() else {
            return Ok(Seq::ZERO);
        };
        let device = lock(&self.sealed).as_ref().map(|sealed| sealed.enrolment().lock);
        match device {
            Some(device) => Ok(user
                .store
                .read(|reader| super::taking_in::taken_in(reader, device))
                .map_err(ClientError::from)?),
            None => Ok(Seq::ZERO),
        }
    }
}

/// All that is left of an enrolment, gaps and damage said as such; and whether nothing of it can be read here any more.
async fn hand_in_what_was_left(
    transport: &impl Transport,
    machine: &super::Machine,
    work: &mut SealedWork,
    removed: bool,
) -> Result<usize, PhoneError> {
    let mut progress = Progress::of_what_was_left();
    let mut handed_in = 0;
    let token = work.enrolment().deposit_token.clone();
    let mut said = false;
    loop {
        let batch = match next_batch(work, &progress)? {
            Some(batch) => batch,
            None if said => return Ok(handed_in),
            None => Batch::default(),
        };
        let answer = send(transport, machine.clocks(), &batch, &token, removed).await?;
        said = true;
        handed_in += take(work, &answer, &batch, &mut progress, Seq(u64::MAX))?;
    }
}

async fn send(
    transport: &impl Transport,
    clocks: drempel_domain::time::Clocks,
    batch: &Batch,
    token: &str,
    removed: bool,
) -> Result<DepositAnswer, SyncError> {
    let request = DepositRequest {
        protocol: PROTOCOL,
        app: env!("CARGO_PKG_VERSION").to_owned(),
        clocks,
        entries: batch.entries.clone(),
        covers: batch.covers.clone(),
        removed,
    };
    exchange(transport, DEPOSITS, Some(token), &request).await
}

/// Takes over how far the server is; how many entries it has more than before.
fn take(
    work: &mut SealedWork,
    answer: &DepositAnswer,
    batch: &Batch,
    progress: &mut Progress,
    taken_in: Seq,
) -> Result<usize, PhoneError> {
    let lock = work.enrolment().lock;
    let mut handed_in = 0;
    for stream in &answer.streams {
        let name: Stream = (stream.device, stream.space);
        handed_in += batch.count_through(name, stream.received_through);
        work.received.insert(name, stream.received_through);
        if stream.device == lock {
            let through = stream.durable_through.min(taken_in);
            if let Some(captures) = work.captures.as_mut() {
                captures.drop_through(through)?;
            }
        } else {
            work.outbox.drop_through(stream.space, stream.durable_through)?;
        }
    }
    progress.after(batch, answer);
    Ok(handed_in)
}
