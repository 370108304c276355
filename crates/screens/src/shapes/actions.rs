//! Things to do, and talks at a table that are planned.

use super::configuration::ListedCode;
use super::shared::{Audience, AudienceChoice, Status, YouthChip};
use super::time::Day;
use drempel_domain::id::{RecordId, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which actions to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActionScope {
    /// The person's own.
    Mine,
    /// Those that came from a round.
    Round,
    /// Those for the running consultation.
    Meeting,
    /// Talks at a table.
    ThreeWayTalk,
}

/// Open actions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ActionList {
    /// Everything open that is in one of the scopes.
    pub open: usize,
    /// How many each scope has.
    #[ts(type = "Record<ActionScope, number>")]
    pub counts: ActionCounts,
    /// Their day is over.
    pub late: Vec<ActionRow>,
    /// Their day is today.
    pub today: Vec<ActionRow>,
    /// The next seven days.
    pub week: Vec<ActionRow>,
    /// After that, or without a day.
    pub later: Vec<ActionRow>,
}

/// How many open actions each scope has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ActionCounts {
    /// The person's own.
    pub mine: usize,
    /// Those that came from a round.
    pub round: usize,
    /// Those for the running consultation.
    pub meeting: usize,
    /// Talks at a table.
    pub three_way_talk: usize,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActionRow {
    /// The action.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// What kind.
    pub kind: String,
    /// What to do; empty where only its kind says it.
    pub title: String,
    /// By which day.
    pub due: Option<Day>,
    /// Whole days late; 0 when not.
    pub days_late: u32,
    /// The young person.
    pub youth: Option<YouthChip>,
    /// Where the contact or talk was that it came from.
    pub from: Option<String>,
    /// Who does it; `null` when it is the person or nobody.
    pub assignee: Option<String>,
    /// Whether the invitation of a three-way talk still has to go.
    pub to_invite: bool,
    /// Where the record is.
    pub status: Status,
}

/// A three-way talk that is being planned; this is also the draft's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ThreeWayTalkForm {
    /// The action that it comes from.
    #[ts(type = "RecordId")]
    pub action: RecordId,
    /// The young person.
    #[ts(type = "RecordId | null")]
    #[serde(default)]
    pub youth: Option<RecordId>,
    /// Who are invited, in words.
    #[serde(default)]
    pub invited: Vec<String>,
    /// On which day.
    #[serde(default)]
    pub day: Option<Day>,
    /// `HH:MM`, Europe/Amsterdam.
    #[serde(default)]
    pub time: Option<String>,
    /// Where.
    #[serde(default)]
    pub place: Option<String>,
    /// The message that goes with it.
    #[serde(default)]
    pub message: Option<String>,
    /// Who can read it.
    #[serde(default)]
    pub audience: Option<Audience>,
}

/// What a three-way talk can choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ThreeWayTalkKnown {
    /// The young person.
    pub youth: Option<YouthChip>,
    /// Whole years.
    pub age: Option<u32>,
    /// Who can be invited; the first ones are proposed.
    pub people: Vec<Invitee>,
    /// Days to propose: working days ahead.
    pub days: Vec<Day>,
    /// Times to propose, `HH:MM`.
    pub times: Vec<String>,
    /// Places to propose.
    pub places: Vec<ListedCode>,
    /// How the person signs, by first name.
    pub me: String,
    /// Who can be chosen to read it.
    pub audiences: Vec<AudienceChoice>,
    /// Who gets a copy of day, time and place; `null` when nobody.
    pub copy_to: Option<String>,
}

/// Somebody who can be invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Invitee {
    /// The name as may be shown now; empty where only the kind says it.
    pub label: String,
    /// What they are.
    pub kind: InviteeKind,
    /// Whether they are proposed.
    pub proposed: bool,
}

/// What somebody is who can be invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InviteeKind {
    /// The young person.
    Youth,
    /// A parent or guardian.
    Guardian,
    /// An attendance officer of the joint space.
    Attendance,
    /// The person.
    Me,
    /// Somebody else around the young person.
    Other,
}

/// A colleague to hand an action over to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Colleague {
    /// The colleague.
    #[ts(type = "UserId")]
    pub id: UserId,
    /// The name.
    pub name: String,
}
