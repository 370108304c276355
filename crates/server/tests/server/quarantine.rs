//! What one change alone shows to be invalid or forbidden, and how that ends.

use crate::support::*;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::sync_log::{Base, Change, Eff, Resolution, Resolved, Seq, Verdict};
use drempel_domain::value::Value;
use drempel_server::{AdminError, space_id, user_id};
use std::collections::BTreeMap;

/// A change with that content in that space; what it must be refused for.
struct Case {
    what: &'static str,
    space: &'static str,
    record: &'static str,
    set: Vec<(&'static str, Value)>,
    code: &'static str,
    field: Option<&'static str>,
}

fn case(
    what: &'static str,
    record: &'static str,
    set: Vec<(&'static str, Value)>,
    code: &'static str,
    field: Option<&'static str>,
) -> Case {
    Case {
        what,
        space: "team",
        record,
        set,
        code,
        field,
    }
}

fn user(name: &str) -> Value {
    Value::Text(user_id(name).to_string())
}

fn cases() -> Vec<Case> {
    let nickname = || vec![("nickname", text("Deli"))];
    let elsewhere = |what, space, record, set, code, field| Case {
        space,
        ..case(what, record, set, code, field)
    };
    let long = "x".repeat(20_001);
    vec![
        case(
            "another type",
            "youth a",
            vec![("nickname", Value::Integer(1))],
            "wrong_type",
            Some("nickname"),
        ),
        case(
            "too long",
            "youth b",
            vec![("nickname", text(&long))],
            "text_too_long",
            Some("nickname"),
        ),
        case(
            "U+0000",
            "youth c",
            vec![("nickname", text("a\0b"))],
            "forbidden_character",
            Some("nickname"),
        ),
        case(
            "too many heads",
            "street_contact d",
            vec![("headcount", Value::Integer(501))],
            "out_of_range",
            Some("headcount"),
        ),
        case(
            "no such day",
            "youth e",
            vec![("birth_date", text("2010-02-30"))],
            "no_such_date",
            Some("birth_date"),
        ),
        case(
            "long ago",
            "street_contact f",
            vec![("occurred_at", text("1999-01-01T00:00:00.000Z"))],
            "date_out_of_range",
            Some("occurred_at"),
        ),
        case(
            "a BSN",
            "quick_note g",
            vec![("text", text("BSN 111.222.333"))],
            "looks_like_bsn",
            Some("text"),
        ),
        case(
            "no ground",
            "share h",
            vec![("purpose", text("x"))],
            "missing",
            Some("ground"),
        ),
        case(
            "of another author",
            "youth i",
            vec![("created_by", user("bo"))],
            "author_differs",
            Some("created_by"),
        ),
        case(
            "the server's own kind",
            "overwritten j",
            vec![("field", text("x"))],
            "reserved_collection",
            None,
        ),
        case(
            "the server's own kind",
            "shared_extract k",
            vec![("ground", text("x"))],
            "reserved_collection",
            None,
        ),
        case(
            "a forged mirror",
            "referral l",
            vec![("mirror_of", text("x"))],
            "wrong_type",
            Some("mirror_of"),
        ),
        case(
            "of another regime",
            "investigation_note m",
            vec![("facts", text("x"))],
            "wrong_regime",
            Some("space"),
        ),
        case(
            "U+0000 in a kind of later",
            "hologram n",
            vec![("x", text("a\0b"))],
            "unreadable",
            None,
        ),
        elsewhere(
            "a reader",
            "school",
            "youth o",
            nickname(),
            "reader_cannot_write",
            Some("space"),
        ),
        elsewhere(
            "no member",
            "police",
            "youth p",
            nickname(),
            "not_a_member",
            Some("space"),
        ),
        elsewhere(
            "no such space",
            "nowhere",
            "youth q",
            nickname(),
            "not_a_member",
            Some("space"),
        ),
    ]
}

#[tokio::test]
async fn what_is_invalid_or_forbidden_waits_with_its_reason_and_changes_nothing() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    for case in cases() {
        let space = space_id(case.space);
        let before = world.app.space_digests().unwrap().get(&space).copied();
        let change = ana.make(&world, space, case.record, &case.set);
        let record = change.record;
        let outcome = world.outcome(&mut ana, space, change).await;
        assert_quarantined(&outcome, case.code, case.field);
        assert!(outcome.eff.is_some(), "{}", case.what);
        assert_eq!(world.app.state_of(space, record).unwrap(), None, "{}", case.what);
        let after = world.app.space_digests().unwrap().get(&space).copied();
        assert_eq!(
            after.unwrap_or_default(),
            before.unwrap_or_default(),
            "{}",
            case.what
        );
    }
    let waiting = world.app.quarantine().unwrap();
    assert_eq!(waiting.len(), cases().len());
    assert!(waiting.iter().all(|entry| entry.change.is_some()));
}

#[tokio::test]
async fn an_edit_of_what_is_not_there_waits() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let edit = ana.change(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    assert_quarantined(
        &world.outcome(&mut ana, team(), edit).await,
        "unknown_record",
        None,
    );
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    assert_taken(&world.outcome(&mut ana, team(), made).await);
    let other_kind = ana.change(&world, team(), "goal deli", &[("text", text("x"))]);
    assert_quarantined(
        &world.outcome(&mut ana, team(), other_kind).await,
        "unknown_record",
        None,
    );
}

#[tokio::test]
async fn when_and_by_whom_a_record_was_made_stays() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let at = Value::Text(world.now().to_string());
    let set = [("created_at", at.clone()), ("created_by", user("ana"))];
    let made = ana.make(&world, team(), "youth deli", &set);
    assert_taken(&world.outcome(&mut ana, team(), made).await);
    let same = bo.change(&world, team(), "youth deli", &set);
    assert_taken(&world.outcome(&mut bo, team(), same).await);
    let stolen = bo.change(&world, team(), "youth deli", &[("created_by", user("bo"))]);
    let outcome = world.outcome(&mut bo, team(), stolen).await;
    assert_quarantined(&outcome, "immutable_field", Some("created_by"));
    let again = bo.make(&world, team(), "youth deli", &[("created_by", user("bo"))]);
    let outcome = world.outcome(&mut bo, team(), again).await;
    assert_quarantined(&outcome, "immutable_field", Some("created_by"));
}

#[tokio::test]
async fn an_answer_that_two_phones_made_apart_is_one_record() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let record = RecordId::new(uuid::Uuid::new_v5(&uuid::Uuid::nil(), b"pair"));
    for (device, who, same) in [(&mut ana, "ana", true), (&mut bo, "bo", false)] {
        let set = [("same", Value::Bool(same)), ("created_by", user(who))];
        let answer = Change {
            record,
            ..device.make(&world, team(), "same_moment pair", &set)
        };
        assert_taken(&world.outcome(device, team(), answer).await);
        world.pass(HOUR);
    }
    assert_eq!(world.value(team(), record, "same"), Some(Value::Bool(false)));
    assert_eq!(world.value(team(), record, "created_by"), Some(user("bo")));
    assert_eq!(world.count(team(), "overwritten"), 1);
}

#[tokio::test]
async fn an_author_may_say_that_a_number_is_no_bsn() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let number = || text("nr 111222333");
    let set = [("text", number()), ("not_bsn", Value::Bool(true))];
    let told = ana.make(&world, team(), "quick_note one", &set);
    assert_taken(&world.outcome(&mut ana, team(), told).await);
    let later = ana.change(&world, team(), "quick_note one", &[("text", number())]);
    assert_taken(&world.outcome(&mut ana, team(), later).await);
}

#[tokio::test]
async fn a_released_change_counts_when_it_was_made_and_reaches_others() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    world.pull(&mut bo, team()).await;
    let made = ana.make(
        &world,
        team(),
        "quick_note one",
        &[("text", text("nr 111222333"))],
    );
    let outcome = world.outcome(&mut ana, team(), made).await;
    assert_quarantined(&outcome, "looks_like_bsn", Some("text"));
    world.pass(DAY);
    world.app.release(team(), ana.id, Seq(1)).unwrap();
    assert_eq!(
        world.app.release(team(), ana.id, Seq(1)),
        Err(AdminError::NotInQuarantine)
    );

    let answer = world.pull(&mut bo, team()).await;
    assert_eq!(answer.records.len(), 1);
    assert_eq!(Some(answer.records[0].eff), outcome.eff);
    assert!(answer.records[0].whole);
    let expected = [Resolved {
        seq: Seq(1),
        by: Resolution::Released,
    }];
    assert_eq!(resolved(&world, &mut ana, &[1]).await, expected);
}

async fn resolved(world: &World, device: &mut Device, open: &[u64]) -> Vec<Resolved> {
    let mut request = device.request(world, team(), &[]);
    request.spaces[0].open = open.iter().map(|seq| Seq(*seq)).collect();
    world.ask(device, &request).await.spaces.remove(0).resolved
}

#[tokio::test]
async fn a_mended_change_is_closed_by_the_one_that_stands_in_its_place() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let bad = ana.make(
        &world,
        team(),
        "street_contact one",
        &[("headcount", Value::Integer(501))],
    );
    let outcome = world.outcome(&mut ana, team(), bad).await;
    assert_quarantined(&outcome, "out_of_range", Some("headcount"));
    assert_eq!(resolved(&world, &mut ana, &[1]).await, []);

    let still_bad = Change {
        instead_of: Some(Seq(1)),
        ..ana.make(
            &world,
            team(),
            "street_contact one",
            &[("headcount", Value::Integer(502))],
        )
    };
    world.outcome(&mut ana, team(), still_bad).await;
    assert_eq!(resolved(&world, &mut ana, &[1, 2]).await, []);

    let good = Change {
        instead_of: Some(Seq(2)),
        ..ana.make(
            &world,
            team(),
            "street_contact one",
            &[("headcount", Value::Integer(5))],
        )
    };
    assert_taken(&world.outcome(&mut ana, team(), good).await);
    let expected = [Resolved {
        seq: Seq(2),
        by: Resolution::Mended,
    }];
    assert_eq!(resolved(&world, &mut ana, &[1, 2]).await, expected);
}

#[tokio::test]
async fn what_its_author_throws_away_leaves_no_content() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let bad = ana.make(
        &world,
        team(),
        "quick_note one",
        &[("text", text("BSN 111222333"))],
    );
    let mut request = ana.request(&world, team(), std::slice::from_ref(&bad));
    world.ask(&ana, &request).await;
    request.spaces[0].changes.clear();
    request.spaces[0].discard = vec![Seq(1)];
    for _ in 0..2 {
        let answer = world.ask(&ana, &request).await;
        let expected = [Resolved {
            seq: Seq(1),
            by: Resolution::Discarded,
        }];
        assert_eq!(answer.spaces[0].resolved, expected);
    }
    assert_eq!(world.app.quarantine().unwrap(), []);
    assert_eq!(world.app.log_entries().unwrap()[0].body, None);
    // The retry of a lost reply is still no other change.
    ana.progress(team()).made = 1;
    let again = world.push(&mut ana, team(), &[bad]).await;
    assert_eq!(again.outcomes[0].verdict, Verdict::Quarantined);
}

#[tokio::test]
async fn an_administrator_can_discard_but_not_release_what_cannot_be_read() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let mut request = ana.request(&world, team(), &[]);
    let raw = serde_json::value::RawValue::from_string(r#"{"seq":1,"what":1}"#.to_owned()).unwrap();
    request.spaces[0].changes.push(raw);
    world.ask(&ana, &request).await;
    assert_eq!(
        world.app.release(team(), ana.id, Seq(1)),
        Err(AdminError::CannotBeReleased)
    );
    world.app.discard(team(), ana.id, Seq(1)).unwrap();
    assert_eq!(
        world.app.discard(team(), ana.id, Seq(1)),
        Err(AdminError::NotInQuarantine)
    );
    assert_eq!(
        world.app.discard(team(), ana.id, Seq(9)),
        Err(AdminError::NotInQuarantine)
    );
}

#[tokio::test]
async fn what_a_later_version_sends_is_kept_and_passed_on() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let set = [("shape", text("cube")), ("sides", Value::Integer(6))];
    let made = ana.make(&world, team(), "hologram one", &set);
    assert_taken(&world.outcome(&mut ana, team(), made).await);
    let made = ana.make(&world, team(), "youth deli", &[("shoe_size", Value::Integer(43))]);
    assert_taken(&world.outcome(&mut ana, team(), made).await);
    let answer = world.pull(&mut bo, team()).await;
    let hologram = answer
        .records
        .iter()
        .find(|record| record.collection == "hologram")
        .unwrap();
    assert_eq!(hologram.fields, fields(&set));
    let youth = answer
        .records
        .iter()
        .find(|record| record.collection == "youth")
        .unwrap();
    assert_eq!(youth.fields.get("shoe_size"), Some(&Value::Integer(43)));
}

#[tokio::test]
async fn a_base_that_no_server_gave_reaches_into_no_future() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    world.outcome(&mut ana, team(), made).await;
    let mut edit = bo.change(&world, team(), "youth deli", &[("nickname", text("Dali"))]);
    edit.base = seen("nickname", Eff::from_bits(u64::MAX));
    edit.base.extend(BTreeMap::from([(
        name("phone"),
        Base::Own {
            device: bo.id,
            seq: Seq(99),
        },
    )]));
    let outcome = world.outcome(&mut bo, team(), edit).await;
    assert_taken(&outcome);
    assert_eq!(outcome.eff, Some(Eff::of(world.now(), bo.id).after(bo.id)));
}

#[tokio::test]
async fn quarantine_in_a_space_that_does_not_exist_is_kept_but_never_released() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let nowhere: SpaceId = space_id("nowhere");
    let made = ana.make(&world, nowhere, "youth deli", &[("nickname", text("Deli"))]);
    world.outcome(&mut ana, nowhere, made).await;
    assert_eq!(
        world.app.release(nowhere, ana.id, Seq(1)),
        Err(AdminError::CannotBeReleased)
    );
}
