//! A space's feed: the records that changed, in the order of their positions.

use super::{Eff, FieldName, Fields};
use crate::id::RecordId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far a device has read a space's feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Up to which position the device was last caught up: fields above it are sent.
    pub since: u64,
    /// Up to which position it has walked: records above it are sent.
    pub at: u64,
}

/// A record, or what changed in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedRecord {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub collection: String,
    /// The effective time of every field that [`FeedRecord::effs`] does not name.
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
