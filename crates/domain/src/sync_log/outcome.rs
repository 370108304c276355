//! What became of a change, as the server decided it.

use super::{Eff, FieldName, Seq};
use serde::{Deserialize, Serialize};

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its number.
    pub seq: Seq,
    /// When it counts; absent where it could not be read at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eff: Option<Eff>,
    /// Taken in, unless it says otherwise.
    #[serde(default, skip_serializing_if = "Verdict::is_taken")]
    pub verdict: Verdict,
    /// Its fields that another change has won by now: the device keeps the server's values there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<FieldName>,
    /// Whether its clocks claimed an instant in the future.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clamped: bool,
    /// Why it was quarantined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// What became of a change, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Its fields were merged.
    #[default]
    Taken,
    /// It waits for somebody to decide; it has changed nothing.
    Quarantined,
    /// The device said that it cannot produce it any more.
    Missing,
    /// Its record was erased; nothing of it is kept.
    Erased,
}

impl Verdict {
    fn is_taken(&self) -> bool {
        *self == Verdict::Taken
    }
}

/// Why a change was quarantined.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// The code: of a field's fault, of what is forbidden, or `unreadable`, `too_large`, `unknown_record`,
    /// `author_differs`, `reserved_collection`, `immutable_field`.
    pub code: String,
    /// The field concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// What became of a quarantined change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// Its number.
    pub seq: Seq,
    /// What became of it. Released values arrive with the feed.
    pub by: Resolution,
}

/// How a quarantined change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// An administrator or lead released it: it was merged with the effective time it had been given.
    Released,
    /// A later change of the same device stands in its place.
    Mended,
    /// Its author or an administrator discarded it.
    Discarded,
}
