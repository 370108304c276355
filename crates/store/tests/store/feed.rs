//! What the server says about records.

use crate::support::{
    Device, TEAM, ana, contact, digest_of, eff, feed, fields, gone, id, name, note, part, taken,
};
use drempel_domain::sync_log::{Base, Cursor, Digest, FeedRecord, RemovalKind};
use drempel_domain::time::Day;
use drempel_domain::value::Value;
use std::collections::BTreeMap;

fn cursor(at: u64) -> Cursor {
    Cursor { since: at, at }
}

fn move_cursor(ana: &Device, at: u64, more: bool) {
    ana.write(|w| w.move_cursor(TEAM, cursor(at), more));
}

fn reread(ana: &Device) {
    ana.write(|w| w.begin_reread(TEAM));
}

fn remove(ana: &Device, number: u128, kind: RemovalKind) {
    ana.write(|w| w.take_removals(TEAM, &[gone(id(number), kind)]));
}

#[test]
fn whole_records_are_taken_with_every_effective_time() {
    let ana = ana();
    let record = FeedRecord {
        effs: BTreeMap::from([
            (name("mood"), eff(44)),
            (name("note"), eff(20)),
            (name("gone"), eff(45)),
        ]),
        ..contact(
            id(1),
            20,
            fields([
                ("note", "bo".into()),
                ("mood", "calm".into()),
                ("gone", Value::Null),
            ]),
        )
    };
    ana.feed(std::slice::from_ref(&record));
    let stored = ana.record("street_contact", id(1)).unwrap();
    assert_eq!(
        stored.fields,
        fields([("note", "bo".into()), ("mood", "calm".into())])
    );
    let seen = BTreeMap::from([
        (name("mood"), Base::Seen(eff(44))),
        (name("note"), Base::Seen(eff(20))),
        (name("gone"), Base::Seen(eff(45))),
    ]);
    assert_eq!(stored.seen, seen);
    assert_eq!(ana.digest(), digest_of(std::slice::from_ref(&record)));
    ana.feed(std::slice::from_ref(&record));
    assert_eq!(ana.digest(), digest_of(&[record]));
}

#[test]
fn a_part_is_laid_into_the_record_and_takes_values_out() {
    let ana = ana();
    ana.feed(&[contact(
        id(1),
        20,
        fields([("note", "een".into()), ("mood", "calm".into())]),
    )]);
    ana.feed(&[part(contact(
        id(1),
        30,
        fields([("note", "twee".into()), ("mood", Value::Null)]),
    ))]);
    assert_eq!(ana.record("street_contact", id(1)).unwrap().fields, note("twee"));
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 30, note("twee"))]));
}

#[test]
fn an_older_value_is_not_taken_except_when_all_is_read_again() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("nieuw"))]);
    ana.feed(&[part(contact(id(1), 10, note("oud")))]);
    assert_eq!(ana.shown(id(1), "note"), Some("nieuw".into()));
    reread(&ana);
    ana.feed(&[contact(id(1), 10, note("oud"))]);
    assert_eq!(ana.shown(id(1), "note"), Some("oud".into()));
}

#[test]
fn a_part_of_a_record_that_is_not_held_is_wanted_and_not_applied() {
    let ana = ana();
    ana.feed(&[part(contact(id(1), 20, note("half")))]);
    assert_eq!(ana.record("street_contact", id(1)), None);
    assert_eq!(ana.read(|r| r.wanted(TEAM)), [id(1)]);
    ana.feed(&[contact(id(1), 20, note("heel"))]);
    assert_eq!(ana.read(|r| r.wanted(TEAM)), []);
    assert_eq!(ana.shown(id(1), "note"), Some("heel".into()));
}

#[test]
fn a_removed_record_goes_unless_own_changes_lie_over_it() {
    for kind in [RemovalKind::Aged, RemovalKind::Erased] {
        let ana = ana();
        ana.feed(&[contact(id(1), 20, note("een")), contact(id(2), 20, note("twee"))]);
        ana.edit("street_contact", id(2), note("ana"));
        remove(&ana, 1, kind);
        remove(&ana, 2, kind);
        assert_eq!(ana.record("street_contact", id(1)), None, "{kind:?}");
        let stored = ana.record("street_contact", id(2)).unwrap();
        assert_eq!(stored.fields, note("ana"), "{kind:?}");
        assert!(!stored.acknowledged, "{kind:?}");
        assert_eq!(ana.digest(), Digest::default(), "{kind:?}");
        assert_eq!(ana.read(|r| r.search("een", 9)), [], "{kind:?}");
    }
}

#[test]
fn nothing_of_an_erased_record_stays_in_the_log() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.make("street_contact", id(2), note("twee"));
    ana.outcomes(&[taken(1, 20), crate::support::refused(2, "wrong_type")], 2, 0);
    remove(&ana, 1, RemovalKind::Erased);
    remove(&ana, 2, RemovalKind::Erased);
    assert_eq!(ana.read(|r| r.own_changes(id(1))), []);
    assert_eq!(ana.read(|r| r.problems()), []);
}

#[test]
fn a_record_that_aged_comes_back_whole() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("een"))]);
    remove(&ana, 1, RemovalKind::Aged);
    ana.feed(&[contact(id(1), 20, note("een"))]);
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 20, note("een"))]));
}

#[test]
fn reading_again_drops_what_does_not_come_back_at_its_end() {
    let ana = ana();
    ana.feed(&[
        contact(id(1), 20, note("blijft")),
        contact(id(2), 20, note("gaat")),
        contact(id(3), 20, note("server")),
    ]);
    move_cursor(&ana, 9, false);
    ana.edit("street_contact", id(3), note("ana"));
    reread(&ana);
    assert_eq!(ana.read(|r| r.spaces())[1].cursor, None);
    ana.feed(&[contact(id(1), 20, note("blijft"))]);
    move_cursor(&ana, 5, true);
    assert!(ana.record("street_contact", id(2)).is_some());
    move_cursor(&ana, 9, false);
    assert_eq!(ana.record("street_contact", id(2)), None);
    let pending = ana.record("street_contact", id(3)).unwrap();
    assert_eq!((pending.fields, pending.acknowledged), (note("ana"), false));
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 20, note("blijft"))]));
    let state = ana
        .read(|r| r.spaces())
        .into_iter()
        .find(|space| space.id == TEAM)
        .unwrap();
    assert_eq!((state.cursor, state.rereading), (Some(cursor(9)), false));
}

#[test]
fn a_whole_record_drops_the_fields_that_it_does_not_have() {
    let ana = ana();
    ana.feed(&[contact(
        id(1),
        20,
        fields([("note", "een".into()), ("mood", "calm".into())]),
    )]);
    ana.feed(&[contact(id(1), 30, note("twee"))]);
    assert_eq!(ana.record("street_contact", id(1)).unwrap().fields, note("twee"));
}

#[test]
fn a_digest_that_differs_makes_all_be_read_again_once_a_day() {
    let ana = ana();
    move_cursor(&ana, 9, false);
    let monday: Day = "2026-03-02".parse().unwrap();
    assert!(ana.write(|w| w.forget_cursor(TEAM, monday)));
    let state = ana
        .read(|r| r.spaces())
        .into_iter()
        .find(|space| space.id == TEAM)
        .unwrap();
    assert_eq!((state.cursor, state.rereading), (None, true));
    move_cursor(&ana, 9, false);
    assert!(!ana.write(|w| w.forget_cursor(TEAM, monday)));
    assert!(ana.write(|w| w.forget_cursor(TEAM, monday.plus_days(1))));
}

#[test]
fn dropped_content_is_not_there_but_counts_in_the_digest() {
    let ana = ana();
    let old = contact(
        id(1),
        20,
        fields([("note", "vervlogen".into()), ("odd", "extra".into())]),
    );
    ana.feed(&[old.clone(), contact(id(2), 20, note("mijn"))]);
    ana.edit("street_contact", id(2), note("nog bezig"));
    ana.write(|w| w.drop_content("street_contact", id(1)));
    ana.write(|w| w.drop_content("street_contact", id(2)));
    assert_eq!(ana.record("street_contact", id(1)), None);
    assert_eq!(ana.read(|r| r.search("vervlogen", 9)), []);
    assert_eq!(ana.shown(id(2), "note"), Some("nog bezig".into()));
    assert_eq!(
        ana.digest(),
        digest_of(&[old.clone(), contact(id(2), 20, note("mijn"))])
    );
    let left: i64 = ana
        .raw()
        .query_row(
            "select count(*) from street_contact where note = 'vervlogen' or extra is not null",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(left, 0);
    ana.feed(&[part(contact(id(1), 30, note("heropend")))]);
    assert_eq!(ana.read(|r| r.wanted(TEAM)), [id(1)]);
    assert_eq!(ana.record("street_contact", id(1)), None);
    ana.feed(&[contact(id(1), 30, note("heropend"))]);
    assert_eq!(ana.shown(id(1), "note"), Some("heropend".into()));
    assert_eq!(
        ana.digest(),
        digest_of(&[
            contact(id(1), 30, note("heropend")),
            contact(id(2), 20, note("mijn"))
        ])
    );
    ana.write(|w| w.drop_content("street_contact", id(1)));
    remove(&ana, 1, RemovalKind::Aged);
    assert_eq!(ana.digest(), digest_of(&[contact(id(2), 20, note("mijn"))]));
}

#[test]
fn an_own_change_to_a_record_whose_content_was_dropped_asks_for_the_whole() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("oud"))]);
    ana.write(|w| w.drop_content("street_contact", id(1)));
    ana.edit("street_contact", id(1), note("nieuw"));
    assert_eq!(ana.shown(id(1), "note"), Some("nieuw".into()));
    assert_eq!(ana.read(|r| r.wanted(TEAM)), [id(1)]);
    ana.feed(&[contact(
        id(1),
        20,
        fields([("note", "oud".into()), ("mood", "calm".into())]),
    )]);
    assert_eq!(ana.shown(id(1), "note"), Some("nieuw".into()));
    assert_eq!(ana.shown(id(1), "mood"), Some("calm".into()));
    ana.digest();
}

#[test]
fn a_page_of_many_kinds_is_taken_at_once() {
    let ana = ana();
    let page: Vec<FeedRecord> = (1..=60)
        .map(|number| match number % 3 {
            0 => feed("youth", id(number), 20, fields([("nickname", "Sami".into())])),
            1 => contact(id(number), 20, note("op het plein")),
            _ => feed(
                "participation",
                id(number),
                20,
                fields([("unknown", "rode jas".into())]),
            ),
        })
        .collect();
    ana.feed(&page);
    assert_eq!(ana.digest(), digest_of(&page));
    assert_eq!(ana.read(|r| r.search("sami", 99)).len(), 20);
    assert_eq!(ana.read(|r| r.search("rode", 99)).len(), 20);
}
