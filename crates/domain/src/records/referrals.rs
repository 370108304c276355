//! Leading on: referrals, escalations and contributions.

use super::lists::{ContributionTargets, Informed, ReferralKind, ReferralState};
use super::youths::Youth;
use crate::id::{Id, UserId};
use crate::record::{Code, EventMoment, Link, Text, Texts, group, record};
use crate::schema::{FieldFault, required};
use crate::sync_log::Fields;

group! {
    /// Where a referral stands and why: moves together.
    ReferralAnswer {
        /// The state.
        state: ReferralState,
        /// Why.
        reason: Text,
    }
}

record! {
    /// Handing on to a casemanager or to a partner (*doorverwijzing*).
    Referral in "referral", search ["reason"], rule external_needs_a_ground {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// Inside or outside.
        to_kind: Option<ReferralKind>,
        /// The casemanager.
        to_user: Option<UserId>,
        /// The organisation outside.
        to_organisation: Option<Text>,
        /// The ground, where it goes outside.
        ground: Option<Text>,
        /// The fields that go along.
        fields: Option<Texts>,
        /// What goes along: the chosen fields as they were.
        content: Option<Text>,
        /// Whether the young person knows.
        informed: Option<Code<Informed>>,
        /// Why.
        reason: Option<Text>,
        /// Where it stands.
        answer: Option<ReferralAnswer>,
        /// The referral in the coach's space of which this is the mirror in the casemanagers' space.
        mirror_of: Option<Link>,
    }
}

fn external_needs_a_ground(set: &Fields, new: bool) -> Vec<FieldFault> {
    let external = set.get("to_kind").and_then(|kind| kind.as_text()) == Some("external");
    if new && external {
        required(set, &["ground"])
    } else {
        Vec::new()
    }
}

record! {
    /// Taking a concern further, with a reason (*opschalen*).
    Escalation in "escalation", search ["facts", "reason"], rule escalation_is_complete {
        /// The record that it rests on.
        from_record: Option<Link>,
        /// The young person.
        youth: Option<Id<Youth>>,
        /// Whereto.
        to: Option<Code<ContributionTargets>>,
        /// What was seen.
        facts: Option<Text>,
        /// On what ground.
        ground: Option<Text>,
        /// Why now.
        reason: Option<Text>,
        /// Whether the young person knows.
        youth_informed: Option<bool>,
        /// Whether the parents know: under 16 always, 16–17 with the youth's yes, 18 and over not by default.
        guardians_informed: Option<bool>,
        /// Whether it was withdrawn.
        withdrawn: Option<bool>,
        /// Why it was withdrawn.
        withdrawn_reason: Option<Text>,
    }
}

fn escalation_is_complete(set: &Fields, new: bool) -> Vec<FieldFault> {
    if new {
        required(set, &["ground", "reason"])
    } else {
        Vec::new()
    }
}

record! {
    /// What is brought into a consultation (*inbreng*).
    Contribution in "contribution", search ["facts"], rule contribution_has_a_ground {
        /// Whereto.
        to: Option<Code<ContributionTargets>>,
        /// The young person.
        youth: Option<Id<Youth>>,
        /// What was seen.
        facts: Option<Text>,
        /// On what ground.
        ground: Option<Text>,
        /// The question, when it is only to spar, without names.
        question: Option<Text>,
        /// The answer.
        answer: Option<Text>,
        /// Whether the young person knows.
        youth_informed: Option<bool>,
        /// Whether the parents know.
        guardians_informed: Option<bool>,
        /// Whether it was withdrawn.
        withdrawn: Option<bool>,
        /// Why it was withdrawn.
        withdrawn_reason: Option<Text>,
        /// When it was brought in.
        brought_in_at: Option<EventMoment>,
    }
}

fn contribution_has_a_ground(set: &Fields, new: bool) -> Vec<FieldFault> {
    let sparring = set.get("question").is_some_and(|question| !question.is_null());
    if new && !sparring {
        required(set, &["ground"])
    } else {
        Vec::new()
    }
}
