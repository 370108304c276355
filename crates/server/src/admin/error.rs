//! Why an administrator's command was not carried out.

use crate::journal::EraseError;
use crate::secrets::KeysError;
use crate::storage::StorageError;
use drempel_sealing::audit::Broken;
use drempel_sealing::randomness::NoRandomness;

/// A command was refused or failed; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdminError {
    /// There is no person of that short name.
    #[error("there is no such user; the names are those of the municipality file")]
    NoSuchUser,
    /// There is no space of that short name.
    #[error("there is no such space; the names are those of the municipality file")]
    NoSuchSpace,
    /// There is no such device.
    #[error("there is no such device; `admin devices` lists them")]
    NoSuchDevice,
    /// There is no such record in that space.
    #[error("there is no such record in that space")]
    NoSuchRecord,
    /// There is no such change in quarantine, or somebody decided on it already.
    #[error("there is no such change in quarantine; `admin quarantine list` lists them")]
    NotInQuarantine,
    /// The change cannot be read, or its record does not exist or was erased: it can only be discarded.
    #[error("that change cannot be taken in: it cannot be read, or its record is not there; discard it")]
    CannotBeReleased,
    /// A code breaks the rules for codes.
    #[error("a code is 1 to 64 ASCII characters without spaces, slashes, quotes and backslashes")]
    NotACode,
    /// No device waits with that fingerprint.
    #[error("no device waits with that fingerprint; `admin confirm` without one lists those that wait")]
    NobodyWaits,
    /// The address of the server does not fit on paper.
    #[error("the server's address is too long for a QR code; use a shorter one")]
    TooLongForPaper,
    /// The audit log does not hold.
    #[error(transparent)]
    AuditBroken(#[from] Broken),
    /// The audit log holds, but the head that was written down is not in it.
    #[error("the audit log does not have the head that was written down: its end was cut off, or made anew")]
    AuditCut,
    /// The server's keys cannot be used.
    #[error("{0}")]
    Keys(String),
    /// A file could not be written or read.
    #[error("{0}")]
    File(String),
    /// It could not be stored.
    #[error("{0}")]
    NotStored(String),
}

impl From<EraseError> for AdminError {
    fn from(error: EraseError) -> Self {
        match error {
            EraseError::Journal(_) => Self::File(error.to_string()),
            EraseError::Storage(error) => error.into(),
        }
    }
}

impl From<StorageError> for AdminError {
    fn from(error: StorageError) -> Self {
        Self::NotStored(error.to_string())
    }
}

impl From<KeysError> for AdminError {
    fn from(error: KeysError) -> Self {
        Self::Keys(error.to_string())
    }
}

impl From<NoRandomness> for AdminError {
    fn from(error: NoRandomness) -> Self {
        Self::Keys(error.to_string())
    }
}
