//! Sealed work, handed in with the deposit token: from a locked or wiped phone, or from an outbox that was closed.

use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use drempel_domain::time::Clocks;
use serde::{Deserialize, Serialize};

/// A batch of sealed entries. What is in them only the server reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositRequest {
    /// The version of the protocol.
    pub protocol: u32,
    /// The version of the program.
    pub app: String,
    /// What the device's clocks show while it sends.
    pub clocks: Clocks,
    /// Entries of an outbox or of the captures, each its bytes in base64 with padding (RFC 4648 section 4), in the
    /// order of their numbers within a device and space.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<String>,
    /// Numbers of which these entries are all that is left anywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Covered>,
    /// Whether the device has removed everything of this enrolment that could be read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// The device's word that of these numbers nothing exists but what this request brings: said of an outbox that was
/// closed, and of captures that were damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The device number: the database's or the lock's.
    pub device: DeviceId,
    /// The space.
    pub space: SpaceId,
    /// The first number.
    pub from: Seq,
    /// The last number.
    pub through: Seq,
}

/// What the server answers to a deposit: numbers, and whether the enrolment has access at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositAnswer {
    /// The version of the protocol.
    pub protocol: u32,
    /// Milliseconds since 1970 on the server's clock.
    pub server_time: i64,
    /// Whether the enrolment was revoked: everything of it that can be read must go.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
    /// How far the server is, for each device number and space that the request names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<Deposited>,
}

/// How far the server is with one device number in one space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposited {
    /// The device number.
    pub device: DeviceId,
    /// The space.
    pub space: SpaceId,
    /// Up to which number the server has received changes.
    pub received_through: Seq,
    /// Up to which number a backup of the server covers them.
    pub durable_through: Seq,
    /// The number that the server expects next, where the entries left a gap before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Seq>,
    /// Entries that could not be opened: sealed to a key that the server does not have, or damaged. Nothing of them
    /// was taken in, except where [`Covered`] says that there is nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<Seq>,
    /// Entries whose number was received before, with another content. Nothing of them was taken in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<Seq>,
}
