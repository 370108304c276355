//! Devices: seeing them, and ending the token of one that was lost.

use super::AdminError;
use crate::app::App;
use crate::storage::DeviceInfo;
use drempel_domain::id::DeviceId;
use drempel_domain::time::Moment;

impl App {
    /// All devices, in the order of their enrolment.
    pub fn devices(&self) -> Result<Vec<DeviceInfo>, AdminError> {
        Ok(self.storage().devices()?)
    }

    /// Ends a device's token at once. What it recorded before it was lost can still be handed in.
    pub fn revoke_device(&self, device: DeviceId, lost_at: Option<Moment>) -> Result<(), AdminError> {
        if self.storage().revoke(device, self.now(), lost_at)? {
            Ok(())
        } else {
            Err(AdminError::NoSuchDevice)
        }
    }
}
