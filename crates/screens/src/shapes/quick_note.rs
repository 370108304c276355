//! A few words to oneself, and the inbox in which they wait.

use super::shared::{Audience, AudienceChoice, Basis, GroupChip, PlaceChoice, SpotChip, YouthChip};
use super::time::Moment;
use super::youths::YouthRow;
use drempel_domain::id::RecordId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A few words to oneself; this is also the draft's content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct QuickNoteForm {
    /// The note that is added to; `null` for a new one.
    #[ts(type = "RecordId | null")]
    pub record: Option<RecordId>,
    /// The words.
    pub text: Option<String>,
    /// On what they rest.
    pub basis: Option<Basis>,
    /// Where it was.
    pub place: Option<PlaceChoice>,
    /// The young person that it is about.
    #[ts(type = "RecordId | null")]
    pub youth: Option<RecordId>,
    /// The group that it is about.
    #[ts(type = "RecordId | null")]
    pub youth_group: Option<RecordId>,
    /// Take along to the running consultation.
    pub for_meeting: bool,
    /// Who can read it.
    pub audience: Option<Audience>,
    /// The answer to `bsn_found`: "Geen BSN".
    pub not_a_bsn: bool,
}

/// What a note can be about. While locked every list is empty, and there is no audience to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct QuickNoteKnown {
    /// The place of the form, or else the last place, which is only chosen already on a round.
    pub place: Option<SpotChip>,
    /// The young person that the form names already, as may be shown now.
    pub youths: Vec<YouthChip>,
    /// The groups of the person's spaces.
    pub groups: Vec<GroupChip>,
    /// Who can be chosen to read it; the person alone first.
    pub audiences: Vec<AudienceChoice>,
}

/// A note that waits, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WaitingNote {
    /// The note.
    #[ts(type = "RecordId")]
    pub id: RecordId,
    /// When it was made.
    pub at: Moment,
    /// Where, in words.
    pub place: Option<String>,
    /// The words.
    pub text: String,
    /// Whole days until it goes.
    pub days_left: u32,
    /// Whether it was written while locked.
    pub while_locked: bool,
}

/// Whose name a note may hold; nothing is chosen by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NoteSuggestions {
    /// The words of the note that were recognised.
    pub words: Option<String>,
    /// Who they may be.
    pub youths: Vec<YouthRow>,
    /// Who can read the note once it is attached.
    pub audience: AudienceChoice,
}

/// Where a note goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "into", rename_all = "snake_case")]
pub enum NoteInto {
    /// To a young person's space.
    Youth {
        /// The young person.
        #[ts(type = "RecordId")]
        youth: RecordId,
    },
    /// It may go.
    Discard,
}
