//! A kill at any moment of a save or a synchronisation loses nothing that was acknowledged; for thousands of kills there
//! is the program `crash`.

use drempel_domain::id::RecordId;
use drempel_domain::records::contacts::StreetContact;
use drempel_tests::crash::deed::{Deed, text_of};
use drempel_tests::crash::life::draft_of;
use drempel_tests::crash::pocket_trial;
use drempel_tests::crash::promises::{Promises, halves};
use drempel_tests::crash::trial::run;
use drempel_tests::network::device::{enrol, open, team};
use drempel_tests::network::site::Site;
use std::path::Path;
use uuid::Uuid;

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let tally = run(
        Path::new(env!("CARGO_BIN_EXE_crash")),
        folder.path(),
        20,
        20_261_122,
    )
    .unwrap();
    assert_eq!(tally.lost, Vec::<String>::new());
    assert_eq!(tally.device_kills + tally.server_kills, 20);
    assert!(tally.saves > 0 && tally.received > 0, "{tally:?}");
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_a_phone_recorded_locked_or_open() {
    let folder = tempfile::tempdir().unwrap();
    let tally = pocket_trial::run(
        Path::new(env!("CARGO_BIN_EXE_crash")),
        folder.path(),
        12,
        20_261_124,
    );
    let tally = tally.unwrap();
    assert_eq!(tally.lost, Vec::<String>::new());
    assert!(tally.said > 0, "{tally:?}");
}

#[tokio::test]
async fn a_promise_that_is_not_kept_and_a_save_that_is_there_by_half_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::start(&folder.path().join("server")).await.unwrap();
    let ana = open(&folder.path().join("ana")).unwrap();
    enrol(&ana, &site.address(), "ana", &folder.path().join("code"))
        .await
        .unwrap();

    let never = RecordId::new(Uuid::from_u128(1));
    let mut promises = Promises::default();
    promises.note(Deed::Recorded {
        contact: never,
        people: 2,
    });
    promises.note(Deed::Edited {
        contact: never,
        version: 3,
    });
    promises.note(Deed::Drafted {
        draft: draft_of("ana"),
        version: 1,
    });
    assert_eq!(promises.broken_records(&ana).unwrap().len(), 2);
    assert_eq!(promises.broken_drafts(&ana).unwrap().len(), 1);

    let half = StreetContact {
        headcount: Some(drempel_domain::record::Whole(2)),
        note: Some(text_of(2)),
        place_text: Some(text_of(1)),
        ..StreetContact::default()
    };
    let _ = ana.create(team(&ana).unwrap(), &half).unwrap();
    assert_eq!(halves(&ana, 10).unwrap().len(), 2);
}
