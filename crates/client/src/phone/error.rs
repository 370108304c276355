//! Why a phone did not do what was asked.

use crate::ClientError;
use crate::sync::SyncError;
use drempel_sealing::capture::{CaptureError, DraftError};
use drempel_sealing::hardware::HardwareError;
use drempel_sealing::outbox::{FileError, OutboxError};
use drempel_sealing::randomness::NoRandomness;
use drempel_sealing::slot::{CodeFault, SlotError};
use drempel_sealing::tries::TriesError;
use std::io;

/// Why a phone did not do what was asked. What was saved before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// Only an unlocked phone does this.
    #[error("the phone is locked")]
    Locked,
    /// The lease is over: only recording goes on, until the municipality is reached.
    #[error("reading is locked until the municipality is reached")]
    ReadLocked,
    /// Only a locked phone does this: an open one records in its library.
    #[error("the phone is not locked")]
    NotLocked,
    /// Only a phone that is enrolled with a municipality does this.
    #[error("the phone is not enrolled")]
    NotEnrolled,
    /// The phone is enrolled already.
    #[error("the phone is enrolled already")]
    AlreadyEnrolled,
    /// A code must be chosen first.
    #[error("a code must be chosen before the phone is enrolled")]
    NoCodeChosen,
    /// The device offers no biometrics.
    #[error("this device has no biometrics to unlock with")]
    NoBiometrics,
    /// The old code is wrong, or no try is allowed now.
    #[error("the code is wrong, or no try is allowed now")]
    WrongCode,
    /// The code is too easily guessed.
    #[error(transparent)]
    WeakCode(#[from] CodeFault),
    /// A file beside the database is not of a form that this version knows, or is damaged.
    #[error("the file {0} of the phone is damaged or of another version")]
    Unreadable(&'static str),
    /// The operating system has no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The key of the database cannot be wrapped or unwrapped.
    #[error(transparent)]
    Slot(SlotError),
    /// A try cannot be counted, so none is made.
    #[error(transparent)]
    Tries(#[from] TriesError),
    /// Sealed work cannot be kept or read: no room, or a damaged file. What was to be kept was not.
    #[error("sealed work cannot be kept or read")]
    Sealed(#[source] OutboxError),
    /// A sealed draft cannot be kept or read.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A file of the phone cannot be read or written.
    #[error("a file of the phone cannot be read or written")]
    Disk(#[from] io::Error),
    /// The library could not do it.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The municipality could not be asked, or refused.
    #[error(transparent)]
    Sync(#[from] SyncError),
}

impl PhoneError {
    /// Whether what was found can never open: bytes that are nothing of this app, or slots that are made cheap to try or
    /// too dear to open. What a later version wrote is no damage, and neither is a disk that cannot be read now.
    pub(super) fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Unreadable(_)
                | Self::Slot(SlotError::Unreadable | SlotError::BelowFloor | SlotError::AboveCeiling)
        )
    }
}

impl From<SlotError> for PhoneError {
    fn from(error: SlotError) -> Self {
        match error {
            SlotError::Weak(fault) => Self::WeakCode(fault),
            other => Self::Slot(other),
        }
    }
}

impl From<OutboxError> for PhoneError {
    fn from(error: OutboxError) -> Self {
        Self::Sealed(error)
    }
}

impl From<FileError> for PhoneError {
    fn from(error: FileError) -> Self {
        Self::Sealed(error.into())
    }
}

impl From<CaptureError> for PhoneError {
    fn from(error: CaptureError) -> Self {
        match error {
            CaptureError::File(error) => error.into(),
            CaptureError::Seal(error) => Self::Sealed(error.into()),
        }
    }
}

impl From<HardwareError> for PhoneError {
    fn from(error: HardwareError) -> Self {
        Self::Slot(error.into())
    }
}
