//! Changes that wait for somebody to decide: seeing, releasing and discarding them.

use super::{AdminError, LogEntry};
use crate::app::App;
use crate::audit::Event;
use crate::storage::{Needs, Part, Standing, Writes};
use crate::sync::batch::Batch;
use crate::sync::decide::release;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::{Change, Resolution, Seq};
use std::collections::{BTreeMap, BTreeSet};

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
            sent: &[],
            open: &[],
            discard: &[],
            sending: self.inner.clock.clocks(),
            now: self.now(),
            cut_off: None,
            ids: &*self.inner.ids,
        }
    }
}
