//! Copied and restored phones: a number that comes again with another content.

use super::asked::Asked;
use super::batch::is_copied;
use super::pull::Outgoing;
use crate::app::App;
use crate::storage::{DeviceRow, Reached, StorageError};
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use drempel_domain::time::Moment;
use drempel_protocol::synchronisation::SyncAnswer;
use std::collections::BTreeMap;

impl App {
    /// Tells a device whom it must take itself to be, and nothing else.
    pub(super) fn identity(
        &self,
        device: DeviceId,
        now: Moment,
    ) -> Result<SyncAnswer<Outgoing>, StorageError> {
        let answer = self.empty_answer(self.epoch()?, now);
        Ok(SyncAnswer {
            identity: Some(device),
            ..answer
        })
    }

    pub(super) fn replace(&self, device: &DeviceRow) -> Result<DeviceId, StorageError> {
        let new = DeviceId::new(self.inner.ids.next());
        self.storage().replace_device(device.id, new)?;
        tracing::warn!(old = %device.id, %new, "a copied or restored device got a new identity");
        Ok(new)
    }

    /// Looks at all spaces before anything is written in one of them.
    pub(super) fn any_copied(
        &self,
        device: &DeviceRow,
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
                    .look(&self.batch(device, asked, None, None).needs())?;
                if is_copied(&asked.sent, &known.logged) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
