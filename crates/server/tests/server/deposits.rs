//! Sealed work: whatever way a change arrives, it is taken in once, and a deposit token does nothing else.

use crate::attacks::everything;
use crate::phones::*;
use crate::support::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use drempel_domain::sync_log::{Change, Seq, Verdict};
use drempel_domain::value::Value;
use drempel_protocol::limits::CHANGES;
use drempel_protocol::problem::Code;
use drempel_protocol::synchronisation::LockedRequest;
use drempel_sealing::keys::PrivateKey;
use drempel_server::{AdminError, ReleasedWork};
use serde_json::value::to_raw_value;

fn youths(world: &World, device: &mut Device, names: &[&str]) -> Vec<Change> {
    let names = names.iter();
    names
        .map(|name| {
            let record = ["youth ", name].concat();
            device.make(world, team(), &record, &[("nickname", text(name))])
        })
        .collect()
}

fn in_team(changes: &[Change]) -> Vec<(drempel_domain::id::SpaceId, Change)> {
    changes.iter().map(|change| (team(), change.clone())).collect()
}

#[tokio::test]
async fn a_change_is_taken_in_once_sealed_or_in_the_clear_whichever_comes_first() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = youths(&world, &mut ana, &["een", "twee", "drie"]);
    let entries = outbox(ana.id, sealing_key(&ana.keys), &in_team(&changes));
    // The second in the clear, before its sealed copy arrives; the third sealed, before it arrives in the clear.
    world.push(&mut ana, team(), &changes[..2]).await;
    let taken = world.hand_in(&ana, entries.clone(), Vec::new()).await;
    assert_eq!((taken.received_through, taken.expected), (Seq(3), None));
    let held = everything(&world);
    world.pass(MINUTE);
    let answer = world.push(&mut ana, team(), &changes).await;
    answer.outcomes.iter().for_each(assert_taken);
    world.hand_in(&ana, entries, Vec::new()).await;
    assert_eq!(everything(&world), held);
    assert_eq!(world.count(team(), "youth"), 3);
}

#[tokio::test]
async fn what_was_recorded_without_unlocking_is_marked_and_taken_in_once_however_it_arrives() {
    let world = world();
    let ana = world.enrol("ana").await;
    let own = own_space("ana");
    let notes = ["rood jack", "vier bij de kiosk"].map(|words| note(&world, &ana, "ana", words));
    let sealed = captures(&ana, own, &notes);
    let taken = world.hand_in(&ana, sealed[..1].to_vec(), Vec::new()).await;
    assert_eq!((taken.device, taken.received_through), (ana.lock, Seq(1)));
    let mut request = ana.greeting(&world);
    let numbered = (1..).zip(&notes).map(|(seq, note)| Change {
        seq: Seq(seq),
        ..note.clone()
    });
    request.locked = vec![LockedRequest {
        space: own,
        changes: numbered.map(|change| to_raw_value(&change).unwrap()).collect(),
        received_through: Seq::ZERO,
        open: Vec::new(),
        discard: Vec::new(),
    }];
    let answer = world.ask(&ana, &request).await;
    answer.locked[0].outcomes.iter().for_each(assert_taken);
    assert_eq!(answer.locked[0].received_through, Seq(2));
    let held = everything(&world);
    world.pass(MINUTE);
    world.hand_in(&ana, sealed, Vec::new()).await;
    assert_eq!(everything(&world), held);
    for words in ["rood jack", "vier bij de kiosk"] {
        let marked = world.value(own, id(words), "recorded_locked");
        assert_eq!(marked, Some(Value::from(true)), "{words}");
    }
}

#[tokio::test]
async fn without_unlocking_one_records_new_marked_things_in_ones_own_space_only() {
    let world = world();
    let ana = world.enrol("ana").await;
    let good = note(&world, &ana, "ana", "goed");
    let mut unmarked = note(&world, &ana, "ana", "ongemerkt");
    unmarked.set.remove("recorded_locked");
    let not_new = Change {
        new: false,
        ..good.clone()
    };
    let cases = [
        ("unmarked", own_space("ana"), unmarked),
        ("not new", own_space("ana"), not_new),
        ("in the team", team(), note(&world, &ana, "ana", "team")),
    ];
    for (what, space, change) in cases {
        let ana = world.enrol("ana").await;
        world
            .hand_in(&ana, captures(&ana, space, &[change]), Vec::new())
            .await;
        let waiting = world.app.quarantine().unwrap();
        let last = waiting.last().unwrap();
        assert_eq!(last.device, ana.lock, "{what}");
        assert_eq!(last.reason.as_ref().unwrap().code, "not_for_the_lock", "{what}");
    }
    // In somebody else's own space as in any that one has no part in.
    let bo = own_space("bo");
    world.hand_in(&ana, captures(&ana, bo, &[good]), Vec::new()).await;
    let waiting = world.app.quarantine().unwrap();
    assert_eq!(
        waiting.last().unwrap().reason.as_ref().unwrap().code,
        "not_a_member"
    );
}

#[tokio::test]
async fn a_number_that_a_closed_outbox_does_not_have_is_missing_and_taken_in_if_it_turns_up() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = youths(&world, &mut ana, &["een", "twee", "drie"]);
    let all = outbox(ana.id, sealing_key(&ana.keys), &in_team(&changes));
    let torn = vec![all[0].clone(), all[2].clone()];
    let taken = world.hand_in(&ana, torn.clone(), Vec::new()).await;
    assert_eq!((taken.received_through, taken.expected), (Seq(1), Some(Seq(2))));
    let covers = vec![covered(ana.id, team(), 1, 3)];
    let taken = world.hand_in(&ana, torn, covers).await;
    assert_eq!((taken.received_through, taken.expected), (Seq(3), None));
    let verdicts = || {
        let log = world.app.log_entries().unwrap();
        let verdicts = log.iter().map(|entry| entry.verdict).collect::<Vec<_>>();
        (verdicts, world.count(team(), "youth"))
    };
    assert_eq!(
        verdicts(),
        (vec![Verdict::Taken, Verdict::Missing, Verdict::Taken], 2)
    );
    let missing = world.app.missing_changes().unwrap();
    assert_eq!((missing[0].device, missing[0].seq), (ana.id, Seq(2)));
    world.hand_in(&ana, all, Vec::new()).await;
    assert_eq!(verdicts(), (vec![Verdict::Taken; 3], 3));
    assert_eq!(world.app.missing_changes().unwrap(), []);
}

#[tokio::test]
async fn an_entry_that_cannot_be_opened_waits_for_the_clear_way_unless_there_is_nothing_else() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = youths(&world, &mut ana, &["een", "twee"]);
    let foreign = PrivateKey::from_bytes(&[9; 32]).public().unwrap();
    let mut entries = outbox(ana.id, foreign, &in_team(&changes[..1]));
    entries.extend(outbox(ana.id, sealing_key(&ana.keys), &in_team(&changes[1..])));
    let taken = world.hand_in(&ana, entries.clone(), Vec::new()).await;
    assert_eq!(
        (taken.unreadable.as_slice(), taken.expected),
        (&[Seq(1)][..], Some(Seq(1)))
    );
    assert_eq!(world.app.log_entries().unwrap(), []);

    let covers = vec![covered(ana.id, team(), 1, 2)];
    let taken = world.hand_in(&ana, entries.clone(), covers).await;
    assert_eq!(
        (taken.unreadable.as_slice(), taken.received_through),
        (&[Seq(1)][..], Seq(2))
    );
    let kept = world.app.quarantine().unwrap();
    assert_eq!(kept[0].body.as_ref(), Some(&entries[0]));
    assert_eq!(kept[0].reason.as_ref().unwrap().code, "unreadable");

    // The phone had it all the same.
    let answer = world.push(&mut ana, team(), &changes).await;
    answer.outcomes.iter().for_each(assert_taken);
    assert_eq!(world.app.quarantine().unwrap(), []);
}

#[tokio::test]
async fn an_entry_with_another_number_inside_or_with_no_change_is_never_taken_for_one() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = youths(&world, &mut ana, &["een", "twee"]);
    let key = sealing_key(&ana.keys);
    let second = serde_json::to_vec(&changes[1]).unwrap();
    let renumbered = sealed(ana.id, key, [(team(), Seq(1), second)]);
    let taken = world.hand_in(&ana, renumbered, Vec::new()).await;
    assert_eq!(taken.unreadable, [Seq(1)]);
    let no_change = sealed(ana.id, key, [(team(), Seq(1), b"{\"note\":1}".to_vec())]);
    let taken = world.hand_in(&ana, no_change, Vec::new()).await;
    assert_eq!(taken.received_through, Seq(1));
    assert_eq!(world.count(team(), "youth"), 0);
    assert_eq!(world.app.quarantine().unwrap().len(), 1);
}

#[tokio::test]
async fn a_number_with_another_content_is_named_and_changes_nothing() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = youths(&world, &mut ana, &["een", "twee"]);
    world.push(&mut ana, team(), &changes[..1]).await;
    let forged = Change {
        seq: Seq(1),
        ..changes[1].clone()
    };
    let key = sealing_key(&ana.keys);
    let mut entries = outbox(ana.id, key, &in_team(&[forged]));
    entries.extend(outbox(ana.id, key, &in_team(&changes[1..])));
    let taken = world.hand_in(&ana, entries, Vec::new()).await;
    assert_eq!(
        (taken.differs.as_slice(), taken.received_through),
        (&[Seq(1)][..], Seq(2))
    );
    assert_eq!(world.value(team(), id("een"), "nickname"), Some(text("een")));
    assert_eq!(world.app.devices().unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_revoked_device_hands_in_waits_for_the_lead_for_ninety_days() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = youths(&world, &mut ana, &["een", "twee"]);
    world.pass(HOUR);
    world.app.revoke_device(ana.id, Some(world.now())).unwrap();
    let entries = outbox(ana.id, sealing_key(&ana.keys), &in_team(&changes));
    world.pass(90 * DAY - 1);
    let taken = world.hand_in(&ana, entries[..1].to_vec(), Vec::new()).await;
    assert_eq!(taken.received_through, Seq(1));
    assert_eq!(world.count(team(), "youth"), 0);
    let waiting = world.app.quarantine().unwrap();
    assert_eq!(waiting[0].reason.as_ref().unwrap().code, "device_revoked");
    world.app.release(team(), ana.id, Seq(1)).unwrap();
    assert_eq!(world.count(team(), "youth"), 1);
    world.pass(1);
    let request = world.deposit_request(entries, Vec::new());
    let refused = world.post_deposit(&deposit_token(&ana.token), &request).await;
    assert_eq!(problem(refused).await, Code::NotEnrolled);
}

#[tokio::test]
async fn what_a_lost_device_made_before_it_was_lost_is_taken_in_at_once_and_the_rest_waits_on() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let bo = world.enrol("bo").await;
    let mut changes = youths(&world, &mut ana, &["een", "twee"]);
    world.pass(HOUR);
    let lost_at = world.now();
    changes.extend(youths(&world, &mut ana, &["drie"]));
    world.pass(HOUR);
    assert_eq!(
        world.app.release_device(ana.id, None),
        Err(AdminError::NoSuchDevice),
        "it has its access"
    );
    world.app.revoke_device(ana.id, Some(lost_at)).unwrap();
    world.app.revoke_device(bo.id, None).unwrap();
    world.pass(DAY);
    let entries = outbox(ana.id, sealing_key(&ana.keys), &in_team(&changes));
    world.hand_in(&ana, entries, Vec::new()).await;
    assert_eq!(world.count(team(), "youth"), 0);
    let of_another = world.app.release_device(bo.id, None).unwrap();
    assert_eq!(of_another, ReleasedWork::default());
    let work = world.app.release_device(ana.id, None).unwrap();
    assert_eq!((work.released.len(), work.waiting.len()), (2, 1));
    assert_eq!(world.count(team(), "youth"), 2);
    let later = world.app.release_device(ana.id, Some(world.now())).unwrap();
    assert_eq!((later.released.len(), later.waiting.len()), (1, 0));
    assert_eq!(world.count(team(), "youth"), 3);
}

#[tokio::test]
async fn a_deposit_says_whether_the_enrolment_was_revoked() {
    let world = world();
    let ana = world.enrol("ana").await;
    let request = world.deposit_request(Vec::new(), Vec::new());
    assert!(!world.deposited(&ana, &request).await.revoked);
    world.app.revoke_device(ana.id, None).unwrap();
    assert!(world.deposited(&ana, &request).await.revoked);
}

#[tokio::test]
async fn a_revoked_device_confirms_that_everything_readable_is_gone() {
    let world = world();
    let ana = world.enrol("ana").await;
    world.ask(&ana, &ana.greeting(&world)).await;
    assert_eq!(world.app.unconfirmed_removals().unwrap(), []);
    world.app.revoke_device(ana.id, None).unwrap();
    let held = world.app.unconfirmed_removals().unwrap();
    assert!(held.iter().any(|removal| removal.space == team()));
    let mut request = world.deposit_request(Vec::new(), Vec::new());
    request.removed = true;
    world.deposited(&ana, &request).await;
    assert_eq!(world.app.unconfirmed_removals().unwrap(), []);
    assert_eq!(world.app.devices().unwrap()[0].removed_at, Some(world.now()));
}

#[tokio::test]
async fn a_deposit_token_reads_nothing_and_brings_nothing_of_another_device() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let mut bo = world.enrol("bo").await;
    let changes = youths(&world, &mut bo, &["een"]);
    let key = sealing_key(&bo.keys);
    let of_bo = outbox(bo.id, key, &in_team(&changes));
    let of_nobody = outbox(
        drempel_domain::id::DeviceId::new(uuid::Uuid::from_u128(9)),
        key,
        &in_team(&changes),
    );
    let before = world.snapshot();
    let mut answers = Vec::new();
    for entries in [of_bo, of_nobody] {
        let request = world.deposit_request(entries, Vec::new());
        let refused = world.post_deposit(&deposit_token(&ana.token), &request).await;
        assert_eq!(refused.status().as_u16(), 400);
        answers.push(bytes(refused).await);
    }
    assert_eq!(answers[0], answers[1], "another's and nobody's answer alike");
    let covers = vec![covered(bo.id, team(), 1, 1)];
    let request = world.deposit_request(Vec::new(), covers);
    let refused = world.post_deposit(&deposit_token(&ana.token), &request).await;
    assert_eq!(problem(refused).await, Code::Malformed);
    // As a sync token it is nobody's, and a sync token hands nothing in.
    let sync = ana.request(&world, team(), &[]);
    let token = std::mem::replace(&mut ana.token, deposit_token(&bo.token));
    assert_eq!(problem(world.post(&ana, &sync).await).await, Code::NotEnrolled);
    let request = world.deposit_request(Vec::new(), Vec::new());
    let refused = world.post_deposit(&token, &request).await;
    assert_eq!(problem(refused).await, Code::NotEnrolled);
    assert_eq!(world.snapshot(), before);
}

#[tokio::test]
async fn what_is_no_deposit_is_refused_as_a_whole() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = youths(&world, &mut ana, &["een", "twee"]);
    let mut entries = outbox(ana.id, sealing_key(&ana.keys), &in_team(&changes));
    entries.reverse();
    let cover = |from, through| vec![covered(ana.id, team(), from, through)];
    let many = CHANGES as u64;
    let cases = [
        ("not in order", entries.clone(), Vec::new(), Code::Malformed),
        ("no base64", vec!["*".to_owned()], Vec::new(), Code::Malformed),
        (
            "no entry",
            vec![STANDARD.encode("x")],
            Vec::new(),
            Code::Malformed,
        ),
        ("twice", vec![entries[1].clone(); 2], Vec::new(), Code::Malformed),
        ("from 0", Vec::new(), cover(0, 1), Code::Malformed),
        ("backwards", Vec::new(), cover(2, 1), Code::Malformed),
        ("too many covered", Vec::new(), cover(1, many + 1), Code::TooLarge),
        (
            "too many together",
            vec![entries[1].clone()],
            cover(1, many),
            Code::TooLarge,
        ),
        ("without end", Vec::new(), cover(1, u64::MAX), Code::TooLarge),
    ];
    for (what, entries, covers, code) in cases {
        let before = world.snapshot();
        let request = world.deposit_request(entries, covers);
        let refused = world.post_deposit(&deposit_token(&ana.token), &request).await;
        assert_eq!(problem(refused).await, code, "{what}");
        assert_eq!(world.snapshot(), before, "{what}");
    }
    let most = world.hand_in(&ana, Vec::new(), cover(1, many)).await;
    assert_eq!(most.received_through, Seq(many));
}

#[tokio::test]
async fn an_outbox_is_taken_under_its_old_number_after_the_phone_was_given_a_new_one() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = youths(&world, &mut ana, &["een", "twee"]);
    world.push(&mut ana, team(), &changes[..1]).await;
    let other = Change {
        seq: Seq(1),
        ..changes[1].clone()
    };
    let request = ana.request(&world, team(), &[other]);
    let answer = world.ask(&ana, &request).await;
    assert!(answer.identity.is_some_and(|new| new != ana.id));
    assert!(answer.lock.is_some_and(|new| new != ana.lock));
    let entries = outbox(ana.id, sealing_key(&ana.keys), &in_team(&changes));
    let taken = world.hand_in(&ana, entries, Vec::new()).await;
    assert_eq!((taken.device, taken.received_through), (ana.id, Seq(2)));
    let notes = captures(&ana, own_space("ana"), &[note(&world, &ana, "ana", "notitie")]);
    let taken = world.hand_in(&ana, notes, Vec::new()).await;
    assert_eq!((taken.device, taken.received_through), (ana.lock, Seq(1)));
    assert_eq!(world.app.quarantine().unwrap(), []);
}
