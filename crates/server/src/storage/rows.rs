//! What is stored, as the decisions see it.

use crate::directory::Directory;
use crate::sync::copies::ServerWrite;
use drempel_domain::id::{DeviceId, RecordId, SpaceId, UserId};
use drempel_domain::sync_log::{
    Cells, Digest, Eff, FieldName, Outcome, Reason, Resolution, Seq, Share, Verdict, Version, share,
};
use drempel_domain::time::Moment;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// The device of what the server itself writes.
pub(crate) const SERVER: DeviceId = DeviceId::new(Uuid::nil());

/// Whether a record is on the devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// On the devices and in the digest.
    #[default]
    Live,
    /// Off the devices; the municipality still keeps it.
    Aged,
    /// Erased for ever; nothing of its content is left.
    Erased,
}

/// A record as it is kept, each field with the position at which it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub id: RecordId,
    pub collection: String,
    pub standing: Standing,
    pub cells: Cells,
    /// The position of each field; of one that is not in it, the position is still to be given out.
    pub written: BTreeMap<FieldName, u64>,
    /// Where it stands in the feed; 0 while it is new.
    pub position: u64,
    /// The position at which it last moved up whole, 0 when never.
    pub whole_at: u64,
    /// Its part of the digest as stored; none while it is new or not live.
    pub share: Option<Share>,
    pub received_at: Moment,
    /// The record with which it ages and is erased.
    pub about: Option<RecordId>,
}

impl Held {
    /// A record that is not stored yet.
    pub(crate) fn new(id: RecordId, collection: &str, received_at: Moment) -> Self {
        Self {
            id,
            collection: collection.to_owned(),
            standing: Standing::Live,
            cells: Cells::new(),
            written: BTreeMap::new(),
            position: 0,
            whole_at: 0,
            share: None,
            received_at,
            about: None,
        }
    }

    /// Its part of the digest as its fields are now; none when it is not live.
    pub(crate) fn share_now(&self) -> Option<Share> {
        (self.standing == Standing::Live).then(|| {
            let fields = self.cells.iter();
            share(
                self.id,
                fields.map(|(name, cell)| (name, cell.version.eff, &cell.value)),
            )
        })
    }
}

/// A record that a transaction changed.
#[derive(Clone, Debug)]
pub(crate) struct Touched {
    pub held: Held,
    /// Whether all of it goes to the devices again.
    pub whole: bool,
}

/// What a push must read before anything is decided.
#[derive(Clone, Debug)]
pub(crate) struct Needs {
    pub space: SpaceId,
    pub device: DeviceId,
    pub records: BTreeSet<RecordId>,
    /// Numbers of this device: sent, open, discarded or mended.
    pub numbers: BTreeSet<Seq>,
    /// Changes that fields were based on before the server had decided on them.
    pub bases: BTreeSet<(DeviceId, Seq)>,
}

/// What was read, under the lock when something will be written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub directory: Arc<Directory>,
    /// The last number that was received of this device in this space.
    pub last: Seq,
    pub durable: Seq,
    pub logged: BTreeMap<Seq, Logged>,
    pub bases: BTreeMap<(DeviceId, Seq), Eff>,
    pub records: BTreeMap<RecordId, Held>,
    /// Whose devices wrote the fields of these records.
    pub authors: BTreeMap<DeviceId, UserId>,
    /// Of the mirrored referrals among them: what they mirror.
    pub mirrors: BTreeMap<RecordId, (SpaceId, RecordId)>,
}

/// A change as it was received and decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Logged {
    pub seq: Seq,
    pub record: Option<RecordId>,
    pub collection: Option<String>,
    /// The change as JSON; what was received, where that cannot be read; nothing once it was erased or thrown away.
    pub body: Option<String>,
    pub claimed: Option<Moment>,
    pub eff: Option<Eff>,
    pub clamped: bool,
    pub verdict: Verdict,
    pub reason: Option<Reason>,
    pub author: UserId,
    pub received_at: Moment,
    /// Salt and hash of the change.
    pub seal: Option<Seal>,
    pub resolution: Option<Resolution>,
}

impl Logged {
    /// Whether it is in quarantine and nobody has decided yet.
    pub(crate) fn is_open(&self) -> bool {
        self.verdict == Verdict::Quarantined && self.resolution.is_none()
    }

    /// The outcome, with the fields that have been lost by now.
    pub(crate) fn outcome(&self, lost: Vec<FieldName>) -> Outcome {
        Outcome {
            seq: self.seq,
            eff: self.eff,
            verdict: self.verdict,
            lost,
            clamped: self.clamped,
            reason: self.reason.clone(),
        }
    }
}

/// By which a number that comes again with another content is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    pub salt: [u8; 16],
    pub hash: [u8; 32],
}

/// What a push writes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writes {
    /// New entries of the log, in the order of their numbers.
    pub entries: Vec<Logged>,
    /// Entries of which the change arrived after its number had been given up.
    pub late: Vec<Logged>,
    /// Quarantined changes that ended.
    pub resolved: BTreeMap<Seq, Resolution>,
    /// Records that changed, in the order in which they go into the feed.
    pub touched: Vec<Touched>,
    /// What is to be written in other spaces.
    pub copies: Vec<ServerWrite>,
}

impl Writes {
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.late.is_empty() && self.resolved.is_empty() && self.touched.is_empty()
    }
}

/// How far a device and a space are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    pub last: Seq,
    pub durable: Seq,
    pub head: u64,
}

/// Stands for an enrolment in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EnrolmentKey(pub i64);

/// Of which part of a device a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// Its lock: what is recorded without unlocking.
    Lock,
    /// Its database: what is recorded after unlocking.
    Database,
}

/// A device as the server knows it, with its present numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeviceRow {
    pub enrolment: EnrolmentKey,
    /// The number of its database.
    pub id: DeviceId,
    /// The number of its lock.
    pub lock: DeviceId,
    pub user: UserId,
    pub app: String,
    pub enrolled_at: Moment,
    pub last_contact: Option<Moment>,
    pub revoked_at: Option<Moment>,
    pub lost_at: Option<Moment>,
}

/// One row of the feed, its JSON as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct FeedRow {
    pub id: RecordId,
    pub collection: String,
    pub standing: Standing,
    pub position: u64,
    pub whole_at: u64,
    pub fields: String,
    pub version: Version,
    pub written_at: u64,
    pub stamps: Option<String>,
}

/// Where a feed ended when it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FeedEnd {
    pub head: u64,
    pub digest: Digest,
}
