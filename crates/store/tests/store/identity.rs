//! A device that the server knows under another identity from now on.

use crate::support::{
    ANA, BO, TEAM, ana, clocks, contact, digest_of, fields, id, name, note, own, refused, taken,
};
use drempel_domain::id::EpochId;
use drempel_domain::sync_log::{Base, Seq};
use drempel_store::{Delivery, LocalChange};
use uuid::Uuid;

fn theirs(seq: u64) -> Base {
    Base::Own {
        device: BO,
        seq: Seq(seq),
    }
}

#[test]
fn what_is_pending_gets_numbers_from_one_and_speaks_of_them() {
    let ana = ana();
    ana.make("street_contact", id(1), note("gedaan"));
    ana.make("street_contact", id(2), note("een"));
    ana.edit("street_contact", id(2), note("twee"));
    ana.edit("street_contact", id(1), note("drie"));
    ana.outcomes(&[taken(1, 31)], 1, 0);
    let before = ana.read(|r| r.pending(TEAM, 10, usize::MAX));
    assert_eq!(before[1].base[&name("note")], own(2));
    assert_eq!(before[2].base[&name("note")], own(1));
    ana.write(|w| w.take_identity(BO));
    let after = ana.read(|r| r.pending(TEAM, 10, usize::MAX));
    let numbers: Vec<_> = after.iter().map(|change| (change.seq, change.record)).collect();
    assert_eq!(numbers, [(Seq(1), id(2)), (Seq(2), id(2)), (Seq(3), id(1))]);
    assert_eq!(after[1].base[&name("note")], theirs(1));
    // The server knows the change that was taken under the earlier identity.
    assert_eq!(
        after[2].base[&name("note")],
        Base::Own {
            device: ANA,
            seq: Seq(1)
        }
    );
    assert_eq!(ana.read(|r| r.setting("device")), Some(BO.to_string()));
    let state = ana
        .read(|r| r.spaces())
        .into_iter()
        .find(|space| space.id == TEAM)
        .unwrap();
    assert_eq!(
        (state.last_seq, state.received_through, state.durable_through),
        (Seq(3), Seq(0), Seq(0))
    );
    let stored = ana.record("street_contact", id(2)).unwrap();
    assert_eq!(
        (stored.own_seq, stored.seen[&name("note")]),
        (Some(Seq(2)), theirs(2))
    );
}

#[test]
fn what_is_shown_stays_and_the_new_numbers_settle() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("server"))]);
    ana.edit("street_contact", id(1), note("ana"));
    ana.make("street_contact", id(2), note("nieuw"));
    ana.write(|w| w.take_identity(BO));
    assert_eq!(ana.shown(id(1), "note"), Some("ana".into()));
    assert_eq!(ana.shown(id(2), "note"), Some("nieuw".into()));
    ana.outcomes(&[taken(1, 31), taken(2, 32)], 2, 0);
    let expected = [contact(id(1), 31, note("ana")), contact(id(2), 32, note("nieuw"))];
    assert_eq!(ana.digest(), digest_of(&expected));
    assert_eq!(ana.make("street_contact", id(3), note("volgende")), Seq(3));
}

#[test]
fn a_receipt_of_the_earlier_identity_still_counts() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.outcomes(&[taken(1, 31)], 1, 1);
    ana.write(|w| w.take_identity(BO));
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert!(matches!(
        ana.read(|r| r.delivery(&stored)),
        Delivery::Received { through: Seq(0), .. }
    ));
}

#[test]
fn a_change_in_quarantine_is_delivered_under_a_new_number_with_its_mending() {
    let ana = ana();
    ana.make("street_contact", id(9), note("gedaan"));
    ana.make("street_contact", id(1), note("fout"));
    ana.outcomes(&[taken(1, 31), refused(2, "wrong_type")], 2, 0);
    ana.write(|w| {
        w.apply_local(&LocalChange {
            space: TEAM,
            collection: "street_contact".to_owned(),
            record: id(1),
            new: true,
            set: fields([("note", "goed".into())]),
            base: Default::default(),
            made: clocks(2_000),
            instead_of: Some(Seq(2)),
        })
    });
    ana.write(|w| w.take_identity(BO));
    assert_eq!(ana.read(|r| r.problems()), []);
    let pending = ana.read(|r| r.pending(TEAM, 10, usize::MAX));
    let numbers: Vec<_> = pending
        .iter()
        .map(|change| (change.seq, change.instead_of))
        .collect();
    assert_eq!(numbers, [(Seq(1), None), (Seq(2), Some(Seq(1)))]);
    ana.outcomes(&[refused(1, "wrong_type"), taken(2, 50)], 2, 0);
    assert_eq!(ana.read(|r| r.problems()), []);
    assert_eq!(ana.shown(id(1), "note"), Some("goed".into()));
}

#[test]
fn what_an_earlier_identity_delivered_survives_a_restored_server() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.make("street_contact", id(2), note("twee"));
    ana.outcomes(&[taken(1, 31), taken(2, 32)], 2, 0);
    ana.write(|w| w.take_identity(BO));
    ana.write(|w| w.take_identity(ANA));
    ana.make("street_contact", id(3), note("drie"));
    ana.outcomes(&[taken(1, 33)], 1, 1);
    ana.write(|w| w.begin_epoch(EpochId::new(Uuid::from_u128(5))));
    let again = ana.read(|r| r.pending(TEAM, 10, usize::MAX));
    let numbers: Vec<_> = again
        .iter()
        .map(|change| (change.seq, change.record, change.given.is_some()))
        .collect();
    assert_eq!(numbers, [(Seq(2), id(1), true), (Seq(3), id(2), true)]);
    ana.write(|w| w.move_cursor(TEAM, Default::default(), false));
    assert_eq!(ana.shown(id(1), "note"), Some("een".into()));
}
