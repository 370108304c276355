//! Which use case carries out which kind of line.

use super::deed::Deed;
use super::{apart, contacts, course, leading_on, network, notes, rounds, youths};
use crate::player::PlayError;
use drempel_domain::records::course::{Goal, RuleObstacle, SupportRequest};
use drempel_domain::records::network::{Accompaniment, KeyPerson, MessageContact, PartnerLink};
use drempel_domain::records::privacy::{AccessRequest, Rectification};
use drempel_domain::records::rounds::DeploymentPlan;

/// How a line is carried out by the app on a device.
pub(crate) type AppDeed = fn(&mut Deed<'_>) -> Result<(), PlayError>;

/// What carries out lines of that kind; nothing when they are not the app's.
pub(crate) fn app_deed(does: &str) -> Option<AppDeed> {
    TABLE
        .iter()
        .find(|(name, _)| *name == does)
        .map(|(_, deed)| *deed)
}

static TABLE: &[(&str, AppDeed)] = &[
    ("create_deployment_plan", |deed| deed.create::<DeploymentPlan>()),
    ("start_round", rounds::start),
    ("join_round", rounds::join),
    ("end_round", rounds::end),
    ("record_street_contact", contacts::record_street_contact),
    ("record_doorstep_talk", contacts::record_doorstep_talk),
    ("invite_three_way_talk", contacts::invite),
    ("name_participant", contacts::name_participant),
    ("same_moment", contacts::same_moment),
    ("record_quick_note", notes::record),
    ("process_note", notes::process),
    ("becomes_investigation", notes::becomes_investigation),
    ("create_youth", youths::create),
    ("start_track", youths::start_track),
    ("create_youth_group", youths::create_group),
    ("change_phase", course::change_phase),
    ("end_track", course::end_track),
    ("record_measurement", course::record_measurement),
    ("add_goal", |deed| deed.create_open::<Goal>()),
    ("add_support_request", |deed| deed.create_open::<SupportRequest>()),
    ("add_rule_obstacle", |deed| deed.create::<RuleObstacle>()),
    ("close_rule_obstacle", apart::edit_entered),
    ("create_action", course::create_action),
    ("complete_action", course::complete_action),
    ("move_action", course::move_action),
    ("hand_over_action", course::hand_over_action),
    ("add_budget_entry", course::request_budget),
    ("decide_budget", course::decide_budget),
    ("spend_budget", course::spend_budget),
    ("add_key_person", |deed| deed.create::<KeyPerson>()),
    ("end_key_person", network::end_key_person),
    ("record_message_contact", |deed| deed.create::<MessageContact>()),
    ("record_accompaniment", |deed| deed.create::<Accompaniment>()),
    ("link_partner", |deed| deed.create::<PartnerLink>()),
    ("make_referral", leading_on::refer),
    ("answer_referral", leading_on::answer_referral),
    ("escalate", leading_on::escalate),
    ("withdraw_escalation", leading_on::withdraw_escalation),
    ("contribute", leading_on::contribute),
    ("make_share", leading_on::share),
    ("withdraw_share", leading_on::withdraw_share),
    ("make_disclosure", leading_on::disclose),
    ("start_access_request", |deed| deed.create::<AccessRequest>()),
    ("export_access_request", leading_on::export),
    ("add_rectification", |deed| deed.create::<Rectification>()),
    ("edit", apart::edit),
    ("delete", apart::delete),
    ("undo_delete", apart::undo_delete),
    ("see_overwritten", apart::see_overwritten),
    ("put_back", apart::put_back),
    ("resend_rejected", apart::resend),
];
