//! Why a slot does not open or cannot be made.

use super::{BiometricError, CodeFault};
use crate::aead::NotGenuine;
use crate::hardware::HardwareError;

/// A slot does not open, or cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SlotError {
    /// The code is wrong; or the slot belongs to another user, device or hardware, or is damaged. Nobody can tell.
    #[error("the code is wrong, or the slot belongs to another device or is damaged")]
    NotOpened,
    /// The code is too easily guessed.
    #[error("the code is too easily guessed")]
    Weak(#[from] CodeFault),
    /// Trying codes at this slot costs less than is allowed.
    #[error("the slot makes trying codes cheaper than 19 MiB and two passes")]
    BelowFloor,
    /// Opening this slot would cost more than a phone has.
    #[error("the slot asks for more memory or time than is allowed")]
    AboveCeiling,
    /// There is not enough memory to check the code now. The try counts as one.
    #[error("there is not enough memory to check the code")]
    OutOfMemory,
    /// The hardware key gives no answer.
    #[error(transparent)]
    Hardware(#[from] HardwareError),
    /// The biometric key was not released.
    #[error(transparent)]
    Biometric(#[from] BiometricError),
    /// There is no biometric slot.
    #[error("there is no biometric slot: use the code")]
    NoBiometrics,
    /// A later version of the app made the slots.
    #[error("these key slots were made by a later version of the app")]
    Newer,
    /// The bytes are no slots of a form that this version knows.
    #[error("these are no key slots of a known form")]
    Unreadable,
}

impl From<NotGenuine> for SlotError {
    fn from(_: NotGenuine) -> Self {
        Self::NotOpened
    }
}
