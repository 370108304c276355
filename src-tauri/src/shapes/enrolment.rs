//! Making the app known to a municipality, step by step.

use drempel_domain::id::SpaceId;
use drempel_screens::shapes::{Moment, SpaceKind};
use serde::{Deserialize, Serialize};

/// What is known before enrolling.
#[derive(Serialize)]
pub(crate) struct EnrolmentStart {
    /// The municipality's address from an earlier try; empty when there was none.
    pub(crate) server: String,
    /// Whether a camera can scan the invitation.
    pub(crate) camera: bool,
    /// Whether the secret was chosen already.
    pub(crate) secret_chosen: bool,
    pub(crate) least_digits: usize,
}

/// What an invitation holds.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Invitation {
    pub(crate) server: String,
    pub(crate) code: String,
}

/// What is thought of a secret before it is chosen.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SecretVerdict {
    Good,
    TooShort,
    TooEasy,
}

/// How far enrolling is.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum EnrolmentAnswer {
    /// The municipality knows the device, and it is open.
    Enrolled { sync: FirstSync },
    /// The administrator compares the fingerprint and has not let the device in yet: ask again every few seconds.
    AwaitsConfirmation {
        /// Six groups of four digits.
        fingerprint: String,
        /// When the invitation ends, in milliseconds on the municipality's clock.
        expires_at: Moment,
    },
}

/// The first synchronisation, and for whom it is.
#[derive(Serialize)]
pub(crate) struct FirstSync {
    pub(crate) municipality: String,
    pub(crate) spaces: Vec<FirstSyncSpace>,
}

/// How far one space is.
#[derive(Serialize)]
pub(crate) struct FirstSyncSpace {
    pub(crate) id: SpaceId,
    pub(crate) kind: SpaceKind,
    pub(crate) name: String,
    /// How many people belong to it, the person included.
    pub(crate) people: usize,
    /// The others of a joint space, by first name.
    pub(crate) with: Vec<String>,
    pub(crate) state: Progress,
}

/// How far something is.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Progress {
    Waiting,
    Busy,
    Done,
}
