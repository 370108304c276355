//! A young person's dossier.

use super::time::Day;
use super::today::TimelineItem;
use drempel_domain::id::{RecordId, SpaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A young person's dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Dossier {
    /// The young person.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// The name as may be shown now.
    pub shown: String,
    /// How the young person is called in a sentence: first name, street name or initials, as may be shown now.
    pub called: String,
    /// The street name; `null` where `shown` is it.
    pub nickname: Option<String>,
    /// At most two letters.
    pub initials: String,
    /// 0–3: which of the four avatar colours.
    pub tint: u8,
    /// Whole years.
    pub age: Option<u32>,
    /// The neighbourhood.
    pub district: Option<String>,
    /// Where it is kept, and how many read there.
    pub space: DossierSpace,
    /// Who is the fixed contact.
    pub fixed_contact: Option<FixedContact>,
    /// The phase of the running track; only for a track that has phases.
    pub phase: Option<String>,
    /// The phone number.
    pub phone: Option<String>,
    /// What happened, the newest first, at most 100.
    pub timeline: Vec<TimelineItem>,
    /// How life goes.
    pub measurements: Option<Measurements>,
}

/// By which of the device's own apps a young person is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReachBy {
    /// The app for messages.
    Message,
    /// The app for calls.
    Phone,
}

/// Where a dossier is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DossierSpace {
    /// The space.
    #[ts(type = "SpaceId")]
    pub id: SpaceId,
    /// Its name.
    pub name: String,
    /// How many people read there.
    pub people: usize,
}

/// A fixed contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FixedContact {
    /// The name.
    pub shown: String,
    /// Whether it is the person.
    pub me: bool,
}

/// The first and the last measurement, or the only one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Measurements {
    /// The story in the young person's own words.
    pub own_story: Option<String>,
    /// The day on which it was told.
    pub story_on: Option<Day>,
    /// The first.
    pub first: MeasuredOn,
    /// The last.
    pub last: Option<MeasuredOn>,
    /// The day on which the next falls due.
    pub next_due: Day,
    /// Whether that day has come.
    pub is_due: bool,
    /// The scores, domain by domain.
    pub domains: Vec<DomainScores>,
}

/// Which measurement, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MeasuredOn {
    /// 0 for the first, then 1, 2, 3.
    pub number: i64,
    /// The day.
    pub date: Day,
}

/// How a life domain went, 1 to 5 according to the young person; `null` where it was not discussed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DomainScores {
    /// The life domain.
    pub domain: String,
    /// At the first measurement.
    pub first: Option<u8>,
    /// At the last.
    pub last: Option<u8>,
}
