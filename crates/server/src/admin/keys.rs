//! The server's keys: a new one in front, and a copy to keep apart.

use super::AdminError;
use crate::app::App;
use crate::audit::Event;
use drempel_sealing::keys::KeyId;
use std::path::Path;

impl App {
    /// Puts a new key in front, to which devices seal from their next synchronisation on, and the next key to sign
    /// leases with. Earlier keys are kept: outboxes may still hold what was sealed to them.
    ///
    /// # Errors
    /// [`AdminError::Keys`]; the keys are then as they were.
    pub fn rotate_keys(&self) -> Result<KeyId, AdminError> {
        let key = self.put_rotated_keys()?.present()?;
        self.storage().keys_rotated(key, self.now())?;
        Ok(key)
    }

    /// Copies the server's private keys into a new file that its owner alone can read.
    ///
    /// # Errors
    /// [`AdminError::File`] where there is a file of that name already; [`AdminError::Keys`].
    pub fn backup_keys(&self, to: &Path) -> Result<(), AdminError> {
        if to.exists() {
            return Err(AdminError::File(
                "there is a file of that name already".to_owned(),
            ));
        }
        self.copy_keys(to)?;
        Ok(self.storage().audit(&Event::KeysCopied, self.now())?)
    }
}
