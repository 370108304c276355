//! Reconciling with the municipality from an open phone.

use super::{Phone, PhoneError};
use crate::sync::{SyncReport, Transport};

impl Phone {
    /// Sends what was saved and takes in what changed. Locking gives it up at once, which harms nothing.
    ///
    /// # Errors
    /// [`PhoneError::Locked`], also when the phone was locked meanwhile; [`PhoneError::Sync`].
    pub async fn synchronise(&self, transport: &impl Transport) -> Result<SyncReport, PhoneError> {
        let user = self.enter()?;
        tokio::select! {
            report = user.synchronise(transport) => Ok(report?),
            () = user.closing() => Err(PhoneError::Locked),
        }
    }
}
