//! What a device may see, and how the municipality has set things up. Sent only when it changed.

use drempel_domain::id::UserId;
use drempel_domain::space::{Role, Space};
use drempel_domain::time::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The spaces of the device's user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Names this state of affairs; the device sends it back to show what it knows.
    pub tag: String,
    /// The person whose device this is.
    pub user: Person,
    /// Every space that the person belongs to now.
    pub spaces: Vec<Granted>,
}

/// A space, the user's role in it, and the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// The space.
    #[serde(flatten)]
    pub space: Space,
    /// What the user may do there.
    pub role: Role,
    /// Since when.
    pub from: Moment,
    /// Until when, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// Everyone in the space, the user included.
    pub members: Vec<Member>,
}

/// A person who works with Drempel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The person.
    pub id: UserId,
    /// The name, to be shown to colleagues.
    pub name: String,
    /// The function, a code such as `youth_coach`.
    pub function: String,
}

/// A person in a space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The person.
    #[serde(flatten)]
    pub person: Person,
    /// The role there.
    pub role: Role,
}

/// How the municipality has set things up: no personal data of young people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configuration {
    /// Names this state of affairs; the device sends it back to show what it knows.
    pub tag: String,
    /// The municipality.
    pub municipality: Municipality,
    /// The lists of codes, by name.
    pub lists: BTreeMap<String, Vec<ListedCode>>,
    /// Whole numbers by name, such as `quick_note_days`.
    pub settings: BTreeMap<String, i64>,
    /// The directory of partners.
    pub partners: Vec<ListedPartner>,
}

/// The municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    /// The CBS code, such as `GM0153`.
    pub code: String,
    /// The name.
    pub name: String,
    /// The time zone, such as `Europe/Amsterdam`.
    pub time_zone: String,
    /// Whom to call about a lost phone or a forgotten code: a telephone number, as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrator_phone: Option<String>,
}

/// A code of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedCode {
    /// The code.
    pub code: String,
    /// What to show.
    pub label: String,
    /// Whether it can still be chosen.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// A partner of the municipality's directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPartner {
    /// The partner.
    pub id: drempel_domain::id::RecordId,
    /// The name.
    pub name: String,
    /// What kind, a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// What it offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_group: Option<String>,
    /// For how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<i64>,
    /// How to reach it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}
