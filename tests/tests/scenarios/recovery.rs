//! Coming back: copied phones, restored servers, damaged copies, erased records, kills.

use crate::support::*;
use drempel_domain::id::{Id, SpaceId};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::youths::Youth;
use drempel_domain::sync_log::{FeedRecord, Fields, Removal, RemovalKind};
use drempel_domain::time::{DAY, MINUTE};
use drempel_tests::world::{Device, World};

#[test]
fn a_copied_phone_gets_another_name_and_nothing_doubles() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let team = world.space("team");
    note(&ana, team, "van voor de kopie");
    let twin = world.twin(&ana, "ana-twin");
    note(&ana, team, "op het oude toestel");
    note(&twin, team, "op het nieuwe toestel");
    ana.sync();
    twin.sync();
    assert_ne!(ana.app().device().unwrap(), twin.app().device().unwrap());
    world.settle();
    let mut words = notes(&bo);
    words.sort();
    assert_eq!(
        words,
        [
            "op het nieuwe toestel",
            "op het oude toestel",
            "van voor de kopie"
        ]
    );
    assert_eq!(bo.app().overwritten_of(rows::<QuickNote>(&bo)[0].id).unwrap(), []);
    world.assert_alike();
}

#[test]
fn a_phone_whose_files_were_put_back_goes_on_under_another_name() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let deli = youth(&ana, world.space("team"), "Deli");
    let yesterday = ana.copy();
    rename(&ana, deli, "Dali");
    world.settle();
    let before = ana.app().device().unwrap();
    ana.go_back_to(&yesterday);
    note(&ana, world.space("team"), "na het terugzetten");
    world.settle();
    assert_ne!(ana.app().device().unwrap(), before);
    assert_eq!(nickname(&ana, deli).as_deref(), Some("Dali"));
    assert_eq!(notes(&bo), ["na het terugzetten"]);
    world.assert_alike();
}

#[test]
fn a_restored_server_gets_back_what_the_phones_still_have() {
    for silently in [false, true] {
        let world = World::new();
        let (ana, bo) = (world.device("ana"), world.device("bo"));
        let deli = youth(&ana, world.space("team"), "Deli");
        world.settle();
        world.town().back_up("night");
        rename(&ana, deli, "Dali");
        world.pass(MINUTE);
        note(&bo, world.space("team"), "na de reservekopie");
        world.settle();
        rename(&bo, deli, "Delano");
        world.settle();
        let before = world.town().app().space_digests().unwrap();
        match silently {
            true => world.town().restore_silently("night"),
            false => world.town().restore("night"),
        }
        world.settle();
        world.settle();
        assert_eq!(
            nickname(&ana, deli).as_deref(),
            Some("Delano"),
            "silently: {silently}"
        );
        assert_eq!(notes(&ana), ["na de reservekopie"]);
        assert_eq!(
            world.town().app().space_digests().unwrap(),
            before,
            "everything counts when it counted before"
        );
        world.assert_alike();
    }
}

#[test]
fn what_a_backup_covers_need_not_be_kept_on_the_phone() {
    let world = World::new();
    let ana = world.device("ana");
    let words = note(&ana, world.space("team"), "bewaard");
    ana.sync();
    let kept = |device: &Device| {
        device
            .app()
            .store()
            .read(|reader| reader.own_changes(words.record()))
            .unwrap()
            .len()
    };
    assert_eq!(kept(&ana), 1);
    world.town().back_up("night");
    ana.sync();
    assert_eq!(kept(&ana), 0);
    world.town().restore("night");
    world.settle();
    assert_eq!(notes(&ana), ["bewaard"]);
    world.assert_alike();
}

#[test]
fn a_part_of_a_record_that_is_not_on_the_phone_is_asked_for_whole() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let deli = youth(&ana, world.space("team"), "Deli");
    world.settle();
    take_out(&bo, world.space("team"), deli);
    rename(&ana, deli, "Dali");
    ana.sync();
    bo.sync();
    assert_eq!(nickname(&bo, deli).as_deref(), Some("Dali"));
    world.assert_alike();
}

/// Takes a record out of a library as if the server had said so.
fn take_out(device: &Device, space: SpaceId, youth: Id<Youth>) {
    let removal = Removal {
        id: youth.record(),
        collection: "youth".to_owned(),
        kind: RemovalKind::Aged,
    };
    device
        .app()
        .store()
        .take_in(|writer| writer.take_removals(space, &[removal]))
        .unwrap();
}

#[test]
fn a_damaged_copy_is_noticed_and_read_anew_and_own_work_stays() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let team = world.space("team");
    let deli = youth(&ana, team, "Deli");
    let kim = youth(&ana, team, "Kim");
    world.settle();
    take_out(&bo, team, deli);
    let damaged = FeedRecord {
        id: kim.record(),
        collection: "youth".to_owned(),
        eff: drempel_domain::sync_log::Eff::at(world.time().now().plus_millis(DAY)),
        effs: Default::default(),
        fields: Fields::from([(field("nickname"), "Kom".into())]),
        whole: false,
    };
    bo.app()
        .store()
        .take_in(|writer| writer.take_records(team, &[damaged]))
        .unwrap();
    bo.line().cut();
    let own = contact(&bo, team, 4);
    assert!(bo.try_sync().is_err());
    bo.line().mend();
    let report = bo.sync();
    assert_eq!(report.differed, [team]);
    assert_eq!(nickname(&bo, deli).as_deref(), Some("Deli"));
    assert_eq!(nickname(&bo, kim).as_deref(), Some("Kim"));
    assert!(bo.app().open_record(own).is_ok());
    world.settle();
    world.assert_alike();
}

#[test]
fn what_a_newer_version_wrote_survives_an_older_one() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let team = world.space("team");
    let report = force(
        &ana,
        team,
        "weather_report",
        &[("forecast/north", "buien".into())],
    );
    let later = force(
        &ana,
        team,
        "street_contact",
        &[("seen_by_drone_in_2031", "nee".into()), ("note", "stil".into())],
    );
    world.settle();
    let _ = bo
        .app()
        .edit(Id::<StreetContact>::new(later), |contact| {
            contact.note = Some("druk".into())
        })
        .unwrap();
    world.settle();
    world.assert_alike();
    let state = |record| world.town().app().state_of(team, record).unwrap().unwrap().cells;
    assert_eq!(state(report).get("forecast/north").unwrap().value, "buien".into());
    assert_eq!(
        state(later).get("seen_by_drone_in_2031").unwrap().value,
        "nee".into()
    );
    assert_eq!(state(later).get("note").unwrap().value, "druk".into());
    let unread = bo
        .app()
        .store()
        .read(|reader| reader.spaces())
        .unwrap()
        .iter()
        .map(|space| space.unread)
        .sum::<u64>();
    assert_eq!(unread, 1);
}

#[test]
fn an_erased_record_never_returns() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let team = world.space("team");
    let deli = youth(&ana, team, "Roodborstje");
    world.settle();
    world.town().back_up("night");
    rename(&bo, deli, "Roodborst");
    world.town().app().erase(team, deli.record()).unwrap();
    world.settle();
    world.town().restore("night");
    world.settle();
    for device in [&ana, &bo] {
        assert!(rows::<Youth>(device).is_empty());
        assert!(!holds(&device.library().plaintext(), "oodborst"));
    }
    assert_eq!(
        world
            .town()
            .app()
            .state_of(team, deli.record())
            .unwrap()
            .unwrap()
            .cells,
        Default::default()
    );
    world.assert_alike();
}

#[test]
fn a_phone_that_is_killed_at_any_step_of_a_sync_has_lost_and_doubled_nothing() {
    for (answers, steps) in [(0, 0), (1, 0), (1, 1), (1, 2), (1, 3), (2, 0), (2, 1), (3, 0)] {
        let world = World::with(1, 3);
        let (ana, bo) = (world.device("ana"), world.device("bo"));
        for number in 0..8 {
            note(&ana, world.space("team"), &format!("van ana {number}"));
            note(&bo, world.space("team"), &format!("van bo {number}"));
        }
        bo.sync();
        ana.kill_during_sync(answers, steps);
        world.settle();
        assert_eq!(
            notes(&ana).len(),
            16,
            "killed after {answers} answers and {steps} steps"
        );
        world.assert_alike();
    }
}
