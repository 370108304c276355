//! Street contacts, doorstep talks and who took part in them.

use super::groups::YouthGroup;
use super::lists::{
    AbsenceKinds, AgeBands, Approaches, Basis, ContactResults, Districts, DoorMoods, DoorOpeners,
    DoorReasons, DoorResults, Initiatives, LifeDomains, Moods, Purposes, Talents, Topics,
};
use super::rounds::{Round, Spot, VisitRequest};
use super::youths::Youth;
use crate::id::Id;
use crate::record::{Code, Codes, EventMoment, Headcount, Keyed, Link, Text, Texts, group, record};

group! {
    /// Where something was: the spot and the neighbourhood move together.
    Place {
        /// The neighbourhood.
        district: Code<Districts>,
        /// The spot.
        spot: Id<Spot>,
    }
}

record! {
    /// A contact on the street, with one young person, a group or people unknown (*straatcontact*).
    StreetContact in "street_contact", search ["note", "place_text", "result_text"] {
        /// The round.
        round: Option<Id<Round>>,
        /// The shared half of which this is the author's own half.
        core: Option<Id<StreetContact>>,
        /// The group.
        youth_group: Option<Id<YouthGroup>>,
        /// When.
        occurred_at: Option<EventMoment>,
        /// Where.
        place: Option<Place>,
        /// Where, in words.
        place_text: Option<Text>,
        /// How many young people.
        headcount: Option<Headcount>,
        /// How many of them in each age band.
        age_bands: Keyed<AgeBands, Headcount>,
        /// Preventive or corrective; absent where nobody chose.
        approach: Option<Code<Approaches>>,
        /// How it felt; absent where nobody chose.
        mood: Option<Code<Moods>>,
        /// Who began.
        initiative: Option<Code<Initiatives>>,
        /// What was talked about.
        topics: Codes<Topics>,
        /// What someone turned out to be good at.
        talents: Codes<Talents>,
        /// Why the contact was made.
        purpose: Option<Code<Purposes>>,
        /// How it ended.
        result: Option<Code<ContactResults>>,
        /// How it ended, in words.
        result_text: Option<Text>,
        /// What to remember.
        note: Option<Text>,
        /// On what the note rests.
        basis: Option<Basis>,
    }
}

record! {
    /// A talk at a door (*drempelgesprek*); a home visit once `entered` is yes.
    DoorstepTalk in "doorstep_talk", search ["how_are_things", "address", "agreements", "result_text"] {
        /// The round.
        round: Option<Id<Round>>,
        /// The shared half of which this is the author's own half.
        core: Option<Id<DoorstepTalk>>,
        /// The address on tonight's list.
        visit_request: Option<Id<VisitRequest>>,
        /// When.
        occurred_at: Option<EventMoment>,
        /// The young person.
        youth: Option<Id<Youth>>,
        /// Where, in words.
        address: Option<Text>,
        /// Who opened.
        opened_by: Option<Code<DoorOpeners>>,
        /// Who were there, in words.
        present: Option<Texts>,
        /// Why the door was knocked on.
        reason: Option<Code<DoorReasons>>,
        /// Which kind of absence.
        absence_kind: Option<Code<AbsenceKinds>>,
        /// How things are: good, so-so, bad.
        mood: Option<Code<DoorMoods>>,
        /// How things are, in the young person's or the parent's own words.
        how_are_things: Option<Text>,
        /// Per life domain: good, watch or concern; one that was not touched was not discussed.
        obstacles: Keyed<LifeDomains, Code<DoorMoods>>,
        /// What was agreed.
        agreements: Option<Texts>,
        /// How it ended.
        result: Option<Code<DoorResults>>,
        /// How it ended, in words.
        result_text: Option<Text>,
        /// On what the words rest.
        basis: Option<Basis>,
        /// Whether the house was entered (Algemene wet op het binnentreden).
        entered: Option<bool>,
        /// Whether identification was shown, where the house was entered.
        identification_shown: Option<bool>,
        /// Whether the purpose was told, where the house was entered.
        purpose_stated: Option<bool>,
        /// Whether there was consent to enter.
        consent_to_enter: Option<bool>,
    }
}

record! {
    /// That somebody, known or unknown, took part in a contact or a talk.
    Participation in "participation", search ["unknown"] {
        /// The contact or the talk.
        contact: Option<Link>,
        /// The young person, when known.
        youth: Option<Id<Youth>>,
        /// What an unknown person looked like: "rode jas".
        unknown: Option<Text>,
    }
}
