//! What the user does, and what the server says of it.

use crate::support::{
    PERSONAL, TEAM, ana, at, clocks, contact, digest_of, eff, fields, id, name, note, own, part, taken,
};
use drempel_domain::record::computed_id;
use drempel_domain::sync_log::{Base, Digest, Outcome, Seq, Verdict};
use drempel_domain::value::Value;
use drempel_store::{Decision, Delivery, LocalChange, StoreError};
use std::collections::BTreeMap;

#[test]
fn a_new_record_is_shown_and_waits_to_be_delivered() {
    let ana = ana();
    assert_eq!(ana.make("street_contact", id(1), note("bij de hal")), Seq(1));
    assert_eq!(
        ana.edit("street_contact", id(1), fields([("mood", "calm".into())])),
        Seq(2)
    );
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert_eq!(
        stored.fields,
        fields([("note", "bij de hal".into()), ("mood", "calm".into())])
    );
    assert!(!stored.acknowledged);
    assert_eq!(stored.own_seq, Some(Seq(2)));
    assert_eq!(ana.read(|r| r.delivery(&stored)), Delivery::OnThisDevice);
    let pending = ana.read(|r| r.pending(TEAM, 10, usize::MAX));
    assert_eq!(
        pending
            .iter()
            .map(|change| (change.seq, change.new))
            .collect::<Vec<_>>(),
        [(Seq(1), true), (Seq(2), false)]
    );
    assert_eq!(ana.digest(), Digest::default());
}

#[test]
fn numbers_run_in_each_space_by_itself() {
    let ana = ana();
    ana.make("street_contact", id(1), note("team"));
    let other = ana.write(|w| {
        w.apply_local(&LocalChange {
            space: PERSONAL,
            collection: "quick_note".to_owned(),
            record: id(2),
            new: true,
            set: fields([("text", "voor mij".into())]),
            base: Default::default(),
            made: clocks(1),
            instead_of: None,
        })
    });
    assert_eq!(other, Seq(1));
    assert_eq!(ana.read(|r| r.pending_count()), 2);
}

#[test]
fn a_record_never_moves_to_another_space() {
    let ana = ana();
    ana.make("street_contact", id(1), note("team"));
    let moved = ana.store.write(|w| {
        w.apply_local(&LocalChange {
            space: PERSONAL,
            collection: "street_contact".to_owned(),
            record: id(1),
            new: false,
            set: note("elders"),
            base: Default::default(),
            made: clocks(1),
            instead_of: None,
        })
    });
    assert!(matches!(moved, Err(StoreError::OtherSpace)));
    assert_eq!(ana.shown(id(1), "note"), Some("team".into()));
    assert_eq!(ana.read(|r| r.pending_count()), 1);
}

#[test]
fn pending_changes_come_in_portions_and_always_one() {
    let ana = ana();
    for number in 1..=5 {
        ana.make("street_contact", id(number), note(&"x".repeat(1_000)));
    }
    for (limit, bytes, expected) in [
        (10, usize::MAX, 5),
        (2, usize::MAX, 2),
        (10, 3_000, 2),
        (10, 1, 1),
        (0, 1, 1),
    ] {
        assert_eq!(
            ana.read(|r| r.pending(TEAM, limit, bytes)).len(),
            expected,
            "{limit} {bytes}"
        );
    }
}

#[test]
fn what_was_taken_becomes_what_the_server_has() {
    let ana = ana();
    let seq = ana.make("street_contact", id(1), note("bij de hal"));
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert_eq!(stored.seen[&name("note")], own(1));
    ana.outcomes(&[taken(seq.0, 30)], 1, 0);
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert!(stored.acknowledged);
    assert_eq!(stored.seen[&name("note")], Base::Seen(eff(30)));
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 30, note("bij de hal"))]));
    let receipt = Delivery::Received {
        through: Seq(1),
        at: at(5_000),
    };
    assert_eq!(ana.read(|r| r.delivery(&stored)), receipt);
    assert_eq!(ana.read(|r| r.pending_count()), 0);
    let kept = ana.read(|r| r.own_changes(id(1)));
    assert_eq!(
        kept[0].decision,
        Decision::Taken {
            eff: eff(30),
            at: at(5_000)
        }
    );
    ana.outcomes(&[], 1, 1);
    assert_eq!(ana.read(|r| r.own_changes(id(1))), []);
    assert_eq!(ana.read(|r| r.delivery(&stored)), receipt);
}

#[test]
fn an_edit_made_during_the_delivery_stays_pending() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.edit("street_contact", id(1), note("twee"));
    ana.outcomes(&[taken(1, 30)], 1, 0);
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert_eq!(stored.fields, note("twee"));
    assert_eq!(stored.seen[&name("note")], own(2));
    assert_eq!(ana.read(|r| r.delivery(&stored)), Delivery::OnThisDevice);
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 30, note("een"))]));
}

#[test]
fn a_new_record_never_leaves_the_phone_because_a_later_change_overtook_the_first() {
    let ana = ana();
    let first = ana.make("street_contact", id(1), note("bij de hal"));
    let second = ana.edit("street_contact", id(1), note("bij de haven"));
    let overtaken = Outcome {
        lost: vec![name("note")],
        ..taken(first.0, 30)
    };
    ana.outcomes(&[overtaken], 1, 0);
    assert_eq!(ana.shown(id(1), "note"), Some("bij de haven".into()));
    ana.outcomes(&[taken(second.0, 31)], 2, 0);
    assert_eq!(ana.shown(id(1), "note"), Some("bij de haven".into()));
    assert!(ana.record("street_contact", id(1)).unwrap().acknowledged);
}

#[test]
fn a_field_that_was_lost_falls_back_to_the_value_of_the_server() {
    let ana = ana();
    ana.feed(&[contact(
        id(1),
        20,
        fields([("note", "server".into()), ("mood", "calm".into())]),
    )]);
    ana.edit(
        "street_contact",
        id(1),
        fields([("note", "ana".into()), ("mood", "tense".into())]),
    );
    let lost = Outcome {
        lost: vec![name("note")],
        ..taken(1, 30)
    };
    ana.outcomes(&[lost], 1, 0);
    assert_eq!(ana.shown(id(1), "note"), Some("server".into()));
    assert_eq!(ana.shown(id(1), "mood"), Some("tense".into()));
}

#[test]
fn a_value_that_was_taken_out_stays_out_and_was_seen() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("weg ermee"))]);
    ana.edit("street_contact", id(1), fields([("note", Value::Null)]));
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert_eq!(stored.fields.get(&name("note")), None);
    assert_eq!(stored.seen[&name("note")], own(1));
    ana.outcomes(&[taken(1, 30)], 1, 0);
    let stored = ana.record("street_contact", id(1)).unwrap();
    let seen = BTreeMap::from([(name("note"), Base::Seen(eff(30)))]);
    assert_eq!(
        stored.seen, seen,
        "who writes there again has seen that it was taken out"
    );
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 30, fields([]))]));
}

#[test]
fn an_outcome_that_comes_twice_changes_nothing() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.outcomes(&[taken(1, 30)], 1, 0);
    let before = (ana.record("street_contact", id(1)), ana.digest());
    ana.outcomes(&[taken(1, 99)], 1, 0);
    ana.outcomes(
        &[Outcome {
            verdict: Verdict::Erased,
            ..taken(1, 99)
        }],
        1,
        0,
    );
    assert_eq!((ana.record("street_contact", id(1)), ana.digest()), before);
}

#[test]
fn half_a_record_is_not_built_from_a_change_to_one_that_was_removed() {
    let ana = ana();
    ana.edit("street_contact", id(1), note("te laat"));
    assert_eq!(ana.shown(id(1), "note"), Some("te laat".into()));
    ana.outcomes(&[taken(1, 30)], 1, 0);
    assert_eq!(ana.record("street_contact", id(1)), None);
    assert_eq!(ana.read(|r| r.wanted(TEAM)), [id(1)]);
    ana.feed(&[contact(
        id(1),
        30,
        fields([("note", "te laat".into()), ("mood", "calm".into())]),
    )]);
    assert_eq!(ana.read(|r| r.wanted(TEAM)), []);
    assert_eq!(ana.shown(id(1), "mood"), Some("calm".into()));
}

#[test]
fn an_erased_record_goes_when_its_last_change_has_its_outcome() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("server"))]);
    ana.edit("street_contact", id(1), note("een"));
    ana.edit("street_contact", id(1), note("twee"));
    ana.outcomes(
        &[Outcome {
            verdict: Verdict::Erased,
            ..taken(1, 30)
        }],
        1,
        0,
    );
    assert_eq!(ana.shown(id(1), "note"), Some("twee".into()));
    assert_eq!(ana.digest(), Digest::default());
    ana.outcomes(
        &[Outcome {
            verdict: Verdict::Erased,
            ..taken(2, 31)
        }],
        2,
        0,
    );
    assert_eq!(ana.record("street_contact", id(1)), None);
    assert_eq!(ana.read(|r| r.own_changes(id(1))), []);
}

#[test]
fn a_change_that_the_server_cannot_find_leaves_what_it_has() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("server"))]);
    ana.edit("street_contact", id(1), note("weg"));
    ana.outcomes(
        &[Outcome {
            verdict: Verdict::Missing,
            eff: None,
            ..taken(1, 0)
        }],
        1,
        0,
    );
    assert_eq!(ana.shown(id(1), "note"), Some("server".into()));
    assert_eq!(ana.read(|r| r.pending_count()), 0);
}

#[test]
fn a_number_that_the_server_knows_is_never_given_again() {
    let ana = ana();
    ana.outcomes(&[], 7, 7);
    assert_eq!(ana.make("street_contact", id(1), note("acht")), Seq(8));
    let state = ana
        .read(|r| r.spaces())
        .into_iter()
        .find(|space| space.id == TEAM)
        .unwrap();
    assert_eq!(
        (state.last_seq, state.received_through, state.durable_through),
        (Seq(8), Seq(7), Seq(7))
    );
    assert_eq!(state.pending, 1);
}

#[test]
fn a_decision_that_no_backup_covers_is_kept_for_a_while() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.make("street_contact", id(2), note("twee"));
    ana.outcomes(&[taken(1, 30)], 1, 0);
    ana.write(|w| w.expire_acknowledged(at(5_000)));
    assert_eq!(ana.read(|r| r.own_changes(id(1))).len(), 1);
    ana.write(|w| w.expire_acknowledged(at(5_001)));
    assert_eq!(ana.read(|r| r.own_changes(id(1))).len(), 0);
    assert_eq!(ana.read(|r| r.own_changes(id(2))).len(), 1);
}

#[test]
fn two_devices_that_make_one_record_end_with_one() {
    let ana = ana();
    let same = computed_id("same_moment", &[b"1", b"2"]);
    ana.make("same_moment", same, fields([("same", true.into())]));
    ana.feed(&[crate::support::feed(
        "same_moment",
        same,
        10,
        fields([("same", true.into())]),
    )]);
    ana.outcomes(&[taken(1, 12)], 1, 0);
    let stored = ana.record("same_moment", same).unwrap();
    assert_eq!(stored.seen[&name("same")], Base::Seen(eff(12)));
}

#[test]
fn a_change_of_others_to_another_field_shows_beside_an_own_one() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("server"))]);
    ana.edit("street_contact", id(1), note("ana"));
    ana.feed(&[part(contact(
        id(1),
        25,
        fields([("note", "bo".into()), ("mood", "calm".into())]),
    ))]);
    assert_eq!(ana.shown(id(1), "note"), Some("ana".into()));
    assert_eq!(ana.shown(id(1), "mood"), Some("calm".into()));
    let base = contact(
        id(1),
        25,
        fields([("note", "bo".into()), ("mood", "calm".into())]),
    );
    assert_eq!(ana.digest(), digest_of(&[base]));
}

#[test]
fn a_device_that_changed_nothing_has_no_receipt() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("bo"))]);
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert_eq!(ana.read(|r| r.delivery(&stored)), Delivery::NotOurs);
}
