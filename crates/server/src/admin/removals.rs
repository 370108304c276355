//! What devices were told to remove and have not confirmed.

use super::AdminError;
use crate::app::App;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::time::Moment;

/// A space whose content a device may still hold although it may not read it any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnconfirmedRemoval {
    /// The device.
    pub device: DeviceId,
    /// How the municipality file names its person.
    pub user_name: String,
    /// The space.
    pub space: SpaceId,
    /// When the device was revoked; where it was not, a membership ended.
    pub revoked_at: Option<Moment>,
    /// When the device was last heard of.
    pub last_contact: Option<Moment>,
}

impl App {
    /// All removals that no device has confirmed yet, by device in the order of their enrolment.
    ///
    /// # Errors
    /// [`AdminError::NotStored`].
    pub fn unconfirmed_removals(&self) -> Result<Vec<UnconfirmedRemoval>, AdminError> {
        let directory = self.storage().directory()?;
        let now = self.now();
        let mut removals = Vec::new();
        for device in self.storage().devices()? {
            let may_read = |space: &SpaceId| {
                device.revoked_at.is_none() && directory.role(*space, device.user, now).is_some()
            };
            let gone = device.holds.iter().filter(|space| !may_read(space));
            removals.extend(gone.map(|space| UnconfirmedRemoval {
                device: device.id,
                user_name: device.user_name.clone(),
                space: *space,
                revoked_at: device.revoked_at,
                last_contact: device.last_contact,
            }));
        }
        Ok(removals)
    }
}
