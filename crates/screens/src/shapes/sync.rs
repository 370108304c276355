//! How far everything is, what was not taken, and what was overwritten.

use super::shared::{AudienceChoice, Status};
use super::time::Moment;
use super::today::TimelineItem;
use drempel_domain::id::{RecordId, SpaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far everything is. Also the payload of the event `sync`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SyncStatus {
    /// What the way to the municipality is like.
    pub connection: Connection,
    /// Changes on this device only, as a person counts them: recordings, not fields.
    pub waiting: usize,
    /// Whether the oldest of them is older than a day.
    pub late: bool,
    /// While one runs: how many of how many.
    pub running: Option<Running>,
    /// When the municipality was last reached.
    pub last_sync: Option<Moment>,
    /// How long the municipality has not been reached.
    pub lease: Lease,
    /// Refused recordings that nobody settled.
    pub problems: usize,
    /// Overwritten values that nobody settled.
    pub overwritten: usize,
}

/// What the way to the municipality is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// It answers.
    Online,
    /// It answers slowly.
    Weak,
    /// It does not answer.
    Offline,
}

/// How far a synchronisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Running {
    /// Recordings that were sent.
    pub sent: usize,
    /// Recordings in all.
    pub total: usize,
}

/// How long the municipality has not been reached. Terms are municipal settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Lease {
    /// Whole days since the last contact.
    pub days_without_contact: u32,
    /// Whole days until reading locks; `null` while there is no need to say so (before the warning term).
    pub reading_ends_in_days: Option<u32>,
    /// The last contact.
    pub last_contact: Option<Moment>,
}

/// The page about synchronising.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SyncPage {
    /// How far everything is.
    pub status: SyncStatus,
    /// What was not taken.
    pub problems: Vec<ProblemRow>,
    /// What was overwritten.
    pub overwritten: Vec<OverwrittenRow>,
    /// What waits, is under way, or arrived in the last hour; the newest first, at most 50.
    pub items: Vec<SyncItem>,
}

/// A recording that was not taken, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProblemRow {
    /// The space.
    #[ts(type = "SpaceId")]
    pub space: SpaceId,
    /// The number of the change there.
    #[ts(type = "number")]
    pub seq: u64,
    /// The kind of record.
    pub collection: String,
    /// When it was recorded.
    pub at: Moment,
    /// The server's reason.
    pub code: String,
}

/// An overwritten value, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OverwrittenRow {
    /// The kept value.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// Who wrote what counts now, by first name.
    pub by: String,
    /// When that counted.
    pub at: Moment,
    /// The kind of record.
    pub collection: String,
    /// The field.
    pub field: String,
    /// Whose record, as may be shown now; empty where it is nobody's.
    pub about: String,
}

/// Something on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SyncItem {
    /// The record.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// Its kind.
    pub collection: String,
    /// When it was recorded.
    pub at: Moment,
    /// Where.
    pub place: Option<String>,
    /// Where the record is.
    pub status: Status,
    /// Whether it is on this device only for longer than a day.
    pub late: bool,
}

/// A recording that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    /// The same as in the list.
    #[serde(flatten)]
    pub row: ProblemRow,
    /// The space's name as it was.
    pub space_name: String,
    /// When the person's access ended, for `membership_ended`.
    pub ended_at: Option<Moment>,
    /// What was recorded.
    pub item: TimelineItem,
    /// Other spaces that it can be filed in; the person's own first.
    pub choices: Vec<AudienceChoice>,
}

/// A value that somebody else's later change replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Overwritten {
    /// The same as in the list.
    #[serde(flatten)]
    pub row: OverwrittenRow,
    /// What counts now.
    pub now: ValueNow,
    /// What the person wrote.
    pub mine: ValueMine,
    /// Fields that the same person changed then and that did not collide.
    pub also: Vec<AlsoChanged>,
    /// Whether both texts can stand under one another (only texts).
    pub can_put_below: bool,
}

/// What counts now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ValueNow {
    /// The value, as a code or in words.
    pub value: String,
    /// More about it.
    pub detail: Option<String>,
    /// Who wrote it, by first name.
    pub by: String,
    /// When it counted.
    pub at: Moment,
}

/// What the person wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ValueMine {
    /// The value, as a code or in words.
    pub value: String,
    /// More about it.
    pub detail: Option<String>,
    /// When it counted.
    pub at: Moment,
}

/// A field that changed with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AlsoChanged {
    /// The field.
    pub field: String,
    /// What it holds now. What it held before is not kept on a device: nobody's value was lost there.
    pub after: String,
}

/// What to do about an overwritten value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OverwrittenChoice {
    /// The own value counts again.
    PutBack,
    /// The own text is put under the other.
    PutBelow,
    /// It stays as it is.
    Leave,
}
