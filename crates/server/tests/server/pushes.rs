//! Changes on their way in: numbers, effective times, winners and what lost.

use crate::support::*;
use drempel_domain::sync_log::{Base, Change, Eff, Seq, Verdict};
use drempel_domain::time::Clocks;
use drempel_domain::value::Value;
use drempel_server::LogEntry;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[tokio::test]
async fn a_batch_that_is_sent_again_changes_nothing_and_is_answered_alike() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes = [
        ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]),
        ana.change(&world, team(), "youth deli", &[("phone", text("06 0000 00 01"))]),
    ];
    let request = ana.request(&world, team(), &changes);
    let first = world.ask(&ana, &request).await;
    let before = world.snapshot();
    for _ in 0..3 {
        world.pass(HOUR);
        let again = world.ask(&ana, &request).await;
        assert_eq!(again.spaces[0].outcomes, first.spaces[0].outcomes);
        assert_eq!(world.snapshot(), before);
    }
    assert_eq!(first.spaces[0].received_through, Seq(2));
}

#[tokio::test]
async fn a_retry_tells_what_was_lost_by_now() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let request = ana.request(&world, team(), std::slice::from_ref(&made));
    let first = world.ask(&ana, &request).await;
    assert!(first.spaces[0].outcomes[0].lost.is_empty());
    world.pass(HOUR);
    let edit = bo.change(&world, team(), "youth deli", &[("nickname", text("Dali"))]);
    assert_taken(&world.outcome(&mut bo, team(), edit).await);
    let again = world.ask(&ana, &request).await;
    assert_eq!(again.spaces[0].outcomes[0].lost, [name("nickname")]);
    assert_eq!(again.spaces[0].outcomes[0].eff, first.spaces[0].outcomes[0].eff);
}

#[tokio::test]
async fn a_gap_is_answered_with_the_number_expected() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let one = ana.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    let _lost = ana.make(&world, team(), "youth two", &[("nickname", text("Twee"))]);
    let three = ana.make(&world, team(), "youth three", &[("nickname", text("Drie"))]);
    let answer = world.push(&mut ana, team(), &[one, three.clone()]).await;
    assert_eq!(answer.expected, Some(Seq(2)));
    assert_eq!(answer.outcomes.len(), 1);
    assert_eq!(answer.received_through, Seq(1));

    let mut request = ana.request(&world, team(), &[three]);
    let lost = RawValue::from_string(r#"{"seq":2,"lost":true}"#.to_owned()).unwrap();
    request.spaces[0].changes.insert(0, lost);
    let answer = world.ask(&ana, &request).await;
    let verdicts: Vec<Verdict> = answer.spaces[0]
        .outcomes
        .iter()
        .map(|outcome| outcome.verdict)
        .collect();
    assert_eq!(verdicts, [Verdict::Missing, Verdict::Taken]);
}

#[tokio::test]
async fn one_bad_change_never_delays_another() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let good = |ana: &mut Device, name: &str| {
        ana.make(
            &world,
            team(),
            &format!("youth {name}"),
            &[("nickname", text(name))],
        )
    };
    let (one, five) = (good(&mut ana, "one"), {
        ana.progress(team()).made = 4;
        good(&mut ana, "five")
    });
    let mut request = ana.request(&world, team(), &[one, five]);
    let poison = [
        r#"{"seq":2,"collection":"youth","record":"x"}"#,
        r#"{"seq":3,"collection":"youth","record":"019cb2f4-a1b3-7000-8000-000000000000","new":true,
            "set":{"nickname":"\ud800"},"made":{"wall":0}}"#,
        r#"{"seq":4,"opaque":"AAEC"}"#,
    ];
    for (index, text) in poison.iter().enumerate() {
        let raw = RawValue::from_string((*text).to_owned()).unwrap();
        request.spaces[0].changes.insert(index + 1, raw);
    }
    let answer = world.ask(&ana, &request).await;
    let outcomes = &answer.spaces[0].outcomes;
    assert_eq!(outcomes.len(), 5);
    assert_taken(&outcomes[0]);
    for outcome in &outcomes[1..4] {
        assert_quarantined(outcome, "unreadable", None);
    }
    assert_taken(&outcomes[4]);
    assert_eq!(world.app.quarantine().unwrap().len(), 3);
}

#[tokio::test]
async fn an_edit_of_what_was_seen_wins_from_a_phone_whose_clock_is_a_year_behind() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let eff = world.outcome(&mut ana, team(), made).await.eff.unwrap();
    world.pass(HOUR);
    bo.clocks = Some(Clocks {
        wall: world.now().millis() - 365 * DAY,
        boot: None,
        mono: None,
    });
    let mut edit = bo.change(&world, team(), "youth deli", &[("nickname", text("Dali"))]);
    edit.made.wall -= 2 * HOUR;
    edit.base = seen("nickname", eff);
    let outcome = world.outcome(&mut bo, team(), edit).await;
    assert_eq!(outcome.eff, Some(eff.after(bo.id)));
    assert_eq!(world.value(team(), id("deli"), "nickname"), Some(text("Dali")));
    assert_eq!(overwritten(&world), 0);
}

#[tokio::test]
async fn a_clock_a_year_ahead_reaches_no_further_than_now() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let mut made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    made.made.wall += 365 * DAY;
    let outcome = world.outcome(&mut ana, team(), made).await;
    assert!(outcome.clamped);
    assert_eq!(outcome.eff, Some(Eff::of(world.now(), ana.id)));
}

#[tokio::test]
async fn a_base_of_an_own_change_in_the_same_batch_counts() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let mut edit = ana.change(&world, team(), "youth deli", &[("nickname", text("Dali"))]);
    edit.base = BTreeMap::from([(
        name("nickname"),
        Base::Own {
            device: ana.id,
            seq: made.seq,
        },
    )]);
    // The phone's clock was set back in between.
    edit.made.wall -= DAY;
    let answer = world.push(&mut ana, team(), &[made, edit]).await;
    assert!(answer.outcomes[1].eff > answer.outcomes[0].eff);
    assert_eq!(answer.outcomes[0].lost, [name("nickname")]);
    assert!(answer.outcomes[1].lost.is_empty());
    assert_eq!(world.value(team(), id("deli"), "nickname"), Some(text("Dali")));
    assert_eq!(overwritten(&world), 0);
}

#[tokio::test]
async fn a_value_that_lost_unseen_is_kept_and_sent_to_both() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let eff = world.outcome(&mut ana, team(), made).await.eff.unwrap();
    world.pull(&mut bo, team()).await;
    world.pass(HOUR);
    let mut of_ana = ana.change(&world, team(), "youth deli", &[("nickname", text("van Ana"))]);
    of_ana.base = seen("nickname", eff);
    world.pass(HOUR);
    let mut of_bo = bo.change(&world, team(), "youth deli", &[("nickname", text("van Bo"))]);
    of_bo.base = seen("nickname", eff);

    // The later one arrives first; the order of arrival decides nothing.
    assert_taken(&world.outcome(&mut bo, team(), of_bo).await);
    let answer = world.push(&mut ana, team(), &[of_ana]).await;
    assert_eq!(answer.outcomes[0].lost, [name("nickname")]);
    assert_eq!(world.value(team(), id("deli"), "nickname"), Some(text("van Bo")));
    let to_ana: Vec<_> = answer
        .records
        .iter()
        .filter(|record| record.collection == "overwritten")
        .collect();
    let to_bo = world.pull(&mut bo, team()).await;
    assert_eq!(to_ana.len(), 1);
    assert_eq!(
        to_bo
            .records
            .iter()
            .find(|record| record.collection == "overwritten"),
        Some(to_ana[0])
    );
    let row = &to_ana[0].fields;
    assert_eq!(row.get("value"), Some(&text("van Ana")));
    let user = |user| Value::Text(drempel_server::user_id(user).to_string());
    assert_eq!(row.get("author"), Some(&user("ana")));
    assert_eq!(row.get("winner"), Some(&user("bo")));
}

#[tokio::test]
async fn equal_values_written_apart_make_no_overwritten_row() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    for device in [&mut ana, &mut bo] {
        let made = device.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
        assert_taken(&world.outcome(device, team(), made).await);
        world.pass(HOUR);
    }
    assert_eq!(overwritten(&world), 0);
}

#[tokio::test]
async fn a_given_effective_time_stands_unless_it_lies_in_the_future() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let given = Eff::at(world.now().plus_millis(-DAY));
    let with = |ana: &mut Device, record: &str, given: Eff| Change {
        given: Some(given),
        ..ana.make(&world, team(), record, &[("nickname", text("x"))])
    };
    let past = with(&mut ana, "youth past", given);
    let future = with(&mut ana, "youth future", Eff::at(world.now().plus_millis(DAY)));
    let answer = world.push(&mut ana, team(), &[past, future]).await;
    assert_eq!(answer.outcomes[0].eff, Some(given));
    assert_eq!(answer.outcomes[1].eff, Some(Eff::of(world.now(), ana.id)));
}

#[tokio::test]
async fn the_log_keeps_what_lost_too() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    for device in [&mut ana, &mut bo] {
        let made = device.make(
            &world,
            team(),
            "youth deli",
            &[("nickname", text(&device.id.to_string()))],
        );
        assert_taken(&world.outcome(device, team(), made).await);
    }
    let log: Vec<LogEntry> = world.app.log_entries().unwrap();
    let kept: Vec<_> = log
        .iter()
        .map(|entry| entry.change.as_ref().unwrap().set["nickname"].clone())
        .collect();
    assert_eq!(kept.len(), 2);
    assert!(kept.contains(&text(&ana.id.to_string())));
    assert!(kept.contains(&text(&bo.id.to_string())));
}

fn overwritten(world: &World) -> usize {
    let log = world.app.log_entries().unwrap();
    assert!(log.iter().all(|entry| entry.verdict == Verdict::Taken));
    world.count(team(), "overwritten")
}
