//! Ageing, coming back, and erasing for ever.

use crate::support::*;
use drempel_domain::record::{Link, Scalar as _};
use drempel_domain::sync_log::{Digest, Eff, FeedRecord, RemovalKind, Resolution, Seq, Verdict};
use drempel_domain::value::Value;
use drempel_server::{Aged, Standing, personal_space_name, space_id};

fn reference(name: &str) -> Value {
    Value::Text(id(name).to_string())
}

/// A case with four records, closed; gives when the closing counts.
async fn closed_case(world: &World, ana: &mut Device) -> Eff {
    let youth = ana.make(world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let goal = ana.make(
        world,
        team(),
        "goal one",
        &[("youth", reference("deli")), ("text", text("school"))],
    );
    let contact = ana.make(
        world,
        team(),
        "street_contact contact",
        &[("note", text("op het bankje"))],
    );
    let took_part = [
        ("youth", reference("deli")),
        (
            "contact",
            Link {
                collection: "street_contact".to_owned(),
                record: id("contact"),
            }
            .write(),
        ),
    ];
    let participation = ana.make(world, team(), "participation p", &took_part);
    world
        .push(ana, team(), &[youth, goal, contact, participation])
        .await;
    world.pass(HOUR);
    let closed = ana.change(world, team(), "youth deli", &[("closed_on", text("2026-03-02"))]);
    world.outcome(ana, team(), closed).await.eff.unwrap()
}

#[tokio::test]
async fn a_closed_case_leaves_the_phones_comes_back_whole_and_is_gone_in_the_end() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    world.pull(&mut bo, team()).await;
    let empty = world.app.space_digests().unwrap()[&team()];
    let closed = closed_case(&world, &mut ana).await;
    world.pull(&mut bo, team()).await;
    assert_eq!(world.app.age().unwrap(), Aged::default());

    world.pass(90 * DAY);
    let aged = world.app.age().unwrap();
    assert_eq!(
        aged,
        Aged {
            off_devices: 4,
            ..Aged::default()
        }
    );
    let answer = world.pull(&mut bo, team()).await;
    assert_eq!(answer.removals.len(), 4);
    assert!(
        answer
            .removals
            .iter()
            .all(|removal| removal.kind == RemovalKind::Aged)
    );
    assert_eq!(answer.digest, Some(empty));
    assert_eq!(world.app.age().unwrap(), Aged::default());

    // Late work on it is taken in, and the phone is told again that the record is off the phones.
    let mut late = ana.change(&world, team(), "youth deli", &[("closed_on", Value::Null)]);
    late.base = seen("closed_on", closed);
    let answer = world.push(&mut ana, team(), &[late]).await;
    assert_taken(&answer.outcomes[0]);
    assert!(answer.removals.iter().any(|removal| removal.id == id("deli")));
    assert_eq!(
        world.app.age().unwrap(),
        Aged {
            back: 4,
            ..Aged::default()
        }
    );
    let answer = world.pull(&mut bo, team()).await;
    assert_eq!(answer.records.len(), 4);
    assert!(answer.records.iter().all(|record| record.whole));

    let mut closed = ana.change(&world, team(), "youth deli", &[("closed_on", text("2026-06-01"))]);
    closed.base = seen("closed_on", answer.records.iter().find_map(closing).unwrap());
    world.push(&mut ana, team(), &[closed]).await;
    world.pass(800 * DAY);
    assert_eq!(
        world.app.age().unwrap(),
        Aged {
            erased: 4,
            ..Aged::default()
        }
    );
    assert_eq!(world.app.space_digests().unwrap()[&team()], empty);
    let state = world.app.state_of(team(), id("deli")).unwrap().unwrap();
    assert_eq!(state.standing, Standing::Erased);
}

fn closing(record: &FeedRecord) -> Option<Eff> {
    let closed_on = record.fields.get("closed_on")?;
    assert!(closed_on.is_null());
    Some(eff_of(record, "closed_on"))
}

#[tokio::test]
async fn anonymous_contacts_and_unprocessed_notes_have_terms_of_their_own() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let own = space_id(&personal_space_name("ana"));
    let contact = ana.make(
        &world,
        team(),
        "street_contact one",
        &[("headcount", Value::Integer(4))],
    );
    world.push(&mut ana, team(), &[contact]).await;
    let note = ana.make(
        &world,
        own,
        "quick_note one",
        &[("text", text("navragen")), ("state", text("inbox"))],
    );
    world.push(&mut ana, own, &[note]).await;
    world.pass(13 * DAY);
    assert_eq!(world.app.age().unwrap(), Aged::default());
    world.pass(2 * DAY);
    assert_eq!(
        world.app.age().unwrap(),
        Aged {
            erased: 1,
            ..Aged::default()
        }
    );
    world.pass(16 * DAY);
    assert_eq!(
        world.app.age().unwrap(),
        Aged {
            off_devices: 1,
            ..Aged::default()
        }
    );
}

#[tokio::test]
async fn erasing_leaves_no_content_and_no_late_change_brings_it_back() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("GEHEIM een"))]);
    world.push(&mut ana, team(), std::slice::from_ref(&made)).await;
    world.pull(&mut bo, team()).await;
    let other = bo.make(&world, team(), "youth deli", &[("nickname", text("GEHEIM twee"))]);
    world.push(&mut bo, team(), &[other]).await;
    let wrong = ana.change(
        &world,
        team(),
        "youth deli",
        &[("phone", text("GEHEIM 111222333"))],
    );
    let outcome = world.outcome(&mut ana, team(), wrong).await;
    assert_quarantined(&outcome, "looks_like_bsn", Some("phone"));
    assert_eq!(world.count(team(), "overwritten"), 1);
    assert!(on_disk(&world, "GEHEIM"));

    world.app.erase(team(), id("deli")).unwrap();
    assert_eq!(world.count(team(), "overwritten"), 0);
    assert_eq!(world.app.quarantine().unwrap(), []);
    assert!(
        !on_disk(&world, "GEHEIM"),
        "state, log, lost values, free pages and write-ahead log"
    );
    let removals = world.pull(&mut bo, team()).await.removals;
    assert_eq!(removals.len(), 2);
    assert!(removals.iter().all(|removal| removal.kind == RemovalKind::Erased));

    let late = bo.change(&world, team(), "youth deli", &[("nickname", text("GEHEIM drie"))]);
    let outcome = world.outcome(&mut bo, team(), late).await;
    assert_eq!(outcome.verdict, Verdict::Erased);
    let mut retry = ana.request(&world, team(), &[made]);
    retry.spaces[0].open = vec![Seq(2)];
    let answer = world.ask(&ana, &retry).await.spaces.remove(0);
    assert_eq!(answer.outcomes[0].verdict, Verdict::Erased);
    assert_eq!(answer.resolved[0].by, Resolution::Discarded);
    assert!(!on_disk(&world, "GEHEIM"));
    assert_eq!(
        world.app.space_digests().unwrap()[&space_id("cases")],
        Digest::default()
    );
}

fn on_disk(world: &World, word: &str) -> bool {
    let files = std::fs::read_dir(world.data.path()).unwrap();
    files.into_iter().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    })
}
