//! What was recorded while locked: shown at once, edited, and over when the feed brings it.

use crate::support::{
    ANA, BO, TEAM, ana, clocks, contact, digest_of, eff, fields, gone, id, name, note, own, part, taken,
};
use drempel_domain::id::DeviceId;
use drempel_domain::sync_log::{Base, Change, RemovalKind, Seq};
use drempel_store::Delivery;
use std::collections::BTreeMap;
use uuid::Uuid;

const LOCK: DeviceId = DeviceId::new(Uuid::from_u128(0x10c));

fn captured(seq: u64, record: u128, text: &str) -> Change {
    Change {
        seq: Seq(seq),
        collection: "street_contact".to_owned(),
        record: id(record),
        new: true,
        set: note(text),
        base: BTreeMap::new(),
        made: clocks(9),
        instead_of: None,
        given: None,
    }
}

#[test]
fn what_the_lock_recorded_is_shown_and_waits_but_is_not_sent_from_here() {
    let ana = ana();
    assert!(ana.write(|w| w.take_captured(TEAM, LOCK, &captured(1, 1, "rode jas"))));
    assert_eq!(ana.shown(id(1), "note"), Some("rode jas".into()));
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert!(!stored.acknowledged);
    assert_eq!(
        stored.seen[&name("note")],
        Base::Own {
            device: LOCK,
            seq: Seq(1)
        }
    );
    assert_eq!(ana.read(|r| r.delivery(&stored)), Delivery::OnThisDevice);
    assert_eq!(ana.read(|r| r.pending_count()), 1);
    assert!(ana.read(|r| r.pending(TEAM, 10, usize::MAX)).is_empty());
}

#[test]
fn it_is_taken_in_once_however_often_it_is_read() {
    let ana = ana();
    ana.write(|w| w.take_captured(TEAM, LOCK, &captured(1, 1, "rode jas")));
    ana.edit("street_contact", id(1), note("rode jas, met fiets"));
    assert!(!ana.write(|w| w.take_captured(TEAM, LOCK, &captured(1, 1, "rode jas"))));
    assert_eq!(ana.shown(id(1), "note"), Some("rode jas, met fiets".into()));
}

#[test]
fn the_feed_ends_it_and_an_edit_made_meanwhile_stays_over_it() {
    let ana = ana();
    ana.write(|w| w.take_captured(TEAM, LOCK, &captured(7, 1, "rode jas")));
    let seq = ana.edit("street_contact", id(1), note("rode jas, met fiets"));
    assert_eq!(seq, Seq(1));
    let arrives = contact(id(1), 30, note("rode jas"));
    ana.feed(std::slice::from_ref(&arrives));
    assert_eq!(ana.shown(id(1), "note"), Some("rode jas, met fiets".into()));
    assert_eq!(ana.digest(), digest_of(&[arrives]));
    assert_eq!(ana.read(|r| r.pending_count()), 1, "only the edit waits");
    ana.outcomes(&[taken(1, 31)], 1, 0);
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert_eq!(stored.seen[&name("note")], Base::Seen(eff(31)));
}

#[test]
fn one_that_nobody_edited_is_the_servers_once_the_feed_brings_it() {
    let ana = ana();
    ana.write(|w| w.take_captured(TEAM, LOCK, &captured(7, 1, "rode jas")));
    ana.feed(&[contact(id(1), 30, note("rode jas"))]);
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert!(stored.acknowledged);
    assert_eq!(ana.read(|r| r.delivery(&stored)), Delivery::NotOurs);
    assert_eq!(ana.read(|r| r.pending_count()), 0);
}

#[test]
fn an_edit_that_is_decided_before_the_record_came_back_has_the_whole_record_sent() {
    let ana = ana();
    ana.write(|w| w.take_captured(TEAM, LOCK, &captured(7, 1, "rode jas")));
    ana.edit("street_contact", id(1), note("rode jas, met fiets"));
    ana.outcomes(&[taken(1, 31)], 1, 0);
    assert_eq!(ana.read(|r| r.wanted(TEAM)), [id(1)]);
    ana.feed(&[contact(id(1), 31, note("rode jas, met fiets"))]);
    assert_eq!(ana.shown(id(1), "note"), Some("rode jas, met fiets".into()));
    assert!(ana.read(|r| r.wanted(TEAM)).is_empty());
}

#[test]
fn one_that_is_gone_at_the_server_goes_here_too() {
    let ana = ana();
    ana.write(|w| w.take_captured(TEAM, LOCK, &captured(7, 1, "rode jas")));
    ana.write(|w| w.take_removals(TEAM, &[gone(id(1), RemovalKind::Erased)]));
    assert_eq!(ana.record("street_contact", id(1)), None);
    assert_eq!(ana.read(|r| r.pending_count()), 0);
}

#[test]
fn a_part_of_a_record_is_not_mixed_with_what_the_lock_made() {
    let ana = ana();
    ana.write(|w| w.take_captured(TEAM, LOCK, &captured(7, 1, "rode jas")));
    ana.feed(&[part(contact(id(1), 30, fields([("headcount", 3.into())])))]);
    assert_eq!(
        ana.read(|r| r.wanted(TEAM)),
        [id(1)],
        "the whole record is asked for"
    );
}

#[test]
fn under_another_identity_it_becomes_the_devices_own_before_its_edits() {
    let ana = ana();
    ana.write(|w| w.take_captured(TEAM, LOCK, &captured(7, 1, "rode jas")));
    ana.edit("street_contact", id(1), note("rode jas, met fiets"));
    ana.write(|w| w.take_identity(BO));
    let pending = ana.read(|r| r.pending(TEAM, 10, usize::MAX));
    let made: Vec<_> = pending.iter().map(|change| (change.seq, change.new)).collect();
    assert_eq!(made, [(Seq(1), true), (Seq(2), false)]);
    assert_eq!(
        pending[1].base[&name("note")],
        Base::Own {
            device: BO,
            seq: Seq(1)
        }
    );
    assert_ne!(pending[1].base[&name("note")], own(1), "not ana's {ANA} any more");
    assert_eq!(ana.shown(id(1), "note"), Some("rode jas, met fiets".into()));
}
