//! Restored servers: a device that knows more than the server begins a new life of the log.

use crate::app::App;
use crate::storage::{DeviceRow, Reached, StorageError};
use drempel_domain::id::{DeviceId, EpochId, SpaceId};
use drempel_protocol::synchronisation::SyncRequest;
use std::collections::BTreeMap;

impl App {
    /// The life of the log, which ends when a device proves that the server knows less than it did.
    pub(super) fn epoch_after(
        &self,
        device: &DeviceRow,
        request: &SyncRequest,
        reached: &BTreeMap<SpaceId, Reached>,
    ) -> Result<EpochId, StorageError> {
        let epoch = self.epoch()?;
        let knows_more = request.spaces.iter().any(|space| {
            let reached = reached.get(&space.space).copied().unwrap_or_default();
            let cursor = space.cursor.unwrap_or_default();
            space.received_through > reached.last || cursor.at.max(cursor.since) > reached.head
        });
        if request.epoch == Some(epoch) && knows_more && self.may_prove(device.id)? {
            tracing::warn!(device = %device.id, "the server was restored without being told: a new epoch begins");
            return self.new_epoch();
        }
        Ok(epoch)
    }

    /// Whether a device may still prove that the server was restored: once, so that a faulty one cannot make all
    /// devices read everything again and again. A restored server has forgotten who did.
    fn may_prove(&self, device: DeviceId) -> Result<bool, StorageError> {
        const PROVED_BY: &str = "restore_proved_by";
        let device = device.to_string();
        let before = self.storage().fact(PROVED_BY)?.unwrap_or_default();
        if before.split(' ').any(|known| known == device) {
            return Ok(false);
        }
        self.storage()
            .note(PROVED_BY, &[before.as_str(), &device].join(" "))?;
        Ok(true)
    }
}
