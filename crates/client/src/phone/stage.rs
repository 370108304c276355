//! In which of its lives a phone is, and what its lock screen may know.

use drempel_sealing::slot::CodeKind;
use serde::{Deserialize, Serialize};

/// In which of its lives a phone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// No municipality knows it yet.
    NotEnrolled,
    /// Enrolled, and locked: new things can be recorded, nothing can be read.
    Locked,
    /// Unlocked, and the lease is over: new things can be recorded, and reading comes back when the municipality is
    /// reached.
    ReadLocked,
    /// Everything can be done.
    Open,
    /// What could be read is gone.
    Ended(Ending),
}

/// Why there is nothing to read on a phone any more. Sealed work that was not delivered yet is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Ten wrong codes.
    TooManyTries,
    /// The machine's key is gone, or the doors to the library are gone or damaged.
    KeyLost,
    /// The municipality ended the phone's access, or found a copy of it.
    Revoked,
    /// The municipality was not reached for longer than the lease allows.
    LeaseOver,
    /// Its user asked for it.
    OnRequest,
}

/// Everything that a lock screen may know: no name, no place, no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockView {
    /// Whether the code is digits or a passphrase.
    pub code: CodeKind,
    /// The fewest digits that a new code has on this machine.
    pub least_digits: usize,
    /// Whether fingers or a face unlock.
    pub biometric: bool,
    /// Wrong tries in a row.
    pub wrong: u8,
    /// Tries left before everything readable is wiped.
    pub left: u8,
    /// Milliseconds to wait before the next try, counted on a clock that nobody can set.
    pub wait: i64,
}
