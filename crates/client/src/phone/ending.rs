//! The end of what can be read on a phone: the key, its doors, the library. Sealed work stays.

use super::enrolling::remove_readable;
use super::folder;
use super::start::{Life, lock};
use super::{Ending, Phone, PhoneError};
use drempel_sealing::durable;

impl Phone {
    /// Ends it: first on paper, then in the machine, then on the disk, so that a kill at any moment is gone on from.
    ///
    /// No library may be open.
    pub(super) fn end(&self, ending: Ending) -> Result<(), PhoneError> {
        folder::keep(&self.folder.ended(), &ending)?;
        // From here on nothing can be read any more, whatever else fails.
        self.machine.hardware.destroy()?;
        *lock(&self.doors) = None;
        *lock(&self.life) = Life::Ended(ending);
        remove_readable(&self.folder)?;
        durable::remove(&self.folder.enrolment())?;
        Ok(())
    }
}
