//! What the player tells the server's process, a JSON line each, besides what devices send over HTTP.

use drempel_domain::id::{DeviceId, RecordId, SpaceId, UserId};
use drempel_domain::space::Role;
use drempel_domain::sync_log::{Change, Digest};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something for the server's process to do. Each is answered with one [`Answer`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    /// It is that instant now.
    SetTime {
        /// The true time.
        now: Moment,
    },
    /// Take in a municipality file.
    Import {
        /// Its text.
        file: String,
    },
    /// Make a code with which a person's device can be enrolled.
    MakeCode {
        /// The person's short name.
        user: String,
    },
    /// Take a device's access away.
    RevokeDevice {
        /// The device.
        device: DeviceId,
        /// Since when it was lost, where it was.
        lost_at: Option<Moment>,
    },
    /// Let a person into a space.
    Grant {
        /// The person's short name.
        user: String,
        /// The space's short name.
        space: String,
        /// As what.
        role: Role,
        /// From when on.
        from: Moment,
    },
    /// End a person's membership of a space.
    RevokeMembership {
        /// The person's short name.
        user: String,
        /// The space's short name.
        space: String,
        /// From when on.
        at: Moment,
    },
    /// Put a code on a list, or change it.
    SetCode {
        /// The list.
        list: String,
        /// The code.
        code: String,
        /// What is shown for it.
        label: String,
        /// Whether it can still be chosen.
        active: bool,
    },
    /// Take in what a revoked device handed in, as far as it was made before it was lost.
    ReleaseDevice {
        /// The device.
        device: DeviceId,
    },
    /// Say the digest of every space.
    Digests,
    /// Say every value that the log keeps of one field, with its author.
    LoggedValues {
        /// The space.
        space: SpaceId,
        /// The record.
        record: RecordId,
        /// The field.
        field: String,
    },
}

/// What the server's process answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// It listens at that address; said once, before anything was ordered.
    Listening(String),
    /// It is done.
    Done,
    /// The code that was made.
    Code(String),
    /// What was taken in of a revoked device's work, and how many changes of it wait on.
    Released {
        /// What was taken in.
        changes: Vec<Change>,
        /// How many wait.
        waiting: usize,
    },
    /// The digest of every space.
    Digests(BTreeMap<SpaceId, Digest>),
    /// Values of a field and who wrote each, as the log keeps them.
    Values(Vec<(UserId, Value)>),
    /// It was refused, and why.
    Refused(String),
}
