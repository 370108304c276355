//! The app's life and its lock, as the first screen shows them. Nothing here holds a name, a place or a text of anybody.

use drempel_screens::shapes::{Appearance, Lease};
use serde::Serialize;

/// In which of its lives the app is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    NotEnrolled,
    Locked,
    Open,
    Revoked,
}

/// What the very first screen needs.
#[derive(Serialize)]
pub(crate) struct Start {
    pub(crate) stage: Stage,
    /// In every stage but `not_enrolled` and `revoked`.
    pub(crate) lock: Option<LockState>,
    pub(crate) appearance: Appearance,
    /// In the stage `revoked`.
    pub(crate) revoked: Option<Revoked>,
}

/// Everything that the lock screen may know.
#[derive(Serialize)]
pub(crate) struct LockState {
    pub(crate) reason: LockReason,
    pub(crate) secret: SecretKind,
    pub(crate) least_digits: usize,
    pub(crate) biometric: bool,
    /// Wrong tries in a row.
    pub(crate) wrong: u8,
    /// Tries left before what can be read is wiped.
    pub(crate) left: u8,
    /// From 1 to this number of tries left, the screen says so.
    pub(crate) warn_from_left: u8,
    /// Whole seconds to wait before the next try.
    pub(crate) wait_seconds: i64,
    /// Entries made while locked that wait to be read in.
    pub(crate) set_aside: usize,
    pub(crate) lease: Lease,
    pub(crate) administrator_phone: Option<String>,
}

/// Why reading is not possible.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LockReason {
    /// The secret is asked.
    Secret,
    /// The municipality must be reached first.
    Lease,
}

/// What the person types to open the app.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SecretKind {
    Digits,
    Passphrase,
}

/// What became of a try to unlock.
#[derive(Serialize)]
pub(crate) struct Unlocking {
    pub(crate) outcome: Outcome,
    /// The lock as it is now; none when open.
    pub(crate) lock: Option<LockState>,
}

/// What became of a try, in one word.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Open,
    Wrong,
    Wait,
    Wiped,
    Cancelled,
}

/// What is left after the app's access ended.
#[derive(Serialize)]
pub(crate) struct Revoked {
    /// Entries that lie sealed until they are delivered.
    pub(crate) undelivered: usize,
    pub(crate) administrator_phone: Option<String>,
}

/// The lock fell or opened.
#[derive(Serialize)]
pub(crate) struct LockChange {
    pub(crate) stage: Stage,
    pub(crate) lock: Option<LockState>,
    pub(crate) revoked: Option<Revoked>,
}
