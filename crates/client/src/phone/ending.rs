//! The end of what can be read on a phone: the key, its doors, the library. Sealed work stays.

use super::enrolling::remove_readable;
use super::folder;
use super::sealed_work::SealedWork;
use super::start::{Life, lock};
use super::{Ending, Phone, PhoneError, Stage};
use drempel_sealing::durable;

impl Phone {
    /// Takes everything that can be read off this phone, because its user asks for it. What the municipality does not
    /// have yet is sealed first and handed in later.
    ///
    /// # Errors
    /// [`PhoneError::NotEnrolled`]; or what the machine or the disk cannot do.
    pub async fn wipe(&self) -> Result<(), PhoneError> {
        let _alone = self.passage.lock().await;
        match self.stage() {
            Stage::Locked | Stage::ReadLocked | Stage::Open => self.close_and_end(Ending::OnRequest).await,
            Stage::NotEnrolled | Stage::Ended(_) => Err(PhoneError::NotEnrolled),
        }
    }

    /// Closes the library and ends what can be read. For whoever holds the passage.
    pub(super) async fn close_and_end(&self, ending: Ending) -> Result<(), PhoneError> {
        let closed = self.close_the_library().await;
        if let Err(error) = closed {
            tracing::warn!(%error, "the library did not come to rest before it was taken away");
        }
        self.end(ending)
    }

    /// Ends it: first on paper, then in the machine, then on the disk, so that a kill at any moment is gone on from.
    ///
    /// No library may be open.
    pub(super) fn end(&self, ending: Ending) -> Result<(), PhoneError> {
        folder::keep(&self.folder.ended(), &ending)?;
        // From here on the phone has ended, whatever else fails: what is left is done at the next start.
        *lock(&self.doors) = None;
        *lock(&self.lease) = None;
        *lock(&self.life) = Life::Ended(ending);
        if let Err(error) = self.machine.hardware.destroy() {
            tracing::warn!(%error, "the machine does not let go of its key yet, behind which nothing is left");
        }
        remove_readable(&self.folder)?;
        self.leave_sealed_work_behind()
    }

    /// From now on the sealed work is handed in as all that there is.
    fn leave_sealed_work_behind(&self) -> Result<(), PhoneError> {
        let work = match lock(&self.sealed).take() {
            Some(work) => Ok(Some(work)),
            None => folder::kept(&self.folder.present(), "present")?
                .map(|device| SealedWork::of(&self.folder.sealed(), device))
                .transpose(),
        };
        match work {
            Ok(Some(mut work)) => {
                work.outbox.close()?;
                self.leave_behind(&work);
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "sealed work cannot be read, and is not handed in"),
        }
        Ok(durable::remove(&self.folder.present())?)
    }
}
