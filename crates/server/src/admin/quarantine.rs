//! Changes that wait for somebody to decide: seeing, releasing and discarding them.

use super::{AdminError, LogEntry};
use crate::app::App;
use crate::audit::Event;
use crate::storage::{EnrolmentKey, Needs, Part, Standing, Writes};
use crate::sync::batch::Batch;
use crate::sync::decide::{DEVICE_REVOKED, release};
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::{Change, Resolution, Seq};
use drempel_domain::time::Moment;
use std::collections::{BTreeMap, BTreeSet};

/// What became of the work of a revoked device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReleasedWork {
    /// What is taken in now.
    pub released: Vec<LogEntry>,
    /// What waits on.
    pub waiting: Vec<LogEntry>,
}

impl App {
    /// All changes in quarantine on which nobody decided yet, the oldest first.
    pub fn quarantine(&self) -> Result<Vec<LogEntry>, AdminError> {
        let open = self.storage().quarantined()?.into_iter();
        Ok(open
            .map(|(space, device, logged)| LogEntry::new(space, device, logged))
            .collect())
    }

    /// All numbers of which a device had nothing left, the oldest first: work that was lost, unless it turns up.
    pub fn missing_changes(&self) -> Result<Vec<LogEntry>, AdminError> {
        let missing = self.storage().missing()?.into_iter();
        Ok(missing
            .map(|(space, device, logged)| LogEntry::new(space, device, logged))
            .collect())
    }

    /// Takes a quarantined change in after all, with the effective time that it had been given.
    pub fn release(&self, space: SpaceId, device: DeviceId, seq: Seq) -> Result<(), AdminError> {
        let entry = self.storage().logged(space, device, seq)?;
        let entry = entry
            .filter(|entry| entry.is_open())
            .ok_or(AdminError::NotInQuarantine)?;
        let change: Option<Change> = entry
            .body
            .as_deref()
            .and_then(|body| serde_json::from_str(body).ok());
        let change = change
            .filter(|change| entry.eff.is_some() && change.check_form().is_ok())
            .ok_or(AdminError::CannotBeReleased)?;
        let batch = Batch {
            author: entry.author,
            ..self.without_changes(space, device)
        };
        let mut needs = batch.needs();
        needs.numbers.insert(seq);
        needs.add(&change);
        self.storage().push(&needs, batch.now, |known| {
            let still = known.logged.get(&seq).filter(|entry| entry.is_open());
            let entry = still.cloned().ok_or(AdminError::NotInQuarantine)?;
            let fits = match known.records.get(&change.record) {
                Some(held) => held.standing != Standing::Erased && held.collection == change.collection,
                None => change.new,
            };
            if !fits || known.directory.space(space).is_none() {
                return Err(AdminError::CannotBeReleased);
            }
            Ok((release(&batch, known, &entry, &change), ()))
        })?;
        self.finish_copies()?;
        let event = Event::Released { space, device, seq };
        Ok(self.storage().audit(&event, self.now())?)
    }

    /// Takes in what a revoked device handed in, as far as it counts before that instant: by default, when it was lost, as
    /// that was told when it was revoked, or else when it was revoked. What was made later, or cannot be taken in, waits on.
    ///
    /// # Errors
    /// [`AdminError::NoSuchDevice`], also for a device that was not revoked.
    pub fn release_device(
        &self,
        device: DeviceId,
        before: Option<Moment>,
    ) -> Result<ReleasedWork, AdminError> {
        let (row, _) = self.storage().device(device)?.ok_or(AdminError::NoSuchDevice)?;
        let ended = row.lost_at.or(row.revoked_at).ok_or(AdminError::NoSuchDevice)?;
        let before = before.unwrap_or(ended);
        let mut work = ReleasedWork::default();
        for entry in self.quarantine()? {
            let waits = entry
                .reason
                .as_ref()
                .is_some_and(|reason| reason.code == DEVICE_REVOKED);
            if !waits || !self.is_of(row.enrolment, entry.device)? {
                continue;
            }
            let is_before = entry.eff.is_some_and(|eff| eff.moment() < before);
            let released = is_before.then(|| self.release(entry.space, entry.device, entry.seq));
            match released {
                Some(Ok(())) => work.released.push(entry),
                None | Some(Err(AdminError::CannotBeReleased)) => work.waiting.push(entry),
                Some(Err(error)) => return Err(error),
            }
        }
        Ok(work)
    }

    fn is_of(&self, enrolment: EnrolmentKey, number: DeviceId) -> Result<bool, AdminError> {
        let device = self.storage().device(number)?;
        Ok(device.is_some_and(|(row, _)| row.enrolment == enrolment))
    }

    /// Throws a quarantined change away; its content goes, its author is told.
    pub fn discard(&self, space: SpaceId, device: DeviceId, seq: Seq) -> Result<(), AdminError> {
        let needs = Needs {
            numbers: BTreeSet::from([seq]),
            ..self.without_changes(space, device).needs()
        };
        self.storage()
            .push::<(), AdminError>(&needs, self.now(), |known| {
                known
                    .logged
                    .get(&seq)
                    .filter(|entry| entry.is_open())
                    .ok_or(AdminError::NotInQuarantine)?;
                let writes = Writes {
                    resolved: BTreeMap::from([(seq, Resolution::Discarded)]),
                    ..Writes::default()
                };
                Ok((writes, ()))
            })?;
        let event = Event::Discarded { space, device, seq };
        Ok(self.storage().audit(&event, self.now())?)
    }

    fn without_changes(&self, space: SpaceId, device: DeviceId) -> Batch<'_> {
        Batch {
            space,
            device,
            part: Part::Database,
            author: drempel_domain::id::UserId::new(device.uuid()),
            enrolled_at: Moment::from_millis(0),
            sent: &[],
            open: &[],
            discard: &[],
            sending: self.inner.clock.clocks(),
            now: self.now(),
            is_cut_off: false,
            ids: &*self.inner.ids,
        }
    }
}
