//! A server whose data were restored from a backup.

use crate::support::{Device, TEAM, ana, contact, digest_of, eff, fields, id, note, part, refused, taken};
use drempel_domain::id::EpochId;
use drempel_domain::sync_log::{Cursor, Seq};
use drempel_store::Delivery;
use uuid::Uuid;

const EPOCH: EpochId = EpochId::new(Uuid::from_u128(0xe));

fn begin_epoch(ana: &Device) {
    ana.write(|w| w.begin_epoch(EPOCH));
}

#[test]
fn what_no_backup_covers_is_delivered_again_with_the_time_it_had() {
    let ana = ana();
    for number in 1..=3 {
        ana.make("street_contact", id(number), note("tekst"));
    }
    ana.outcomes(&[taken(1, 31), taken(2, 32), taken(3, 33)], 3, 1);
    ana.make("street_contact", id(4), note("nieuw"));
    begin_epoch(&ana);
    let again = ana.read(|r| r.pending(TEAM, 10, usize::MAX));
    let given: Vec<_> = again.iter().map(|change| (change.seq, change.given)).collect();
    assert_eq!(
        given,
        [(Seq(2), Some(eff(32))), (Seq(3), Some(eff(33))), (Seq(4), None)]
    );
    let state = ana
        .read(|r| r.spaces())
        .into_iter()
        .find(|space| space.id == TEAM)
        .unwrap();
    assert_eq!((state.received_through, state.last_seq), (Seq(1), Seq(4)));
    assert_eq!((state.cursor, state.rereading), (None, true));
    assert_eq!(ana.read(|r| r.setting("epoch")), Some(EPOCH.to_string()));
    for (number, expected) in [(1, true), (2, false), (4, false)] {
        let stored = ana.record("street_contact", id(number)).unwrap();
        let received = matches!(ana.read(|r| r.delivery(&stored)), Delivery::Received { .. });
        assert_eq!(received, expected, "{number}");
    }
}

#[test]
fn what_the_restored_server_lacks_is_shown_until_it_has_it_again() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.edit("street_contact", id(1), note("twee"));
    ana.outcomes(&[taken(1, 31), taken(2, 32)], 2, 1);
    begin_epoch(&ana);
    ana.feed(&[contact(id(1), 31, note("een"))]);
    ana.write(|w| w.move_cursor(TEAM, Cursor { since: 1, at: 1 }, false));
    assert_eq!(ana.shown(id(1), "note"), Some("twee".into()));
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 31, note("een"))]));
    ana.outcomes(&[taken(2, 32)], 2, 1);
    assert_eq!(ana.shown(id(1), "note"), Some("twee".into()));
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 32, note("twee"))]));
    assert_eq!(ana.read(|r| r.pending_count()), 0);
}

#[test]
fn what_is_delivered_again_does_not_cover_a_later_value() {
    let ana = ana();
    ana.make(
        "street_contact",
        id(1),
        fields([("note", "ana".into()), ("mood", "calm".into())]),
    );
    ana.outcomes(&[taken(1, 31)], 1, 0);
    ana.feed(&[part(contact(id(1), 40, note("bo, later")))]);
    begin_epoch(&ana);
    assert_eq!(ana.shown(id(1), "note"), Some("bo, later".into()));
    assert_eq!(ana.shown(id(1), "mood"), Some("calm".into()));
}

#[test]
fn a_change_in_quarantine_is_delivered_again_too() {
    let ana = ana();
    ana.make("street_contact", id(1), note("fout"));
    ana.make("street_contact", id(2), note("weg"));
    ana.outcomes(&[refused(1, "wrong_regime"), refused(2, "wrong_regime")], 2, 0);
    ana.write(|w| w.discard_problem(TEAM, Seq(2)));
    begin_epoch(&ana);
    assert_eq!(ana.read(|r| r.pending(TEAM, 10, usize::MAX)).len(), 2);
    assert_eq!(ana.shown(id(1), "note"), Some("fout".into()));
    ana.outcomes(&[taken(1, 40), refused(2, "wrong_regime")], 2, 0);
    assert_eq!(ana.read(|r| r.problems()), []);
    assert_eq!(ana.read(|r| r.discarded_numbers(TEAM)), [Seq(2)]);
    assert_eq!(ana.shown(id(1), "note"), Some("fout".into()));
}

#[test]
fn a_record_that_aged_and_came_back_shows_what_is_delivered_again() {
    let ana = ana();
    ana.make("street_contact", id(1), note("ana"));
    ana.outcomes(&[taken(1, 31)], 1, 0);
    ana.write(|w| {
        w.take_removals(
            TEAM,
            &[crate::support::gone(
                id(1),
                drempel_domain::sync_log::RemovalKind::Aged,
            )],
        )
    });
    ana.feed(&[contact(id(1), 31, note("ana"))]);
    begin_epoch(&ana);
    ana.feed(&[contact(id(1), 20, note("ouder"))]);
    assert_eq!(ana.shown(id(1), "note"), Some("ana".into()));
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 20, note("ouder"))]));
}

#[test]
fn what_was_refused_when_a_membership_ended_is_shown_again_when_the_restored_server_knows_that_membership() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.outcomes(&[taken(1, 31)], 1, 1);
    ana.edit("street_contact", id(1), note("twee"));
    ana.outcomes(&[refused(2, "membership_ended")], 2, 1);
    ana.write(|w| w.remove_space(TEAM));
    begin_epoch(&ana);
    assert_eq!(
        ana.shown(id(1), "note"),
        None,
        "nothing of a removed space is shown"
    );
    ana.write(|w| w.grant_space(TEAM, "{}"));
    assert_eq!(ana.shown(id(1), "note"), Some("twee".into()));
    ana.feed(&[contact(id(1), 31, note("een"))]);
    assert_eq!(ana.shown(id(1), "note"), Some("twee".into()));
    ana.outcomes(&[taken(2, 32)], 2, 1);
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 32, note("twee"))]));
    assert_eq!(ana.read(|r| r.problems()), []);
}

#[test]
fn what_was_refused_before_a_space_came_back_is_delivered_again_too() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.outcomes(&[refused(1, "membership_ended")], 1, 0);
    ana.write(|w| w.remove_space(TEAM));
    ana.write(|w| w.grant_space(TEAM, "{}"));
    assert_eq!(ana.shown(id(1), "note"), None, "it waits for its author alone");
    begin_epoch(&ana);
    let again = ana.read(|r| r.pending(TEAM, 10, usize::MAX));
    assert_eq!(
        again.iter().map(|change| change.seq).collect::<Vec<_>>(),
        [Seq(1)]
    );
    assert_eq!(ana.shown(id(1), "note"), Some("een".into()));
}
