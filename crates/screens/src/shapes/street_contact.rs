//! The form of a contact on the street.

use super::shared::{
    Audience, AudienceChoice, Basis, FollowUp, FollowUpChoice, GroupChip, Participant, PlaceChoice, SpotChip,
    YouthChip,
};
use super::time::Moment;
use drempel_domain::id::RecordId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a person fills in about a street contact; this is also the draft's content. Everything may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct StreetContactForm {
    /// The record that is added to; `null` for a new one.
    #[ts(type = "RecordId | null")]
    pub record: Option<RecordId>,
    /// The round.
    #[ts(type = "RecordId | null")]
    pub round: Option<RecordId>,
    /// The group.
    #[ts(type = "RecordId | null")]
    pub youth_group: Option<RecordId>,
    /// `null` is: when it was saved.
    pub occurred_at: Option<Moment>,
    /// Where.
    pub place: Option<PlaceChoice>,
    /// Where, in words.
    pub place_text: Option<String>,
    /// How many young people, 0 to 500.
    pub headcount: Option<i64>,
    /// How many of them in each age band.
    #[ts(type = "Record<Code, number>")]
    pub age_bands: BTreeMap<String, i64>,
    /// Preventive or corrective.
    pub approach: Option<String>,
    /// How it felt.
    pub mood: Option<String>,
    /// What was talked about.
    pub topics: Vec<String>,
    /// What someone turned out to be good at.
    pub talents: Vec<String>,
    /// What to remember.
    pub note: Option<String>,
    /// On what the note rests.
    pub basis: Option<Basis>,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// What follows.
    pub follow_up: Vec<FollowUp>,
    /// Who can read it.
    pub audience: Option<Audience>,
    /// The quick note that this is made from; it is then processed.
    #[ts(type = "RecordId | null")]
    pub from_note: Option<RecordId>,
    /// The answer to `bsn_found`: "Geen BSN".
    pub not_a_bsn: bool,
}

/// What a street contact can choose from. While locked every list is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StreetContactKnown {
    /// Young people that the form names already, as may be shown now; empty while locked.
    pub chosen: Vec<YouthChip>,
    /// The last used first; at most 8.
    pub places: Vec<SpotChip>,
    /// How the first place was found.
    pub place_from: PlaceFrom,
    /// Seen here in 30 days, then the caseload; at most 12.
    pub youths: Vec<YouthChip>,
    /// The groups of the person's spaces.
    pub groups: Vec<GroupChip>,
    /// What can follow, the likeliest first.
    pub follow_ups: Vec<FollowUpChoice>,
    /// Who can be chosen to read it, the usual one first.
    pub audiences: Vec<AudienceChoice>,
}

/// How a place was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceFrom {
    /// It is the place of the last recording.
    Last,
    /// It was not.
    None,
}
