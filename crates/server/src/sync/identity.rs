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

    /// Gives a device that was copied or restored new numbers, and tells it nothing else.
    pub(super) fn replace(
        &self,
        device: &DeviceRow,
        now: Moment,
    ) -> Result<SyncAnswer<Outgoing>, StorageError> {
        let Numbers { database, lock } = self.new_numbers();
        self.storage().replace_device(device, database, lock)?;
        tracing::warn!(old = %device.id, new = %database, "a copied or restored device got a new identity");
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
                    .look(&self.batch(writer, asked, None, None).needs())?;
                if is_copied(&asked.sent, &known.logged) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
