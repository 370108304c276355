//! What names a change for ever, as sealed entries carry it in the clear.

use crate::fields::{Malformed, Reading, Writing};
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;

/// A change's name: however often and by whatever way it arrives, it is taken in once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeName {
    /// The device number under which it was made: the database's or the lock's.
    pub device: DeviceId,
    /// The space that it belongs to.
    pub space: SpaceId,
    /// Its number there.
    pub seq: Seq,
}

impl ChangeName {
    pub(crate) fn write(self, to: Writing) -> Writing {
        to.id(self.device.uuid()).id(self.space.uuid()).number(self.seq.0)
    }

    pub(crate) fn read(from: &mut Reading<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            device: DeviceId::new(from.id()?),
            space: SpaceId::new(from.id()?),
            seq: Seq(from.number()?),
        })
    }
}
