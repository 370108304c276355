//! Young people and groups in lists, and what is known when one is made.

use super::configuration::ListedCode;
use drempel_domain::id::RecordId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Which young people to list. Several together: all must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default)]
pub struct YouthFilter {
    /// Of the person's own caseload.
    pub mine: bool,
    /// Not seen for long.
    pub long_unseen: bool,
    /// With a running track in this phase.
    pub phase: Option<String>,
    /// In this neighbourhood.
    pub district: Option<String>,
    /// What was typed; names and nicknames by prefix, one typo a word forgiven. Empty: no search.
    pub words: String,
}

/// A window of a list: rows `from` to `from + rows.length` of `total`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Page<Row> {
    /// The first row, from 0.
    pub from: usize,
    /// How many there are.
    pub total: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A young person in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct YouthRow {
    /// The young person.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// The name as may be shown now.
    pub shown: String,
    /// The street name; `null` where `shown` is it.
    pub nickname: Option<String>,
    /// At most two letters.
    pub initials: String,
    /// 0–3: which of the four avatar colours.
    pub tint: u8,
    /// Whole years.
    pub age: Option<u32>,
    /// The phase of the running track.
    pub phase: Option<String>,
    /// The neighbourhood.
    pub district: Option<String>,
    /// Whole days since the last contact; `null` when there never was one.
    pub days_unseen: Option<u32>,
    /// Whether that is long.
    pub long_unseen: bool,
    /// The coach, by first name; `null` when it is the person or nobody.
    pub coach: Option<String>,
    /// Whether the person is the coach of a running track.
    pub mine: bool,
}

/// What stands above the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct YouthsHead {
    /// Running tracks of the person.
    pub caseload: usize,
    /// How many each chip would show, within the person's own spaces.
    pub counts: YouthCounts,
    /// The neighbourhood that is proposed as a filter.
    pub district: Option<ListedCode>,
    /// How names are shown now.
    pub names: Names,
    /// Whether anybody is on the device at all.
    pub any: bool,
}

/// How many young people each filter would show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct YouthCounts {
    /// Of the person's own caseload.
    pub mine: usize,
    /// Of those, not seen for long.
    pub long_unseen: usize,
    /// Of those, per phase.
    #[ts(type = "Record<Code, number>")]
    pub phases: BTreeMap<String, usize>,
}

/// How names are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// In full.
    Full,
    /// As street names or initials: during a round, or because the person wants so.
    Short,
}

/// A group in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GroupRow {
    /// The group.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// Its name.
    pub name: String,
    /// Where it meets.
    pub spots: Vec<String>,
    /// About how many.
    pub estimated_size: Option<i64>,
    /// The step of the seven-step model.
    pub step: Option<String>,
}

/// Somebody new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct YouthForm {
    /// What friends call them.
    pub nickname: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// About how old.
    pub age_band: Option<String>,
    /// The neighbourhood.
    pub district: Option<String>,
}

/// A new group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct GroupForm {
    /// What it is called.
    pub name: Option<String>,
    /// About how many.
    pub estimated_size: Option<i64>,
    /// Where it meets.
    #[ts(type = "RecordId[]")]
    pub spots: Vec<RecordId>,
}
