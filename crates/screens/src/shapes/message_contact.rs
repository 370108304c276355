//! That a message or a call went to and fro.

use super::shared::{Audience, AudienceChoice, FollowUp, FollowUpChoice, YouthChip};
use super::time::Moment;
use drempel_domain::id::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A message or a call; this is also the draft's content. No text of a message is ever read from the device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct MessageContactForm {
    /// The record that is added to; `null` for a new one.
    #[ts(type = "RecordId | null")]
    pub record: Option<RecordId>,
    /// The young person.
    #[ts(type = "RecordId | null")]
    pub youth: Option<RecordId>,
    /// By which means.
    pub channel: Option<String>,
    /// Who began.
    pub initiative: Option<String>,
    /// When; `null` is now.
    pub occurred_at: Option<Moment>,
    /// What to remember, in the coach's words.
    pub summary: Option<String>,
    /// What there is to do because of it.
    pub follow_up: Vec<FollowUp>,
    /// Who can read it.
    pub audience: Option<Audience>,
    /// The answer to `bsn_found`: "Geen BSN".
    pub not_a_bsn: bool,
}

/// What a message or a call can choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MessageContactKnown {
    /// The young person that the form names already, as may be shown now.
    pub chosen: Vec<YouthChip>,
    /// Seen where the person was last in 30 days, then the caseload; at most 12.
    pub youths: Vec<YouthChip>,
    /// What can follow, the likeliest first.
    pub follow_ups: Vec<FollowUpChoice>,
    /// Who can be chosen to read it, the usual one first.
    pub audiences: Vec<AudienceChoice>,
}
