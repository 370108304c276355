//! One round trip: the device's changes up, the server's decisions and news down.

use crate::access::{Access, Configuration};
use crate::keys::ServerKeys;
use drempel_domain::id::{DeviceId, EpochId, RecordId, SpaceId};
use drempel_domain::sync_log::{Change, Cursor, Digest, FeedRecord, Outcome, Removal, Resolved, Seq};
use drempel_domain::time::{Clocks, Day};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

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
    /// The tag of the [`ServerKeys`] that it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<String>,
    /// The `server_time` of the lease that it has, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<i64>,
    /// SHA-256 of the sync token to which the device will move on, 64 lower-case hexadecimal digits. An answer of 200
    /// says that the server has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token_sha256: Option<String>,
    /// Dossiers that the user opened, each once a day: for the audit log, in no feed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<Opened>,
    /// Spaces that it was told to remove and has removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<SpaceId>,
    /// What was recorded without unlocking, in the clear: changes under the lock's device number, each space at most
    /// once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<LockedRequest>,
    /// The spaces to synchronise, each at most once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<SpaceRequest>,
}

/// A dossier that the user opened on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Opened {
    /// The youth whose dossier it is.
    pub youth: RecordId,
    /// The day in Amsterdam on which it was opened.
    pub day: Day,
}

/// What a device sends in one space under the lock's device number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LockedRequest {
    /// The space.
    pub space: SpaceId,
    /// As in [`SpaceRequest`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Box<RawValue>>,
    /// As in [`SpaceRequest`].
    pub received_through: Seq,
    /// As in [`SpaceRequest`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Seq>,
    /// As in [`SpaceRequest`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discard: Vec<Seq>,
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

/// What the server answers. `R` is a record of the feed; a server that has its text at hand sends that.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SyncAnswer<R = FeedRecord> {
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
    /// The lock's new device number, given with `identity` where that is new as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<DeviceId>,
    /// What the user may see, when it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// How the municipality has set things up, when it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Configuration>,
    /// The server's keys, when they changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<ServerKeys>,
    /// A new lease, signed, when the device's is older than a quarter of an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<String>,
    /// Spaces whose content the device must remove; repeated until it says that it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<SpaceId>,
    /// Whether this version of the program is too old to be sent anything; what it delivers is taken in all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub upgrade: bool,
    /// What became of what was recorded without unlocking, in the order of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<LockedAnswer>,
    /// The spaces that were asked about, in the order of the request.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<SpaceAnswer<R>>,
}

/// What the server answers about one space under the lock's device number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedAnswer {
    /// The space.
    pub space: SpaceId,
    /// As in [`SpaceAnswer`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// As in [`SpaceAnswer`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Seq>,
    /// As in [`SpaceAnswer`].
    pub received_through: Seq,
    /// As in [`SpaceAnswer`].
    pub durable_through: Seq,
    /// As in [`SpaceAnswer`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resolved: Vec<Resolved>,
}

/// What the server answers about one space.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SpaceAnswer<R = FeedRecord> {
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
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<R>,
    /// Records that are gone, in the order of the feed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removals: Vec<Removal>,
    /// How far the device has read after this answer; absent where it may not read the space, and where there was no
    /// room yet to begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Whether there is more to read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
    /// The digest of the space at the cursor, when there is no more to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}
