//! The right to erasure: one record, for ever.

use super::AdminError;
use crate::app::App;
use crate::audit::Event;
use crate::journal::ErasedRecord;
use drempel_domain::id::{RecordId, SpaceId};

impl App {
    /// Erases a record for ever: its content leaves the state, the log, the values that lost in it and, with their
    /// next synchronisation, the devices. Copies that were shared from it stay under their own terms.
    pub fn erase(&self, space: SpaceId, record: RecordId) -> Result<(), AdminError> {
        self.storage()
            .record(space, record)?
            .ok_or(AdminError::NoSuchRecord)?;
        self.erase_all(&[ErasedRecord { space, record }])?;
        Ok(self
            .storage()
            .audit(&Event::Erased { space, record }, self.now())?)
    }
}
