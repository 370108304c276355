//! What must hold when a file has been played, as its expectations file says it.

use super::PlayError;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
pub struct Expected {
    /// How many lines the file has.
    pub lines: usize,
    /// Per space and kind of record how many there are.
    pub counts_per_space: BTreeMap<String, BTreeMap<String, Counts>>,
    /// Records of which it does not matter whether they are live, because they were deleted and edited apart.
    pub either_way_because_of_a_delete_conflict: Vec<String>,
    /// Copies in other spaces.
    pub copies_by_share_or_disclosure: Vec<Copy>,
    /// What each person finds on each of their devices.
    pub users: BTreeMap<String, User>,
    /// Fields that several devices wrote apart.
    pub contested_fields: Vec<Contested>,
    /// Records that were deleted and edited apart.
    pub delete_conflicts: Vec<DeleteConflict>,
    /// Records that point at one that was deleted elsewhere.
    pub links_made_to_a_record_deleted_elsewhere: Vec<LinkToDeleted>,
    /// Lines that must be refused.
    pub rejected: Vec<Rejected>,
    /// What people must be told.
    pub warnings: Vec<Warned>,
    /// What must be asked about.
    pub same_moment_questions: Vec<Question>,
    /// Contacts that stand behind another one.
    pub hidden_as_same_moment: BTreeMap<String, String>,
    /// Forms that must be back after the app was killed.
    pub drafts_after_kill: Vec<DraftBack>,
    /// What was saved from devices that were lost.
    pub salvaged_from_lost_or_revoked_devices: Vec<Salvaged>,
    /// Per day what is late and what is due, by person.
    pub actions_open_by_day: BTreeMap<String, DueOnDay>,
    /// Actions that are done.
    pub actions_done: Vec<String>,
    /// Rounds in numbers.
    pub reports: BTreeMap<String, Report>,
    /// What is worked out from the records.
    pub derived: Derived,
    /// Texts, as the first sixteen digits of their SHA-256.
    pub text_sha256_first_16: BTreeMap<String, String>,
    /// Every record: its space, its kind, and whether it is live, deleted or hidden.
    pub record_index: BTreeMap<String, (String, String, String)>,
}

/// How many records there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Counts {
    /// Shown.
    pub live: usize,
    /// Deleted.
    pub deleted: usize,
    /// Behind another one.
    pub hidden_same_moment: usize,
}

/// A copy in another space.
#[derive(Clone, Debug, Deserialize)]
pub struct Copy {
    /// Its name.
    #[serde(rename = "ref")]
    pub name: String,
    /// What it was copied from.
    pub of: String,
    /// Where it is.
    pub space: String,
    /// Which fields it has.
    pub fields: Vec<String>,
    /// The line in the ledger.
    pub ledger: String,
}

/// What a person finds.
#[derive(Clone, Debug, Deserialize)]
pub struct User {
    /// The person's spaces, with the role in each.
    pub spaces: BTreeMap<String, String>,
    /// How many records of each kind.
    pub visible: BTreeMap<String, usize>,
    /// Copies.
    pub copies_visible: Vec<String>,
    /// Words that must be found, each with its record.
    pub search_must_find: Vec<Probe>,
    /// Words that must not be found.
    pub search_must_not_find: Vec<String>,
    /// Words that no byte on the person's devices may hold.
    pub never_in_any_byte_on_this_users_devices: Vec<String>,
}

/// A word and the only record that holds it.
#[derive(Clone, Debug, Deserialize)]
pub struct Probe {
    /// The word.
    pub word: String,
    /// The record.
    #[serde(rename = "ref")]
    pub name: String,
}

/// A field that several devices wrote apart.
#[derive(Clone, Debug, Deserialize)]
pub struct Contested {
    /// The record.
    pub record: String,
    /// The field.
    pub field: String,
    /// The value that stands, when there is one answer.
    #[serde(default, rename = "final")]
    pub stands: Option<Value>,
    /// The values of which any may stand.
    #[serde(default, rename = "final_one_of")]
    pub stands_one_of: Vec<Value>,
    /// The values that must be findable.
    pub findable_as_overwritten: Vec<Findable>,
}

/// A value that lost.
#[derive(Clone, Debug, Deserialize)]
pub struct Findable {
    /// The value.
    pub value: Value,
    /// Who wrote it.
    pub by: String,
}

/// A record that was deleted and edited apart.
#[derive(Clone, Debug, Deserialize)]
pub struct DeleteConflict {
    /// The record.
    pub record: String,
    /// The field that was edited.
    pub field: String,
    /// The value that must be kept.
    pub value: Value,
}

/// A record that points at one that was deleted elsewhere.
#[derive(Clone, Debug, Deserialize)]
pub struct LinkToDeleted {
    /// The record, which must be there.
    pub record: String,
}

/// A line that must be refused.
#[derive(Clone, Debug, Deserialize)]
pub struct Rejected {
    /// The line.
    pub n: u64,
    /// By `device` or `server`.
    #[serde(rename = "where")]
    pub by: String,
    /// The code.
    pub why: String,
    /// The field.
    pub field: Option<String>,
    /// Whether the text stays on the device.
    pub stays_on_device: bool,
}

/// What a person must be told.
#[derive(Clone, Debug, Deserialize)]
pub struct Warned {
    /// The record.
    #[serde(rename = "ref")]
    pub name: String,
    /// What.
    pub warning: String,
    /// The age that is outside the range.
    #[serde(default)]
    pub age: Option<u32>,
}

/// Something to ask about.
#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    /// The two contacts.
    pub pair: (String, String),
    /// `yes`, `no` or `open`.
    pub answered: String,
}

/// A form that must be back.
#[derive(Clone, Debug, Deserialize)]
pub struct DraftBack {
    /// The line in which the app was killed.
    pub n: u64,
    /// The form.
    pub form: String,
    /// What it held.
    pub must_come_back: Value,
}

/// What was saved from a lost device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Salvaged {
    /// The device.
    pub device: String,
    /// How many fields that a person had filled in.
    pub changes: usize,
}

/// What there is to do on a day, by person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct DueOnDay {
    /// What should have been done before.
    pub late: BTreeMap<String, Vec<String>>,
    /// What should be done that day.
    pub today: BTreeMap<String, Vec<String>>,
}

/// A round in numbers.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// The numbers that the app shows under the same names.
    #[serde(flatten)]
    pub figures: Map<String, Value>,
}

/// What is worked out from the records.
#[derive(Clone, Debug, Deserialize)]
pub struct Derived {
    /// Running tracks by coach.
    pub caseload: BTreeMap<String, usize>,
    /// Young people for whom a referral is suggested.
    pub suggest_referral: Vec<String>,
    /// Young people for whom staying in the background is suggested.
    pub suggest_background_role: Vec<String>,
    /// The day of the next measurement by young person.
    pub next_measurement_due: BTreeMap<String, String>,
    /// Until when a Social Parent is meant to stay, where it was not said.
    pub social_parent_intended_until: BTreeMap<String, String>,
    /// The active fixed contacts by young person.
    pub active_fixed_contacts: BTreeMap<String, Vec<String>>,
    /// The notes that wait, each with the day on which it goes.
    pub quick_notes_in_inbox_and_discard_after: BTreeMap<String, String>,
    /// The phase by track.
    pub phase: BTreeMap<String, String>,
    /// The state and the amount by entry of the budget.
    pub budget: BTreeMap<String, (String, i64)>,
}

impl Expected {
    /// Reads an expectations file.
    ///
    /// # Errors
    /// [`PlayError::Shape`].
    pub fn read(text: &str) -> Result<Self, PlayError> {
        serde_json::from_str(text).map_err(|error| PlayError::shape("the expectations file", error))
    }
}
