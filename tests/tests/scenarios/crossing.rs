//! Crossing: joint rounds, shares, referrals, one question answered twice.

use crate::support::*;
use drempel_client::actions::{Half, StreetContactForm};
use drempel_domain::id::Id;
use drempel_domain::record::{Link, PlanDay, Whole};
use drempel_domain::records::actions::Action;
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::lists::{ReferralKind, ReferralState};
use drempel_domain::records::questions::SameMoment;
use drempel_domain::records::referrals::Referral;
use drempel_domain::records::sharing::{Share, SharedExtract};
use drempel_domain::time::MINUTE;
use drempel_tests::world::World;

#[test]
fn two_halves_of_a_joint_round_stay_apart() {
    let world = World::new();
    let (ana, chris) = (world.device("ana"), world.device("chris"));
    let half = Half {
        joint: world.space("joint"),
        own: world.space("team"),
    };
    let contact = StreetContact {
        headcount: Some(Whole(4)),
        note: Some("Ooievaar wil praten".to_owned()),
        ..StreetContact::default()
    };
    let form = StreetContactForm {
        contact,
        ..StreetContactForm::default()
    };
    let _ = ana.app().record_joint_street_contact(half, form).unwrap();
    world.settle();
    let (own, theirs) = (all::<StreetContact>(&ana), all::<StreetContact>(&chris));
    assert_eq!((own.len(), theirs.len()), (2, 1));
    assert_eq!(
        (theirs[0].headcount, theirs[0].note.as_deref()),
        (Some(Whole(4)), None)
    );
    assert!(!holds(&chris.library().plaintext(), "Ooievaar"));
    world.assert_alike();
}

#[test]
fn a_share_is_copied_and_its_withdrawal_is_told() {
    let world = World::new();
    let (ana, chris) = (world.device("ana"), world.device("chris"));
    let deli = youth(&ana, world.space("team"), "Deli");
    let share = Share {
        of: Some(Link::to(deli)),
        fields: Some(vec!["nickname".to_owned()]),
        to_space: Some(world.space("casemanagement")),
        ground: Some("toestemming".to_owned()),
        purpose: Some("hulp bij wonen".to_owned()),
        recipient: Some("casemanager".to_owned()),
        expires: Some(PlanDay(world.time().now().local_day().plus_days(30))),
        ..Share::default()
    };
    let share: Id<Share> = ana
        .app()
        .share(world.space("team"), &share)
        .unwrap()
        .first()
        .unwrap();
    world.settle();
    let extract = all::<SharedExtract>(&chris).remove(0);
    assert_eq!(extract.content.as_deref(), Some("Deli"));
    assert_eq!(extract.withdrawn_at, None);
    rename(&ana, deli, "Dali");
    let _ = ana
        .app()
        .withdraw_share(share, Some("op verzoek".to_owned()))
        .unwrap();
    world.settle();
    let extract = all::<SharedExtract>(&chris).remove(0);
    assert_eq!(extract.content.as_deref(), Some("Deli"), "a copy is as it was");
    assert!(extract.withdrawn_at.is_some());
    let asked = all::<Action>(&chris);
    assert_eq!(asked.len(), 1);
    assert_eq!(
        asked[0].kind.as_ref().map(|kind| kind.as_str()),
        Some("correction")
    );
    world.assert_alike();
}

#[test]
fn a_referral_and_its_answer_cross_over() {
    let world = World::new();
    let (ana, chris) = (world.device("ana"), world.device("chris"));
    let deli = youth(&ana, world.space("team"), "Deli");
    let referral = Referral {
        youth: Some(deli),
        to_kind: Some(ReferralKind::Internal),
        to_user: Some(world.user("chris")),
        reason: Some("twee hulpvragen".to_owned()),
        ..Referral::default()
    };
    let sent: Id<Referral> = ana
        .app()
        .refer(world.space("team"), referral)
        .unwrap()
        .first()
        .unwrap();
    world.settle();
    let mirror = rows::<Referral>(&chris).remove(0);
    assert_eq!(
        mirror.typed::<Referral>().reason.as_deref(),
        Some("twee hulpvragen")
    );
    let why = Some("nu geen plek".to_owned());
    let _ = chris
        .app()
        .answer_referral(Id::new(mirror.id), ReferralState::Refused, why.clone())
        .unwrap();
    world.settle();
    let answer = ana.app().open_record(sent).unwrap().record.answer.unwrap();
    assert_eq!((answer.state, answer.reason), (Some(ReferralState::Refused), why));
    world.assert_alike();
}

#[test]
fn two_people_who_answer_the_same_question_apart_make_one_answer() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let team = world.space("team");
    let (one, other) = (contact(&ana, team, 3), contact(&bo, team, 4));
    world.settle();
    let _ = ana.app().answer_same_moment(one, other, true).unwrap();
    world.pass(MINUTE);
    let _ = bo.app().answer_same_moment(other, one, false).unwrap();
    world.settle();
    for device in [&ana, &bo] {
        let answers = all::<SameMoment>(device);
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].same, Some(false));
    }
    assert_eq!(ana.app().overwritten().unwrap()[0].kept.value, Some(true.into()));
    assert_eq!(world.town().app().quarantine().unwrap(), []);
    world.assert_alike();
}
