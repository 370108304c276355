//! Fingers or a face as a second door: a key that the platform releases after its own prompt.

use zeroize::Zeroizing;

/// A key that the platform releases once it has recognised the user.
///
/// The mobile shells make it so that it cannot be exported, needs a strong biometric at each use, and becomes invalid
/// when the enrolled fingers or faces change.
pub trait BiometricKey {
    /// Whether fingers or a face are enrolled on the device that can release a key. May change at any moment.
    fn is_available(&self) -> bool;

    /// Makes the key for the fingers or faces that are enrolled now, in the place of an earlier one.
    ///
    /// # Errors
    /// [`BiometricError`].
    fn renew(&self) -> Result<(), BiometricError>;

    /// Shows the prompt and gives the key.
    ///
    /// # Errors
    /// [`BiometricError`].
    fn release(&self) -> Result<Zeroizing<[u8; 32]>, BiometricError>;
}

/// The platform does not release the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BiometricError {
    /// The enrolled fingers or faces changed, so the key is gone. The slot goes as well; the code opens.
    #[error("the enrolled fingers or faces changed: use the code")]
    Changed,
    /// The user was not recognised or cancelled.
    #[error("the user was not recognised")]
    NotRecognised,
    /// The sensor does not work now, or was locked after too many attempts.
    #[error("biometric unlocking does not work now: use the code")]
    Unavailable,
}
