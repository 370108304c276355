//! The invariants of the sync log: one that needs a town of its own, and for each that its check can fail.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use drempel_client::actions::YouthForm;
use drempel_domain::id::RecordId;
use drempel_domain::records::youths::Youth;
use drempel_domain::sync_log::Cells;
use drempel_domain::time::{MINUTE, Moment};
use drempel_tests::simulation::{Act, Deed, Network, Plan, Playable, Poison, Run, Step};
use drempel_tests::world::World;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// A short evening: records made and edited apart, one refused, one erased, everything delivered.
fn evening() -> Plan {
    let deed = |phone, deed, pick| Step::Deed { phone, deed, pick };
    let sync = |phone| Step::Sync {
        phone,
        network: Network::Works,
    };
    let mut steps = vec![
        deed(0, Deed::Note, 0),
        deed(0, Deed::Contact, 0),
        deed(0, Deed::Youth, 0),
        sync(0),
        sync(1),
    ];
    for pick in 0..40 {
        steps.extend([
            deed(0, Deed::Edit, pick),
            Step::Pass(MINUTE),
            deed(1, Deed::Edit, pick),
            deed(0, Deed::Edit, pick),
        ]);
    }
    steps.extend([
        deed(2, Deed::Contact, 1),
        deed(2, Deed::Poison(Poison::TooLong), 1),
        sync(0),
        sync(1),
        sync(2),
    ]);
    steps.push(Step::Office {
        act: Act::Erase,
        pick: 1,
    });
    Plan {
        seed: 5,
        phones: 3,
        each_look: 1,
        page: 2_000,
        steps,
    }
}

/// Plays the evening, does harm with the server's database or a phone's library, and tells which invariants break.
fn broken_by(harm: impl FnOnce(&Run, &Connection)) -> Vec<u8> {
    broken_after(&evening(), harm)
}

/// The same after any plan.
fn broken_after(plan: &Plan, harm: impl FnOnce(&Run, &Connection)) -> Vec<u8> {
    let mut run = Run::to_rest(plan).unwrap();
    let books = Connection::open(run.world().town().database()).unwrap();
    harm(&run, &books);
    drop(books);
    run.check().iter().map(|broken| broken.invariant).collect()
}

fn executed(connection: &Connection, sql: &str) {
    let changed = connection.execute(sql, []).unwrap();
    assert!(changed > 0, "the harm was not done: {sql}");
}

/// The library of the first phone, opened beside the app.
fn library(run: &Run) -> Connection {
    run.world().device("ana").library().connection()
}

#[test]
fn an_evening_without_harm_breaks_nothing() {
    assert_eq!(broken_by(|_, _| {}), Vec::<u8>::new());
}

#[test]
fn a_value_that_differs_between_a_phone_and_the_server_is_noticed() {
    let broken = broken_by(|run, _| executed(&library(run), "update street_contact set headcount = 77"));
    assert!(broken.contains(&1), "{broken:?}");
    let broken = broken_by(|_, books| executed(books, "update space_head set digest = zeroblob(16)"));
    assert!(broken.contains(&1), "{broken:?}");
}

#[test]
fn an_edit_that_counts_before_what_its_writer_saw_is_noticed() {
    let earliest = "update log set eff = 4294967296 where seq = (select max(seq) from log as other where other.stream = log.stream)";
    let broken = broken_by(|_, books| executed(books, earliest));
    assert!(broken.contains(&3) || broken.contains(&4), "{broken:?}");
}

#[test]
fn an_overwritten_value_that_is_kept_nowhere_is_noticed() {
    // A stormy evening, with values that were written apart.
    let lost = "delete from state where collection = 'overwritten'";
    let broken = broken_after(&Plan::of(11), |_, books| executed(books, lost));
    assert!(broken.contains(&5), "{broken:?}");
}

#[test]
fn a_change_that_was_never_received_is_noticed() {
    let broken = broken_by(|_, books| executed(books, "delete from log where seq = 2"));
    assert!(broken.contains(&5), "{broken:?}");
}

#[test]
fn a_request_that_counts_twice_is_noticed() {
    let forget = "update stream set last_seq = last_seq - 1";
    let last = "delete from log where not exists (select 1 from log as later where later.stream = log.stream and later.seq > log.seq)";
    let broken = broken_by(|_, books| {
        executed(books, last);
        executed(books, forget);
    });
    assert!(broken.contains(&6), "{broken:?}");
}

#[test]
fn a_change_that_counts_in_the_future_is_noticed() {
    let broken = broken_by(|_, books| executed(books, "update log set eff = eff + (1 << 50) where seq = 1"));
    assert!(broken.contains(&7), "{broken:?}");
}

#[test]
fn a_good_change_that_is_held_up_is_noticed() {
    let held = "update log set verdict = 'quarantined', reason_code = 'text_too_long' where seq = 1";
    let broken = broken_by(|_, books| executed(books, held));
    assert!(broken.contains(&9), "{broken:?}");
}

#[test]
fn a_word_of_another_space_on_any_page_is_noticed() {
    // The third phone is not in the team, where the first words were written.
    let broken = broken_by(|run, _| {
        let library = run.world().device("chris").library().connection();
        executed(
            &library,
            "insert into draft (id, form, content, updated_at) values (zeroblob(16), 'x', '\"woord1x\"', 1)",
        );
        executed(&library, "delete from draft");
        let _ = library.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
    });
    assert_eq!(broken, Vec::<u8>::new(), "what is deleted is overwritten");
    let broken = broken_by(|run, _| {
        let library = run.world().device("chris").library().connection();
        library.pragma_update(None, "secure_delete", false).unwrap();
        executed(
            &library,
            "insert into draft (id, form, content, updated_at) values (zeroblob(16), 'x', '\"woord1x\"', 1)",
        );
        executed(&library, "delete from draft");
        let _ = library.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
    });
    assert!(broken.contains(&10), "{broken:?}");
}

#[test]
fn an_erased_record_that_is_there_again_is_noticed() {
    let broken =
        broken_by(|_, books| executed(books, "update state set kind = 'live' where kind = 'erased'"));
    assert!(broken.contains(&11), "{broken:?}");
}

#[test]
fn half_a_record_is_noticed() {
    let broken = broken_by(|run, _| executed(&library(run), "update street_contact set created_by = null"));
    assert!(broken.contains(&15), "{broken:?}");
}

#[test]
fn a_space_on_the_phone_of_somebody_who_does_not_belong_to_it_is_noticed() {
    let broken = broken_by(|run, _| {
        let (ana, wpg) = (run.world().device("ana"), run.world().space("wpg"));
        let granted = serde_json::to_string(&ana.app().spaces().unwrap()[0]).unwrap();
        ana.app()
            .store()
            .write(|writer| writer.grant_space(wpg, &granted))
            .unwrap();
    });
    assert!(broken.contains(&16), "{broken:?}");
}

/// Three phones write in one field apart, at known moments, and deliver in that order: how the record ends, and which
/// values were kept aside.
fn end_of(order: [&str; 3]) -> (Cells, BTreeSet<RecordId>) {
    let world = World::new();
    for name in ["ana", "bo", "ana-tablet"] {
        world.device(name);
    }
    let form = YouthForm {
        youth: Youth {
            nickname: Some("Deli".to_owned()),
            ..Youth::default()
        },
        ..YouthForm::default()
    };
    let team = world.space("team");
    let youth = world
        .device("ana")
        .app()
        .create_youth(team, form)
        .unwrap()
        .first::<Youth>()
        .unwrap();
    world.settle();
    let begin = world.time().now();
    for (name, nickname, minute) in [("bo", "Dali", 2), ("ana", "Delano", 5), ("ana-tablet", "Del", 3)] {
        wait_until(&world, begin.plus_millis(minute * MINUTE));
        let rename = |youth: &mut Youth| youth.nickname = Some(nickname.to_owned());
        let _ = world.device(name).app().edit(youth, rename).unwrap();
    }
    wait_until(&world, begin.plus_millis(10 * MINUTE));
    for name in order {
        world.device(name).sync();
    }
    world.settle();
    world.assert_alike();
    let kept = world.device("bo").app().overwritten_of(youth.record()).unwrap();
    let end = world
        .town()
        .app()
        .state_of(team, youth.record())
        .unwrap()
        .unwrap();
    (end.cells, kept.iter().map(|value| value.id.record()).collect())
}

fn wait_until(world: &World, moment: Moment) {
    world.pass(moment.millis() - world.time().now().millis());
}

#[test]
fn in_whichever_order_phones_deliver_the_end_is_the_same() {
    let first = end_of(["ana", "bo", "ana-tablet"]);
    assert_eq!(first.0.get("nickname").unwrap().value, "Delano".into());
    assert_eq!(first.1.len(), 2);
    for order in [
        ["ana", "ana-tablet", "bo"],
        ["bo", "ana", "ana-tablet"],
        ["bo", "ana-tablet", "ana"],
        ["ana-tablet", "ana", "bo"],
        ["ana-tablet", "bo", "ana"],
    ] {
        assert_eq!(end_of(order), first, "{order:?}");
    }
}
