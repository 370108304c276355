//! What screens share: audiences, young people as they may be shown, what follows, what was saved.

use super::time::{Day, Moment};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::{records::lists, space};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a record is, in one word. `on_device` never means that something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A form that is not saved yet.
    Draft,
    /// On this device only.
    OnDevice,
    /// Being sent.
    UnderWay,
    /// The municipality has it.
    Received,
    /// The municipality did not take it.
    Rejected,
    /// A value of it was overwritten by somebody who had not seen it.
    Overwritten,
}

/// What a space is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// A team's.
    Team,
    /// One person's ("Alleen ik").
    Personal,
    /// Of several organisations.
    Joint,
}

impl From<space::SpaceKind> for SpaceKind {
    fn from(kind: space::SpaceKind) -> Self {
        match kind {
            space::SpaceKind::Team => Self::Team,
            space::SpaceKind::Personal => Self::Personal,
            space::SpaceKind::Joint => Self::Joint,
        }
    }
}

/// Who can read what is about to be saved: one Save, one or two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Audience {
    /// The space that gets everything, or the own half on a joint round.
    #[ts(type = "SpaceId")]
    pub own: SpaceId,
    /// The joint space that gets the shared core; `null` when alone.
    #[ts(type = "SpaceId | null")]
    pub joint: Option<SpaceId>,
}

/// One of the audiences that a person may choose; only spaces that the person may write in are ever listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AudienceChoice {
    /// What is chosen by it.
    pub audience: Audience,
    /// What it is for.
    pub kind: SpaceKind,
    /// The name of the own space.
    pub name: String,
    /// How many people read in the own space, the person included.
    pub people: usize,
    /// Who walk along, by first name, when `kind` is `joint`.
    pub with: Vec<String>,
}

/// A young person as may be shown now: `shown` is the name, the street name or the initials, as the core decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct YouthChip {
    /// The young person.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// The name as may be shown now.
    pub shown: String,
    /// At most two letters.
    pub initials: String,
    /// 0–3: which of the four avatar colours, always the same for the same person.
    pub tint: u8,
}

/// A spot with its neighbourhood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SpotChip {
    /// The spot.
    #[ts(type = "RecordId")]
    pub spot: RecordId,
    /// Its neighbourhood.
    pub district: String,
    /// Its name.
    pub label: String,
}

/// A group that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GroupChip {
    /// The group.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// Its name.
    pub name: String,
}

/// Where something was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceChoice {
    /// The neighbourhood.
    pub district: String,
    /// The spot.
    #[ts(type = "RecordId | null")]
    pub spot: Option<RecordId>,
}

/// Somebody who took part. Exactly one of the two is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Participant {
    /// A young person who is known.
    #[ts(type = "RecordId | null")]
    pub youth: Option<RecordId>,
    /// What somebody unknown looked like: "rode jas".
    pub unknown: Option<String>,
}

/// On what words rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Seen by the author.
    Observed,
    /// Heard from somebody.
    Hearsay,
    /// The author's own judgement.
    Judgement,
}

impl Basis {
    /// The basis of a record; one of a newer version cannot be chosen here.
    pub(crate) fn of(basis: Option<&lists::Basis>) -> Option<Self> {
        match basis? {
            lists::Basis::Observed => Some(Self::Observed),
            lists::Basis::Hearsay => Some(Self::Hearsay),
            lists::Basis::Judgement => Some(Self::Judgement),
            lists::Basis::Unknown(_) => None,
        }
    }
}

impl From<Basis> for lists::Basis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Observed => Self::Observed,
            Basis::Hearsay => Self::Hearsay,
            Basis::Judgement => Self::Judgement,
        }
    }
}

/// Something to do that follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FollowUp {
    /// What kind.
    pub kind: String,
    /// What to do.
    pub title: Option<String>,
    /// By which day.
    pub due: Option<Day>,
    /// The young person.
    #[ts(type = "RecordId | null")]
    pub youth: Option<RecordId>,
    /// Why, for the kinds that ask it.
    pub reason: Option<String>,
}

/// Something that can follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FollowUpChoice {
    /// What kind.
    pub kind: String,
    /// What to show.
    pub label: String,
    /// The day that is proposed with it; `null` when none.
    pub due: Option<Day>,
    /// Whether a reason is asked, which the young person may read.
    pub asks_reason: bool,
}

/// What was saved: enough to show it, and to take it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Saved {
    /// Names this save for `reopen` and `undo`.
    pub token: String,
    /// The kind of record.
    pub collection: String,
    /// The record.
    #[ts(type = "RecordId")]
    pub record: RecordId,
    /// What the person may want to know; nothing was stopped by it.
    pub warnings: Vec<Warning>,
}

/// Something that a person is told, and that stops nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Warning {
    /// The coach's caseload is now above the municipality's limit.
    Caseload {
        /// The limit.
        above: u32,
    },
    /// The young person's age is outside the range of the track.
    AgeOutside {
        /// Whole years.
        age: u32,
    },
}

/// A form that was opened again from something saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Reopened {
    /// Which form.
    pub form: FormName,
    /// The draft that holds it.
    #[ts(type = "RecordId")]
    pub draft: RecordId,
}

/// A form that can be left and opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormName {
    /// A contact on the street.
    StreetContact,
    /// A talk at a door.
    DoorstepTalk,
    /// A few words to oneself.
    QuickNote,
    /// A message or a call.
    MessageContact,
    /// A talk at a table that is being planned.
    ThreeWayTalk,
    /// A new young person.
    Youth,
    /// A new group.
    YouthGroup,
}

impl FormName {
    const ALL: [(Self, &'static str); 7] = [
        (Self::StreetContact, "street_contact"),
        (Self::DoorstepTalk, "doorstep_talk"),
        (Self::QuickNote, "quick_note"),
        (Self::MessageContact, "message_contact"),
        (Self::ThreeWayTalk, "three_way_talk"),
        (Self::Youth, "youth"),
        (Self::YouthGroup, "youth_group"),
    ];

    /// The name under which a draft of it is kept.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(form, _)| *form == self)
            .map_or("", |(_, name)| name)
    }

    /// The form of that name, when this version has it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, other)| *other == name)
            .map(|(form, _)| *form)
    }
}

/// How a draft was kept. While locked it is sealed: it can be read again after unlocking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DraftKept {
    /// How.
    pub state: DraftState,
}

/// Where a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    /// In the library.
    Kept,
    /// Sealed outside it, because the app is locked.
    Sealed,
}

/// A form that is not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DraftRow {
    /// The draft.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// Which form.
    pub form: FormName,
    /// When it was last touched.
    pub updated_at: Moment,
    /// Whether it was written while locked.
    pub while_locked: bool,
}

/// A form that was opened, with what is known at once.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Opened<Form, Known> {
    /// The draft's name; `keep_draft` and the save use it.
    #[ts(type = "RecordId")]
    pub draft: RecordId,
    /// The form as it was left, or filled in with what is known: time, place and number, never what was seen or done.
    pub form: Form,
    /// What can be chosen from.
    pub known: Known,
    /// The clock of the core when it was opened.
    pub now: Moment,
}
