//! One round trip: the device's changes in, space by space, and then what it has not seen.

use super::asked::{Asked, read_all};
use super::batch::{Batch, Decided, Writer, is_copied};
use super::decide::decide;
use super::pull::{Outgoing, Page, PageLimits, Reading};
use crate::app::App;
use crate::problem::Refusal;
use crate::storage::{DeviceRow, Reached, StorageError};
use drempel_domain::id::{EpochId, SpaceId};
use drempel_domain::space::Role;
use drempel_domain::sync_log::{Cursor, Outcome, Verdict};
use drempel_domain::time::{Clocks, Moment};
use drempel_protocol::PROTOCOL;
use drempel_protocol::synchronisation::{
    LockedAnswer, LockedRequest, SpaceAnswer, SpaceRequest, SyncAnswer, SyncRequest,
};
use std::collections::BTreeMap;

/// What a privacy officer reads of a space.
const PRIVACY_READS: &[&str] = &["access_request", "rectification"];

/// Deciding a batch ended without anything being written.
pub(crate) enum Stopped {
    /// A number came again with another content.
    Copied,
    Failed(StorageError),
}

impl From<StorageError> for Stopped {
    fn from(error: StorageError) -> Self {
        Self::Failed(error)
    }
}

impl App {
    /// Answers a synchronisation of a device.
    pub(crate) fn synchronise(
        &self,
        device: &DeviceRow,
        request: &SyncRequest,
    ) -> Result<SyncAnswer<Outgoing>, Refusal> {
        let now = self.now();
        let Some(device) = &self.as_it_says(device, request.device)? else {
            return Ok(self.identity(device.id, device.lock, now)?);
        };
        let locked: Vec<SpaceRequest> = request.locked.iter().map(without_reading).collect();
        let locked = read_all(&locked)?;
        let asked = read_all(&request.spaces)?;
        let reached = self.reached(device.database(), &asked)?;
        let lock_reached = self.reached(device.lock(), &locked)?;
        if self.any_copied(device.database(), &asked, &reached)?
            || self.any_copied(device.lock(), &locked, &lock_reached)?
        {
            return Ok(self.split_off(device, now)?);
        }
        let epoch = self.epoch_after(device, request, &reached)?;
        // What was recorded without unlocking comes first: later changes refer to it.
        let taken_in = self
            .push_all(device.lock(), &locked, request.clocks)
            .and_then(|locked| Ok((locked, self.push_all(device.database(), &asked, request.clocks)?)));
        let (of_lock, mut decided) = match taken_in {
            Ok(taken_in) => taken_in,
            Err(Stopped::Copied) => return Ok(self.split_off(device, now)?),
            Err(Stopped::Failed(error)) => return Err(error.into()),
        };
        self.finish_copies()?;
        self.note_contact(device, request, now)?;
        let mut answer = self.empty_answer(epoch, now);
        self.tell_access(device, request, now, &mut answer)?;
        self.tell_keys(device, request, now, &mut answer)?;
        answer.locked = of_lock.into_iter().map(locked_answer).collect();
        let mut left = self.inner.pages;
        for asked in &asked {
            let decided = decided.remove(&asked.request.space).unwrap_or_default();
            let known = request.epoch == Some(epoch);
            let space = self.answer_space(device, asked, decided, known, &mut left)?;
            answer.spaces.push(space);
        }
        Ok(answer)
    }

    fn reached(
        &self,
        writer: Writer,
        asked: &[Asked<'_>],
    ) -> Result<BTreeMap<SpaceId, Reached>, StorageError> {
        let spaces: Vec<SpaceId> = asked.iter().map(|asked| asked.request.space).collect();
        self.storage().reached(writer.number, &spaces)
    }

    /// Takes in what was sent about each space under one number.
    fn push_all(
        &self,
        writer: Writer,
        asked: &[Asked<'_>],
        sending: Clocks,
    ) -> Result<BTreeMap<SpaceId, Decided>, Stopped> {
        let mut decided = BTreeMap::new();
        for asked in asked {
            crate::metrics::reported(asked.request);
            let space = self.push(writer, asked, sending, false)?;
            crate::metrics::decided(&space.outcomes);
            decided.insert(asked.request.space, space);
        }
        Ok(decided)
    }

    pub(super) fn empty_answer(&self, epoch: EpochId, now: Moment) -> SyncAnswer<Outgoing> {
        SyncAnswer {
            protocol: PROTOCOL,
            server_time: now.millis(),
            epoch,
            identity: None,
            lock: None,
            access: None,
            configuration: None,
            keys: None,
            lease: None,
            remove: Vec::new(),
            upgrade: false,
            locked: Vec::new(),
            spaces: Vec::new(),
        }
    }

    pub(super) fn batch<'a>(
        &'a self,
        writer: Writer,
        asked: &'a Asked<'_>,
        sending: Option<Clocks>,
        is_cut_off: bool,
    ) -> Batch<'a> {
        Batch {
            space: asked.request.space,
            device: writer.number,
            part: writer.part,
            author: writer.user,
            enrolled_at: writer.enrolled_at,
            sent: &asked.sent,
            open: &asked.request.open,
            discard: &asked.request.discard,
            sending: sending.unwrap_or_else(|| self.inner.clock.clocks()),
            now: self.now(),
            is_cut_off,
            ids: &*self.inner.ids,
        }
    }

    /// Takes in what was sent about one space. `sending` is what the device's clocks show now.
    pub(crate) fn push(
        &self,
        writer: Writer,
        asked: &Asked<'_>,
        sending: Clocks,
        is_cut_off: bool,
    ) -> Result<Decided, Stopped> {
        let batch = self.batch(writer, asked, Some(sending), is_cut_off);
        if !batch.may_write() {
            let known = self.storage().look(&batch.needs())?;
            return Ok(decide(&batch, known).1);
        }
        self.storage().push(&batch.needs(), batch.now, |known| {
            if is_copied(batch.sent, &known.logged) {
                return Err(Stopped::Copied);
            }
            Ok(decide(&batch, known))
        })
    }

    /// What the device is told of one space. `known` says that its cursor belongs to this life of the log.
    fn answer_space(
        &self,
        device: &DeviceRow,
        asked: &Asked<'_>,
        decided: Decided,
        known: bool,
        left: &mut PageLimits,
    ) -> Result<SpaceAnswer<Outgoing>, StorageError> {
        let space = asked.request.space;
        let role = self.storage().directory()?.role(space, device.user, self.now());
        let cursor = asked.request.cursor.filter(|_| known);
        let mut answer = SpaceAnswer {
            space,
            outcomes: decided.outcomes,
            expected: decided.expected,
            received_through: decided.received_through,
            durable_through: decided.durable_through,
            resolved: decided.resolved,
            reread: role.is_some() && asked.request.cursor.is_some() && !known,
            records: Vec::new(),
            removals: Vec::new(),
            cursor: None,
            more: false,
            digest: None,
        };
        let Some(role) = role else {
            return Ok(answer);
        };
        let page = self.page(device, asked, &answer.outcomes, cursor, role, left)?;
        crate::metrics::sent(page.records.len());
        answer.records = page.records;
        answer.removals = page.removals;
        // Who begins to read, and for whom there was no room yet, begins again: a cursor at 0 says that there was nothing.
        let began = page.cursor != Cursor::default() || !page.more;
        answer.cursor = began.then_some(page.cursor);
        answer.more = page.more;
        answer.digest = page.digest;
        Ok(answer)
    }

    fn page(
        &self,
        device: &DeviceRow,
        asked: &Asked<'_>,
        outcomes: &[Outcome],
        cursor: Option<Cursor>,
        role: Role,
        left: &mut PageLimits,
    ) -> Result<Page, StorageError> {
        // The device has the values of what it hears now to be taken; those of a released change it has dropped.
        let taken = outcomes
            .iter()
            .filter(|outcome| outcome.verdict == Verdict::Taken);
        let own = taken.map(|outcome| outcome.seq).collect();
        let want = asked.request.want.iter().copied().collect();
        let reading = Reading {
            space: asked.request.space,
            cursor: cursor.unwrap_or_default(),
            device: device.id,
            own: &own,
            want: &want,
            had_nothing: cursor == Some(Cursor::default()),
            only: (role == Role::Privacy).then_some(PRIVACY_READS),
        };
        reading.page(self.storage(), left)
    }
}

/// What is asked about a space under the lock's number: nothing of its feed.
fn without_reading(locked: &LockedRequest) -> SpaceRequest {
    SpaceRequest {
        space: locked.space,
        changes: locked.changes.clone(),
        cursor: None,
        received_through: locked.received_through,
        open: locked.open.clone(),
        discard: locked.discard.clone(),
        want: Vec::new(),
        report: None,
    }
}

fn locked_answer((space, decided): (SpaceId, Decided)) -> LockedAnswer {
    LockedAnswer {
        space,
        outcomes: decided.outcomes,
        expected: decided.expected,
        received_through: decided.received_through,
        durable_through: decided.durable_through,
        resolved: decided.resolved,
    }
}
