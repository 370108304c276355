//! The form of a talk at a door, tonight's addresses, and what may be shared from it.

use super::configuration::ListedCode;
use super::shared::{Audience, AudienceChoice, Basis, FollowUp, FollowUpChoice};
use super::time::{Day, Moment};
use drempel_domain::id::{RecordId, SpaceId};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a person fills in about a talk at a door; this is also the draft's content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DoorstepTalkForm {
    /// The record that is added to; `null` for a new one.
    #[ts(type = "RecordId | null")]
    pub record: Option<RecordId>,
    /// The round.
    #[ts(type = "RecordId | null")]
    pub round: Option<RecordId>,
    /// The address on tonight's list.
    #[ts(type = "RecordId | null")]
    pub visit_request: Option<RecordId>,
    /// The young person.
    #[ts(type = "RecordId | null")]
    pub youth: Option<RecordId>,
    /// `null` is: when it was saved.
    pub occurred_at: Option<Moment>,
    /// Where, in words.
    pub address: Option<String>,
    /// Who opened.
    pub opened_by: Option<String>,
    /// Known from the visit list, or chosen.
    pub reason: Option<String>,
    /// Which kind of absence.
    pub absence_kind: Option<String>,
    /// How it went; with nobody home what was done.
    pub result: Option<String>,
    /// How things are.
    pub mood: Option<String>,
    /// How things are, in own words.
    pub how_are_things: Option<String>,
    /// On what the words rest.
    pub basis: Option<Basis>,
    /// Per life domain `good`, `watch` or `concern`; one that is absent was not discussed.
    #[ts(type = "Record<Code, Code>")]
    pub obstacles: BTreeMap<String, String>,
    /// What was agreed.
    pub agreements: Vec<Agreement>,
    /// Whether the house was entered.
    pub entered: Option<bool>,
    /// Whether identification was shown.
    pub identification_shown: Option<bool>,
    /// Whether the purpose was told.
    pub purpose_stated: Option<bool>,
    /// Whether there was consent to enter.
    pub consent_to_enter: Option<bool>,
    /// With nobody home: `none` is "Niet nodig", a day makes an action, `null` was not filled in.
    pub visit_again: Option<VisitAgain>,
    /// What follows.
    pub follow_up: Vec<FollowUp>,
    /// Copies to make with this save.
    pub shares: Option<ShareChoice>,
    /// Who can read it.
    pub audience: Option<Audience>,
    /// The answer to `bsn_found`: "Geen BSN".
    pub not_a_bsn: bool,
}

/// Whether to come back to a door that nobody opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, TS)]
#[ts(type = "Day | 'none'")]
pub enum VisitAgain {
    /// It is not needed.
    NotNeeded,
    /// On that day.
    On(Day),
}

impl Serialize for VisitAgain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            VisitAgain::NotNeeded => serializer.serialize_str("none"),
            VisitAgain::On(day) => day.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for VisitAgain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "none" => Ok(Self::NotNeeded),
            day => day
                .parse()
                .map(|day| Self::On(Day(day)))
                .map_err(D::Error::custom),
        }
    }
}

/// What was agreed: an action, of a colleague or of an outsider who is only named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Agreement {
    /// What.
    pub text: String,
    /// By which day.
    pub due: Option<Day>,
}

/// What a talk at a door can choose from. While locked without the visit list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DoorstepTalkKnown {
    /// The address that is filled in; `null` without a visit list.
    pub visit: Option<Visit>,
    /// The address after it.
    pub next_address: Option<String>,
    /// Tonight's list.
    pub visits: Vec<Visit>,
    /// Life domains, the four that are shown first in front.
    pub domains: Vec<ListedCode>,
    /// Who can be chosen to read it, the usual one first.
    pub audiences: Vec<AudienceChoice>,
    /// What can be the result when nobody opened, and when somebody did.
    pub results: DoorResults,
    /// What can follow.
    pub follow_ups: Vec<FollowUpChoice>,
    /// Days to propose for another visit or talk: working days ahead, at most 5.
    pub days: Vec<Day>,
    /// What sharing from the covenant's template offers; `null` when alone.
    pub share_template: Option<ShareTemplate>,
}

/// What can be the result of a talk at a door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct DoorResults {
    /// When nobody opened.
    pub nobody: Vec<ListedCode>,
    /// When somebody did.
    pub opened: Vec<ListedCode>,
}

/// An address on tonight's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Visit {
    /// The address on the list.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// Where.
    pub address: String,
    /// First name or initials, as may be shown now.
    pub shown: String,
    /// About how old, as a code of `age_bands`.
    pub age_band: Option<String>,
    /// Whether that is under sixteen, so that parents may read along.
    pub under_16: bool,
    /// Why.
    pub reason: Option<String>,
    /// Who asked, with the function.
    pub asked_by: Option<String>,
    /// From 1.
    pub position: usize,
    /// How many addresses the list has.
    pub total: usize,
    /// Where it stands.
    pub state: VisitState,
    /// The young person, when known in a space of the person's.
    #[ts(type = "RecordId | null")]
    pub youth: Option<RecordId>,
}

/// Where an address on tonight's list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VisitState {
    /// Still to be visited.
    Open,
    /// Visited.
    Visited,
    /// Taken off the list.
    Dropped,
}

/// What may be shared with whom, from the covenant's template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ShareTemplate {
    /// "Samen op straat".
    pub covenant: String,
    /// Until when the copy may be used.
    pub expires: Day,
    /// Who can receive a copy.
    pub receivers: Vec<ShareReceiver>,
    /// What can be shared.
    pub parts: Vec<SharePart>,
}

/// A space that can receive a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ShareReceiver {
    /// The space.
    #[ts(type = "SpaceId")]
    pub space: SpaceId,
    /// What to show.
    pub label: String,
}

/// A part of a talk that can be shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SharePart {
    /// Which part.
    pub part: String,
    /// Whether everyone on the round has it already.
    pub joint: bool,
    /// The spaces for which it is proposed.
    #[ts(type = "SpaceId[]")]
    pub suggested: Vec<SpaceId>,
}

/// Which parts go to which spaces, and whether the young person knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShareChoice {
    /// What goes where.
    pub parts: Vec<SharedPart>,
    /// `yes`, or `not_yet`, which makes an action.
    pub informed: Informed,
}

/// A part and the spaces that it goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SharedPart {
    /// Which part.
    pub part: String,
    /// Whereto.
    #[ts(type = "SpaceId[]")]
    pub spaces: Vec<SpaceId>,
}

/// Whether a young person knows of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Informed {
    /// Yes.
    Yes,
    /// Not yet.
    NotYet,
}
