//! The municipality file as it is written.

use drempel_domain::space::Role;
use drempel_protocol::access::{ListedCode, Municipality};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};

/// The whole file. A member that is not known is refused, so that a misspelt one is not left out in silence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "format")]
    _format: Option<IgnoredAny>,
    #[serde(rename = "note")]
    _note: Option<IgnoredAny>,
    pub municipality: Municipality,
    #[serde(default)]
    pub settings: BTreeMap<String, i64>,
    #[serde(default)]
    pub districts: Vec<District>,
    #[serde(default)]
    pub spaces: Vec<FileSpace>,
    /// Who works together; access follows from the memberships alone.
    #[serde(rename = "teams")]
    _teams: Option<IgnoredAny>,
    #[serde(default)]
    pub users: Vec<FileUser>,
    #[serde(default)]
    pub memberships: Vec<FileMembership>,
    /// Devices are enrolled with codes.
    #[serde(rename = "devices")]
    _devices: Option<IgnoredAny>,
    #[serde(rename = "later_devices")]
    _later_devices: Option<IgnoredAny>,
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<ListedCode>>,
    #[serde(default)]
    pub spots: Vec<FileSpot>,
    #[serde(default)]
    pub partners: Vec<FilePartner>,
}

/// A neighbourhood; it becomes a code of the list `districts`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct District {
    pub code: String,
    pub name: String,
    #[serde(default = "yes")]
    pub active: bool,
    #[serde(rename = "cbs_district")]
    _cbs_district: Option<IgnoredAny>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileSpace {
    pub id: String,
    pub name: String,
    pub regime: String,
    pub kind: String,
    pub covenant: Option<String>,
    pub covenant_fields: Option<BTreeSet<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileUser {
    pub id: String,
    pub name: String,
    pub function: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileMembership {
    pub user: String,
    pub space: String,
    pub role: Role,
    /// A day, from its first minute, or an instant.
    pub from: String,
    /// A day, up to its first minute, or an instant.
    pub until: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileSpot {
    pub id: String,
    pub space: String,
    pub name: String,
    pub kind: String,
    pub district: Option<String>,
    pub since: Option<String>,
    pub active: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilePartner {
    pub id: String,
    pub name: String,
    pub kind: Option<String>,
    pub offer: Option<String>,
    pub target_group: Option<String>,
    pub capacity: Option<i64>,
    pub contact: Option<String>,
}
