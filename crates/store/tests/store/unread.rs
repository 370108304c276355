//! Records of kinds that this version does not know.

use crate::support::{Device, TEAM, ana, digest_of, feed, fields, gone, id, part};
use drempel_domain::sync_log::{Cursor, Digest, FeedRecord, Removal, RemovalKind};
use drempel_domain::value::Value;

fn robot(number: u128, eff: u64, name: &str) -> FeedRecord {
    feed(
        "robot",
        id(number),
        eff,
        fields([("name", name.into()), ("arms", 2i64.into())]),
    )
}

fn unread(ana: &Device) -> u64 {
    ana.read(|r| r.spaces())
        .into_iter()
        .find(|space| space.id == TEAM)
        .unwrap()
        .unread
}

#[test]
fn an_unknown_kind_is_kept_counted_and_merged() {
    let ana = ana();
    ana.feed(&[robot(1, 20, "een")]);
    assert_eq!(
        (unread(&ana), ana.digest()),
        (1, digest_of(&[robot(1, 20, "een")]))
    );
    ana.feed(&[part(feed("robot", id(1), 20, fields([("arms", Value::Null)])))]);
    let expected = feed("robot", id(1), 20, fields([("name", "een".into())]));
    assert_eq!(ana.digest(), digest_of(&[expected]));
    assert_eq!(ana.record("robot", id(1)), None);
}

#[test]
fn a_part_of_an_unknown_record_that_is_not_held_is_wanted() {
    let ana = ana();
    ana.feed(&[part(robot(1, 20, "half"))]);
    assert_eq!((unread(&ana), ana.read(|r| r.wanted(TEAM))), (0, vec![id(1)]));
}

#[test]
fn unknown_records_go_like_all_others() {
    let ana = ana();
    ana.feed(&[robot(1, 20, "een"), robot(2, 20, "twee"), robot(3, 20, "drie")]);
    ana.write(|w| {
        w.take_removals(
            TEAM,
            &[Removal {
                collection: "robot".to_owned(),
                ..gone(id(1), RemovalKind::Erased)
            }],
        )
    });
    assert_eq!(
        ana.digest(),
        digest_of(&[robot(2, 20, "twee"), robot(3, 20, "drie")])
    );
    ana.write(|w| w.begin_reread(TEAM));
    ana.feed(&[robot(3, 20, "drie")]);
    ana.write(|w| w.move_cursor(TEAM, Cursor::default(), false));
    assert_eq!(ana.digest(), digest_of(&[robot(3, 20, "drie")]));
    ana.write(|w| w.remove_space(TEAM));
    assert_eq!((unread(&ana), ana.digest()), (0, Digest::default()));
}

#[test]
fn after_an_upgrade_a_kind_that_is_known_now_moves_into_its_table() {
    let ana = ana();
    ana.feed(&[robot(1, 20, "Hal"), robot(2, 20, "een robot")]);
    // As an older version left it, to which a spot was what a robot is to this one.
    ana.raw()
        .execute(
            "update unread set collection = 'spot' where record = ?1",
            [id(1).uuid()],
        )
        .unwrap();
    let digest = ana.digest();
    let ana = ana.restart().unwrap();
    let stored = ana.record("spot", id(1)).unwrap();
    assert_eq!(
        stored.fields,
        fields([("name", "Hal".into()), ("arms", 2i64.into())])
    );
    assert!(stored.acknowledged);
    assert_eq!((ana.digest(), unread(&ana)), (digest, 1));
    assert_eq!(ana.read(|r| r.search("hal", 9)).len(), 1);
}
