//! What runs, what must be done, what was recorded.

use super::actions::ActionRow;
use super::configuration::ListedCode;
use super::shared::{DraftRow, Status};
use super::time::{Day, Moment};
use drempel_domain::id::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Today {
    /// Today.
    pub day: Day,
    /// The round that runs.
    pub round: Option<RoundNow>,
    /// What a start needs; `null` while a round runs.
    pub start: Option<RoundChoices>,
    /// Quick notes that wait.
    pub inbox: usize,
    /// Forms that are not finished, the last one first.
    pub drafts: Vec<DraftRow>,
    /// Actions that are due today or late, late ones last, at most five.
    pub due: Vec<ActionRow>,
    /// How many actions are late, for the tab's count.
    pub late: usize,
    /// What was recorded in the running round, or today when none runs; the newest first, at most 100.
    pub timeline: Vec<TimelineItem>,
    /// Rounds of today that others started and the person may have walked: "Was je erbij?".
    pub was_there: Vec<WasThere>,
}

/// The round that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RoundNow {
    /// The round.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// Where; empty when it was not said.
    pub district: String,
    /// When it began.
    pub started: Moment,
    /// First names of the others.
    pub with: Vec<String>,
    /// Contacts, talks and notes so far.
    pub recorded: usize,
    /// Tonight's addresses.
    pub visits: Option<VisitCount>,
    /// Tonight's plan, in words.
    pub plan: Option<PlanLine>,
}

/// How far tonight's list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct VisitCount {
    /// Visited.
    pub done: usize,
    /// On the list.
    pub total: usize,
}

/// A plan in two lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PlanLine {
    /// Where: the spots, or the neighbourhoods.
    pub title: String,
    /// When, and how much, in words; empty when the plan does not say.
    pub detail: String,
}

/// What a start of a round needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RoundChoices {
    /// Neighbourhoods, the likeliest first.
    pub districts: Vec<ListedCode>,
    /// The likeliest, from the plan or the last round; `null` when there is no reason to think so.
    pub likely_district: Option<String>,
    /// Organisations of the joint space that can walk along.
    pub partners: Vec<RoundPartner>,
}

/// An organisation that can walk along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RoundPartner {
    /// The function of its people, such as `attendance_officer`.
    pub kind: String,
    /// What to show.
    pub label: String,
    /// Whether the last joint round was walked with it.
    pub planned: bool,
}

/// A round that starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, TS)]
pub struct RoundStart {
    /// Where.
    pub district: Option<String>,
    /// Who walk along.
    pub partners: Vec<String>,
}

/// A round that the person may have walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WasThere {
    /// The round.
    #[ts(type = "RecordId")]
    pub round: RecordId,
    /// Where; empty when it was not said.
    pub district: String,
    /// When it began.
    pub started: Moment,
    /// Who started it, by first name.
    pub by: String,
}

/// The code that the other phone scans to walk along: rows of `0` and `1`, dark where `1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RoundCode {
    /// The same, to be typed.
    pub text: String,
    /// The picture.
    pub rows: Vec<String>,
}

/// A moment in a list of what happened. Codes are labelled by the screen, names are as they may be shown now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TimelineItem {
    /// The record.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// Its kind.
    pub collection: Happening,
    /// When.
    pub at: Moment,
    /// Spot, place in words, address or neighbourhood.
    pub place: Option<String>,
    /// Who took part, as shown now; for a started round the others, with their organisation.
    pub names: Vec<String>,
    /// Counted but not known.
    pub others: u32,
    /// Preventive or corrective.
    pub approach: Option<String>,
    /// How it felt.
    pub mood: Option<String>,
    /// Who opened the door.
    pub opened_by: Option<String>,
    /// How it ended.
    pub result: Option<String>,
    /// The first words of a note or of own words, at most 120 characters.
    pub text: Option<String>,
    /// Where the record is.
    pub status: Status,
    /// Whether it is on this device only for longer than a day.
    pub late: bool,
}

/// What can be in a list of what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// A contact on the street.
    StreetContact,
    /// A talk at a door.
    DoorstepTalk,
    /// A few words.
    QuickNote,
    /// A round.
    Round,
    /// A message or a call.
    MessageContact,
    /// A step to another phase.
    PhaseChange,
    /// How life goes.
    Measurement,
    /// Something to do.
    Action,
}
