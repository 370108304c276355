//! The audit log as the privacy officer reads it, and whether it still holds.

use super::AdminError;
use crate::app::App;
use drempel_sealing::audit::{AuditEntry, EntryHash, Verified, verify};

impl App {
    /// All entries of the audit log, the oldest first: identifiers, no names.
    ///
    /// # Errors
    /// [`AdminError::NotStored`].
    pub fn audit_log(&self) -> Result<Vec<AuditEntry>, AdminError> {
        let (_, entries) = self.storage().audited()?;
        Ok(entries.into_iter().map(|(entry, _)| entry).collect())
    }

    /// Reads the whole log and says how far it reaches, and its head: to be compared with what was written down with
    /// the last backup, because whoever can write the database can cut off the end.
    ///
    /// # Errors
    /// [`AdminError::AuditBroken`] names the first entry that does not hold; [`AdminError::AuditCut`] where `known` is
    /// not in the log.
    pub fn verify_audit(&self, known: Option<EntryHash>) -> Result<Verified, AdminError> {
        let (log, entries) = self.storage().audited()?;
        let is_known = known.is_none_or(|known| entries.iter().any(|(_, hash)| *hash == known));
        let verified = verify(log, entries)?;
        if is_known {
            Ok(verified)
        } else {
            Err(AdminError::AuditCut)
        }
    }
}
