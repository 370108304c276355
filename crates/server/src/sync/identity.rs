//! Copied and restored phones: a number that comes again with another content.

use super::asked::Asked;
use super::batch::{Writer, is_copied};
use super::pull::Outgoing;
use crate::app::App;
use crate::storage::{DeviceRow, Numbers, Reached, StorageError};
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use drempel_domain::time::Moment;
use drempel_protocol::synchronisation::SyncAnswer;
use std::collections::BTreeMap;

impl App {
    /// Tells a device whom it must take itself to be, and nothing else.
    pub(super) fn identity(
        &self,
        database: DeviceId,
        lock: DeviceId,
        now: Moment,
    ) -> Result<SyncAnswer<Outgoing>, StorageError> {
        let answer = self.empty_answer(self.epoch()?, now);
        Ok(SyncAnswer {
            identity: Some(database),
            lock: Some(lock),
            ..answer
        })
    }

    /// The device as the number that it goes by says it is: a phone that was copied may have several. Nothing where the
    /// enrolment has no such number.
    pub(super) fn as_it_says(
        &self,
        device: &DeviceRow,
        number: DeviceId,
    ) -> Result<Option<DeviceRow>, StorageError> {
        if number == device.id {
            return Ok(Some(device.clone()));
        }
        let numbers = self.storage().numbers(device.enrolment, number)?;
        Ok(numbers.map(|Numbers { database, lock }| DeviceRow {
            id: database,
            lock,
            ..device.clone()
        }))
    }

    /// Gives a device that was copied or restored numbers of its own, and tells it nothing else.
    pub(super) fn split_off(
        &self,
        device: &DeviceRow,
        now: Moment,
    ) -> Result<SyncAnswer<Outgoing>, StorageError> {
        let Numbers { database, lock } = self.storage().split_off(device, self.new_numbers())?;
        tracing::warn!(old = %device.id, new = %database, "a copied or restored device got numbers of its own");
        self.identity(database, lock, now)
    }

    /// Looks at all spaces before anything is written in one of them.
    pub(super) fn any_copied(
        &self,
        writer: Writer,
        asked: &[Asked<'_>],
        reached: &BTreeMap<SpaceId, Reached>,
    ) -> Result<bool, StorageError> {
        for asked in asked {
            let last = reached
                .get(&asked.request.space)
                .map_or(Seq::ZERO, |reached| reached.last);
            if asked.sent.first().is_some_and(|first| first.seq <= last) {
                let known = self
                    .storage()
                    .look(&self.batch(writer, asked, None, false).needs())?;
                if is_copied(&asked.sent, &known.logged) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
