//! Every kind of record, a file a subject.

pub mod actions;
pub mod budget;
pub mod contacts;
pub mod course;
pub mod groups;
pub mod lists;
pub mod network;
pub mod notes;
pub mod privacy;
pub mod questions;
pub mod referrals;
pub mod rounds;
pub mod sharing;
pub mod youths;

use crate::record::Record;
use crate::schema::Collection;

/// All kinds of record, in the order in which they are stored and searched.
pub fn collections() -> impl Iterator<Item = &'static Collection> {
    ALL.iter().map(|collection| collection())
}

/// The kind of record of that name, when this version knows it.
pub fn collection(name: &str) -> Option<&'static Collection> {
    collections().find(|collection| collection.name == name)
}

static ALL: &[fn() -> &'static Collection] = &[
    rounds::Round::collection,
    rounds::RoundParticipant::collection,
    rounds::DeploymentPlan::collection,
    rounds::Spot::collection,
    rounds::VisitRequest::collection,
    contacts::StreetContact::collection,
    contacts::DoorstepTalk::collection,
    contacts::Participation::collection,
    notes::QuickNote::collection,
    notes::InvestigationNote::collection,
    youths::Youth::collection,
    groups::YouthGroup::collection,
    course::Track::collection,
    course::PhaseChange::collection,
    course::Measurement::collection,
    course::Goal::collection,
    course::SupportRequest::collection,
    course::RuleObstacle::collection,
    actions::Action::collection,
    actions::Talk::collection,
    referrals::Referral::collection,
    referrals::Escalation::collection,
    referrals::Contribution::collection,
    network::KeyPerson::collection,
    network::MessageContact::collection,
    network::Accompaniment::collection,
    network::Partner::collection,
    network::PartnerLink::collection,
    budget::BudgetEntry::collection,
    sharing::Share::collection,
    sharing::Disclosure::collection,
    sharing::SharedExtract::collection,
    privacy::AccessRequest::collection,
    privacy::Rectification::collection,
    questions::SameMoment::collection,
    questions::Overwritten::collection,
];
