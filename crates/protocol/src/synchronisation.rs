//! One round trip: the device's changes up, the server's decisions and news down.

use crate::access::{Access, Configuration};
use drempel_domain::id::{DeviceId, EpochId, RecordId, SpaceId};
use drempel_domain::sync_log::{Change, Digest, Eff, FieldName, Fields, Seq};
use drempel_domain::time::Clocks;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What a device sends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SyncRequest {
    /// The version of the protocol.
    pub protocol: u32,
    /// The version of the program.
    pub app: String,
    /// Whom the device takes itself to be.
    pub device: DeviceId,
    /// What its clocks show while it sends.
    pub clocks: Clocks,
    /// The life of the server's log that its cursors belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<EpochId>,
    /// The tag of the [`Access`] that it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// The tag of the [`Configuration`] that it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<String>,
    /// Spaces that it was told to remove and has removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<SpaceId>,
    /// The spaces to synchronise, each at most once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<SpaceRequest>,
}

/// What a device sends about one space.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SpaceRequest {
    /// The space.
    pub space: SpaceId,
    /// Changes in the order of their numbers, each a [`SentChange`].
    ///
    /// Left as text here, so that one that cannot be read does not spoil the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Box<RawValue>>,
    /// How far the device has read; absent to read everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Up to which number the device knows that its changes were received.
    pub received_through: Seq,
    /// Quarantined changes that it still shows as a problem.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Seq>,
    /// Quarantined changes that their author threw away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discard: Vec<Seq>,
    /// Records of which it was sent a part and does not have the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub want: Vec<RecordId>,
    /// What the device found wrong with its own copy; absent when nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

/// What a device found wrong with its own copy of a space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its digest differed from the server's although it was caught up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub differs: bool,
    /// How many values it keeps that do not fit its version.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unread: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// One entry of [`SpaceRequest::changes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SentChange {
    /// A change.
    Change(Change),
    /// A number that the device cannot produce any more.
    Lost(LostChange),
    /// A change that made whole requests fail, as the bytes it is: for quarantine.
    Opaque(OpaqueChange),
}

/// A number that the device cannot produce any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LostChange {
    /// The number.
    pub seq: Seq,
    /// Always true.
    pub lost: bool,
}

/// A change as bytes, for quarantine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpaqueChange {
    /// The number.
    pub seq: Seq,
    /// The bytes, base64 with padding (RFC 4648 section 4).
    pub opaque: String,
}

/// How far a device has read a space's feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Up to which position the device was last caught up: fields above it are sent.
    pub since: u64,
    /// Up to which position it has walked: records above it are sent.
    pub at: u64,
}

/// What the server answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SyncAnswer {
    /// The version of the protocol.
    pub protocol: u32,
    /// Milliseconds since 1970 on the server's clock.
    pub server_time: i64,
    /// The life of the server's log.
    pub epoch: EpochId,
    /// Whom the device must take itself to be from now on, where that is somebody else than it said: it gives its
    /// unsent changes new numbers from 1 in every space. Nothing else is in the answer then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<DeviceId>,
    /// What the user may see, when it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// How the municipality has set things up, when it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Configuration>,
    /// Spaces whose content the device must remove; repeated until it says that it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<SpaceId>,
    /// Whether this version of the program is too old to be sent anything; what it delivers is taken in all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub upgrade: bool,
    /// The spaces that were asked about, in the order of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<SpaceAnswer>,
}

/// What the server answers about one space.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SpaceAnswer {
    /// The space.
    pub space: SpaceId,
    /// What became of each change that was sent, up to a gap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// The number that the server expects next, where the changes left a gap before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Seq>,
    /// Up to which number the server has received this device's changes.
    pub received_through: Seq,
    /// Up to which number a backup of the server covers them.
    pub durable_through: Seq,
    /// What became of the changes that the device named as open, where something did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resolved: Vec<Resolved>,
    /// Whether the pages start again from the beginning: the device drops what they do not bring back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reread: bool,
    /// Records that changed after the cursor, in the order of the feed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<SentRecord>,
    /// Records that are gone, in the order of the feed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removals: Vec<Removal>,
    /// How far the device has read after this answer; absent where it may not read the space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Whether there is more to read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
    /// The digest of the space at the cursor, when there is no more to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

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

/// A record, or what changed in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRecord {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub collection: String,
    /// The effective time of every field that [`SentRecord::effs`] does not name.
    pub eff: Eff,
    /// The effective times of the other fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub effs: BTreeMap<FieldName, Eff>,
    /// The fields; `null` where a value was taken out.
    pub fields: Fields,
    /// Whether these are all its fields.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
}

/// A record that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub collection: String,
    /// Why.
    pub kind: RemovalKind,
}

/// Why a record is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovalKind {
    /// Erased everywhere, for ever.
    Erased,
    /// Off the devices; the municipality still keeps it, and it comes back whole when its case is reopened.
    Aged,
}
