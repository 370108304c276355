//! The people and organisations around a young person.

use super::lists::{
    AccompanimentKinds, Channels, Informed, Initiatives, KeyPersonRoles, PartnerKinds, TieStrengths,
};
use super::youths::Youth;
use crate::id::Id;
use crate::record::{Code, Codes, Count, EventDay, EventMoment, PlanDay, Text, lists, record};

lists! {
    /// Whether a young person waits for a partner or takes part.
    PartnerLinkStates = "partner_link_states",
}

record! {
    /// A person around a young person (*sleutelfiguur*, *vaste contactpersoon*, *maatje*, *mentor*, *social parent*).
    KeyPerson in "key_person", search ["name"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The name.
        name: Option<Text>,
        /// What they are to each other.
        relation: Option<Text>,
        /// In which roles.
        roles: Codes<KeyPersonRoles>,
        /// How strong the tie is.
        strength: Option<Code<TieStrengths>>,
        /// Whether the person knows of the record.
        informed: Option<Code<Informed>>,
        /// How to reach them.
        contact: Option<Text>,
        /// Since when.
        from: Option<EventDay>,
        /// Until when it is meant to last; three years for a Social Parent unless said otherwise.
        intended_until: Option<PlanDay>,
        /// Whether the training was done.
        training_done: Option<bool>,
        /// Who supervises.
        supervision: Option<Text>,
        /// When it ended.
        ended: Option<EventDay>,
        /// Why it ended.
        end_reason: Option<Text>,
    }
}

record! {
    /// That a message or a call went to and fro (*appcontact*); no message text is imported.
    MessageContact in "message_contact", search ["summary"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// By which means.
        channel: Option<Code<Channels>>,
        /// Who began.
        initiative: Option<Code<Initiatives>>,
        /// When.
        occurred_at: Option<EventMoment>,
        /// What to remember, in the coach's words.
        summary: Option<Text>,
    }
}

record! {
    /// Going along or calling together (*meegaan*, *samen bellen*).
    Accompaniment in "accompaniment", search ["result"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// What kind.
        kind: Option<Code<AccompanimentKinds>>,
        /// Where.
        location: Option<Text>,
        /// With whom.
        with_whom: Option<Text>,
        /// When.
        occurred_at: Option<EventMoment>,
        /// The result.
        result: Option<Text>,
    }
}

record! {
    /// An organisation, volunteer project or group activity that a team adds to the municipality's directory.
    Partner in "partner", search ["name", "offer"] {
        /// The name.
        name: Option<Text>,
        /// What kind.
        kind: Option<Code<PartnerKinds>>,
        /// What it offers.
        offer: Option<Text>,
        /// For whom.
        target_group: Option<Text>,
        /// For how many.
        capacity: Option<Count>,
        /// How to reach it.
        contact: Option<Text>,
    }
}

record! {
    /// Which young person waits for a partner or takes part in it.
    PartnerLink in "partner_link", search [] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The partner, of the municipality's directory or of the team's own.
        partner: Option<Id<Partner>>,
        /// Waiting, matched or ended.
        state: Option<Code<PartnerLinkStates>>,
        /// Since when.
        since: Option<EventDay>,
        /// Why it ended.
        end_reason: Option<Text>,
    }
}
