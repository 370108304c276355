//! Quick notes, and notes that became investigation.

use super::contacts::Place;
use super::lists::{Basis, NoteState};
use super::youths::Youth;
use crate::id::Id;
use crate::record::{EventMoment, Link, PlanMoment, Text, record};
use crate::schema::{FieldFault, required};
use crate::sync_log::Fields;

record! {
    /// A few words to oneself, in the author's own space until processed (*snelle notitie*).
    QuickNote in "quick_note", search ["text"] {
        /// The words.
        text: Option<Text>,
        /// On what they rest.
        basis: Option<Basis>,
        /// Where it was.
        place: Option<Place>,
        /// The young person, when it is about one.
        youth: Option<Id<Youth>>,
        /// The contact, talk or group that it belongs to.
        about: Option<Link>,
        /// What has become of it.
        state: Option<NoteState>,
        /// Until when it may stay unprocessed; 14 days after it was made unless the municipality says otherwise.
        discard_after: Option<PlanMoment>,
        /// The note of which this is the copy in the young person's space.
        from_note: Option<Id<QuickNote>>,
    }
}

record! {
    /// Facts under the Wet politiegegevens, only in a space with that regime (*opsporing*).
    InvestigationNote in "investigation_note", search ["facts"], rule needs_facts {
        /// When.
        occurred_at: Option<EventMoment>,
        /// What was seen.
        facts: Option<Text>,
        /// The contact or talk during which it arose, in a space that its author shares.
        core: Option<Link>,
        /// Whether a caution was given (art. 29 Wetboek van Strafvordering).
        caution_given: Option<bool>,
        /// When the caution was given.
        caution_at: Option<EventMoment>,
        /// The article under which the data are processed (art. 8, 9 or 13 Wpg).
        article: Option<Text>,
    }
}

fn needs_facts(set: &Fields, new: bool) -> Vec<FieldFault> {
    if new {
        required(set, &["facts"])
    } else {
        Vec::new()
    }
}
