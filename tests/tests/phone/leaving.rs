//! A phone whose access ended, a copy of one, and tokens on their way.

use drempel_client::phone::{Ending, Enrolling, PhoneError, ServerAddress, Stage};
use drempel_client::sync::SyncError;
use drempel_domain::sync_log::Verdict;
use drempel_domain::time::{DAY, HOUR};
use drempel_protocol::problem::Code;
use drempel_tests::world::{CODE, Fate, Handset, World, code};

fn is_revoked<T>(result: Result<T, PhoneError>) -> bool {
    matches!(
        result,
        Err(PhoneError::Sync(SyncError::Refused {
            code: Code::Revoked,
            ..
        }))
    )
}

fn synchronise(ana: &Handset) -> Result<(), PhoneError> {
    ana.wait(ana.phone().synchronise(ana.line())).map(drop)
}

#[test]
fn a_revoked_phone_hands_in_its_work_for_somebody_to_look_at_and_keeps_nothing_that_can_be_read() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje");
    let device = ana.phone().with_open(|client| client.device().unwrap()).unwrap();
    world.town().app().revoke_device(device, None).unwrap();
    assert!(!world.town().app().unconfirmed_removals().unwrap().is_empty());
    assert!(is_revoked(synchronise(&ana)));
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::Revoked));
    assert!(!ana.folder().join("app/drempel.db").exists());
    let log = world.town().app().log_entries().unwrap();
    let verdicts: Vec<_> = log.iter().map(|entry| entry.verdict).collect();
    assert_eq!(verdicts, [Verdict::Quarantined]);
    assert!(world.town().app().unconfirmed_removals().unwrap().is_empty());
}

#[test]
fn a_revoked_phone_that_loses_its_network_hands_in_later() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje");
    let device = ana.phone().with_open(|client| client.device().unwrap()).unwrap();
    world.town().app().revoke_device(device, None).unwrap();
    ana.line().next([Fate::Arrives, Fate::Lost]);
    assert!(is_revoked(synchronise(&ana)));
    ana.kill();
    assert_eq!(ana.phone().undelivered(), 1);
    assert_eq!(ana.deliver().handed_in, 1);
    assert!(world.town().app().unconfirmed_removals().unwrap().is_empty());
}

#[test]
fn lost_answers_and_days_without_network_punish_nobody() {
    let world = World::new();
    let ana = world.handset("ana");
    for _ in 0..3 {
        world.pass(2 * DAY);
        ana.unlock_after_idling();
        ana.line().next([Fate::ReplyLost]);
        assert!(synchronise(&ana).is_err());
        ana.kill();
        ana.unlock_after_idling();
        ana.sync();
        world.pass(21 * HOUR);
        ana.unlock_after_idling();
        ana.line().next([Fate::ReplyCut(40)]);
        assert!(synchronise(&ana).is_err());
        ana.sync();
    }
    assert_eq!(ana.phone().stage(), Stage::Open);
}

#[test]
fn a_server_that_was_put_back_from_a_backup_still_knows_a_phone_whose_token_moved_on_since() {
    let world = World::new();
    let ana = world.handset("ana");
    world.town().back_up("night");
    for _ in 0..3 {
        world.pass(DAY);
        ana.unlock_after_idling();
        ana.sync();
        ana.sync();
    }
    world.town().restore("night");
    ana.note("bankje");
    ana.sync();
    ana.kill();
    ana.unlock(CODE);
    ana.note("brug");
    ana.sync();
    let log = world.town().app().log_entries().unwrap();
    assert!(log.iter().all(|entry| entry.verdict == Verdict::Taken));
    assert_eq!(log.len(), 2);
}

#[test]
fn a_token_moves_on_within_a_day_and_the_old_one_is_refused_after_it() {
    let world = World::new();
    let ana = world.handset("ana");
    let used = |ana: &Handset| {
        let sent = ana.line().arrived();
        let last = sent
            .iter()
            .rev()
            .find(|sent| sent.path.ends_with("synchronisations"));
        last.cloned().unwrap()
    };
    let first = used(&ana);
    world.pass(DAY);
    ana.unlock_after_idling();
    ana.sync();
    ana.sync();
    assert_ne!(used(&ana).token, first.token);
    // Whoever copied the first one is found out at its next use, and so is the phone.
    world.pass(HOUR);
    ana.unlock_after_idling();
    let reply = ana.wait(ana.line().send_again(&first));
    assert_eq!(reply.status, 401);
    ana.note("bankje");
    assert!(is_revoked(synchronise(&ana)));
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::Revoked));
}

#[test]
fn a_printed_invitation_enrols_once_the_administrator_has_compared_the_fingerprint() {
    let world = World::new();
    let ana = world.new_handset("ana");
    let address: ServerAddress = "https://drempel.example.nl".parse().unwrap();
    let printed = world.town().app().invite_team("team", &address).unwrap();
    let invitation = printed[0].invitation.expose_code();
    ana.wait(ana.phone().choose_code(&code(CODE))).unwrap();
    let ask = || {
        ana.wait(ana.phone().enrol(ana.line(), &invitation, "test"))
            .unwrap()
    };
    let Enrolling::AwaitsConfirmation { fingerprint, .. } = ask() else {
        panic!("nobody confirmed it yet")
    };
    assert_eq!(ana.phone().stage(), Stage::NotEnrolled);
    ana.kill();
    ana.wait(ana.phone().choose_code(&code(CODE))).unwrap();
    let again = ana
        .wait(ana.phone().enrol(ana.line(), &invitation, "test"))
        .unwrap();
    assert!(
        matches!(again, Enrolling::AwaitsConfirmation { fingerprint: again, .. } if again == fingerprint)
    );
    world.town().app().confirm_device(&fingerprint).unwrap();
    let enrolled = ana
        .wait(ana.phone().enrol(ana.line(), &invitation, "test"))
        .unwrap();
    assert!(matches!(enrolled, Enrolling::Done(_)));
    assert_eq!(ana.phone().stage(), Stage::Open);
}

#[test]
fn a_locked_phone_that_was_revoked_hands_in_its_work_and_keeps_nothing_that_can_be_read() {
    let world = World::new();
    let ana = world.handset("ana");
    let device = ana.phone().with_open(|client| client.device().unwrap()).unwrap();
    ana.note("bankje");
    ana.lock();
    ana.set_aside("fatbike");
    world.town().app().revoke_device(device, None).unwrap();
    ana.kill();
    assert_eq!(ana.phone().stage(), Stage::Locked);
    assert_eq!(ana.deliver().handed_in, 2);
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::Revoked));
    assert!(!ana.folder().join("app/drempel.db").exists());
    assert!(!ana.folder().join("app/doors").exists());
    assert!(!ana.folder().join("hardware").exists());
    let log = world.town().app().log_entries().unwrap();
    let verdicts: Vec<_> = log.iter().map(|entry| entry.verdict).collect();
    assert_eq!(verdicts, [Verdict::Quarantined, Verdict::Quarantined]);
    assert!(world.town().app().unconfirmed_removals().unwrap().is_empty());
}

#[test]
fn a_locked_phone_with_nothing_to_hand_in_asks_every_hour_whether_it_has_access() {
    let world = World::new();
    let ana = world.handset("ana");
    let device = ana.phone().with_open(|client| client.device().unwrap()).unwrap();
    let wants = || ana.phone().wants_to_deliver().unwrap();
    ana.sync();
    world.pass(2 * HOUR);
    assert!(!wants(), "an open phone hears it when it synchronises");
    ana.lock();
    assert!(wants());
    ana.deliver();
    assert!(!wants());
    assert_eq!(ana.phone().stage(), Stage::Locked);
    world.town().app().revoke_device(device, None).unwrap();
    world.pass(HOUR);
    assert!(wants());
    ana.line().next([Fate::Lost]);
    assert!(ana.wait(ana.phone().deliver(ana.line())).is_err());
    assert!(wants(), "no answer is none");
    ana.deliver();
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::Revoked));
    assert!(!wants());
}

#[test]
fn a_locked_phone_whose_token_nobody_knows_any_more_keeps_what_can_be_read() {
    let world = World::new();
    world.town().back_up("before");
    let ana = world.handset("ana");
    ana.note("bankje");
    ana.lock();
    world.town().restore("before");
    assert!(ana.wait(ana.phone().deliver(ana.line())).is_err());
    assert_eq!(ana.phone().stage(), Stage::Locked);
    ana.unlock(CODE);
    assert_eq!(ana.notes(), ["bankje"]);
}
