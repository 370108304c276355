//! What crosses from one space to another: shares, disclosures and referrals.

use crate::support::*;
use drempel_domain::id::{DeviceId, Id, RecordId, SpaceId};
use drempel_domain::record::{Link, Scalar as _};
use drempel_domain::records::sharing::correction_action_id;
use drempel_domain::sync_log::{Change, FeedRecord};
use drempel_domain::value::Value;
use drempel_server::{space_id, user_id};
use std::collections::BTreeMap;
use uuid::Uuid;

fn link(collection: &str, record: RecordId) -> Value {
    Link {
        collection: collection.to_owned(),
        record,
    }
    .write()
}

fn space(space: SpaceId) -> Value {
    Value::Text(space.to_string())
}

fn user(name: &str) -> Value {
    Value::Text(user_id(name).to_string())
}

/// A share of a young person's nickname and phone number with the casemanagers.
async fn shared(world: &World, ana: &mut Device) -> Change {
    let set = [
        ("nickname", text("Deli")),
        ("phone", text("06 0000 00 01")),
        ("address", text("Straat 1")),
    ];
    let youth = ana.make(world, team(), "youth deli", &set);
    let share = ana.make(
        world,
        team(),
        "share one",
        &[
            ("of", link("youth", id("deli"))),
            ("fields", Value::List(vec![text("nickname"), text("phone")])),
            ("to_space", space(space_id("cases"))),
            ("ground", text("toestemming")),
            ("purpose", text("samen kijken")),
            ("recipient", text("casemanagers")),
            ("expires", text("2026-06-01")),
        ],
    );
    let answer = world.push(ana, team(), &[youth, share.clone()]).await;
    answer.outcomes.iter().for_each(assert_taken);
    share
}

async fn only(world: &World, device: &mut Device, space: SpaceId, collection: &str) -> Option<FeedRecord> {
    let mut records = world.pull(device, space).await.records;
    records.retain(|record| record.collection == collection);
    assert!(records.len() <= 1);
    records.pop()
}

#[tokio::test]
async fn a_share_puts_the_chosen_fields_as_they_are_now_at_the_recipients() {
    let world = world();
    let (mut ana, mut chris) = (world.enrol("ana").await, world.enrol("chris").await);
    let cases = space_id("cases");
    shared(&world, &mut ana).await;
    let later = ana.change(&world, team(), "youth deli", &[("phone", text("06 0000 00 09"))]);
    world.push(&mut ana, team(), &[later]).await;
    let extract = only(&world, &mut chris, cases, "shared_extract").await.unwrap();
    let values = BTreeMap::from([
        ("nickname".to_owned(), text("Deli")),
        ("phone".to_owned(), text("06 0000 00 01")),
    ]);
    assert_eq!(extract.fields.get("values"), Some(&Value::Map(values)));
    assert_eq!(extract.fields.get("source"), Some(&text("Team")));
    assert_eq!(extract.fields.get("ground"), Some(&text("toestemming")));
    assert_eq!(extract.fields.get("created_by"), Some(&user("ana")));
    let everything = serde_json::to_string(&extract).unwrap();
    assert!(!everything.contains("Straat 1") && !everything.contains("00 09"));
}

#[tokio::test]
async fn withdrawing_marks_the_copy_and_asks_its_recipient_once() {
    let world = world();
    let (mut ana, mut chris) = (world.enrol("ana").await, world.enrol("chris").await);
    let cases = space_id("cases");
    let share = shared(&world, &mut ana).await;
    world.pull(&mut chris, cases).await;
    world.pass(HOUR);
    let set = [
        ("withdrawn", Value::Bool(true)),
        ("withdrawn_reason", text("bedacht")),
    ];
    let withdrawn = ana.change(&world, team(), "share one", &set);
    let at = world.now();
    assert_taken(&world.outcome(&mut ana, team(), withdrawn).await);
    let answer = world.pull(&mut chris, cases).await;
    let by_kind = |kind: &str| {
        answer
            .records
            .iter()
            .find(|record| record.collection == kind)
            .unwrap()
    };
    let extract = by_kind("shared_extract");
    assert_eq!(
        extract.fields,
        fields(&[("withdrawn_at", Value::Text(at.to_string()))])
    );
    let action = by_kind("action");
    assert_eq!(action.id, correction_action_id(Id::new(share.record)).record());
    assert_eq!(action.fields.get("kind"), Some(&text("correction")));
    assert!(action.fields.contains_key("title"));
}

#[tokio::test]
async fn an_action_that_the_withdrawers_device_made_itself_is_the_only_one() {
    let world = world();
    world
        .app
        .grant("chris", "team", drempel_domain::space::Role::Lead, world.now())
        .unwrap();
    let mut chris = world.enrol("chris").await;
    let cases = space_id("cases");
    let share = shared(&world, &mut chris).await;
    let action = Change {
        record: correction_action_id(Id::new(share.record)).record(),
        ..chris.make(&world, cases, "action x", &[("title", text("eigen woorden"))])
    };
    let withdrawn = chris.change(&world, team(), "share one", &[("withdrawn", Value::Bool(true))]);
    let (record, mut request) = (action.record, chris.request(&world, team(), &[withdrawn]));
    request
        .spaces
        .extend(chris.request(&world, cases, &[action]).spaces);
    let answer = world.ask(&chris, &request).await;
    answer
        .spaces
        .iter()
        .for_each(|space| assert_taken(&space.outcomes[0]));
    assert_eq!(world.count(cases, "action"), 1);
    assert_eq!(world.value(cases, record, "title"), Some(text("eigen woorden")));
    assert_eq!(world.count(cases, "overwritten"), 0);
}

#[tokio::test]
async fn a_disclosure_names_its_article_at_the_recipients() {
    let world = world();
    let (mut bo, mut chris) = (world.enrol("bo").await, world.enrol("chris").await);
    let police = space_id("police");
    let note = bo.make(
        &world,
        police,
        "investigation_note one",
        &[("facts", text("WPG-PROEF"))],
    );
    let set = [
        ("of", link("investigation_note", id("one"))),
        ("fields", Value::List(vec![text("occurred_at")])),
        ("to_space", space(space_id("cases"))),
        ("ground", text("openbare orde")),
        ("purpose", text("groepsaanpak")),
        ("recipient", text("overleg")),
        ("article", text("20")),
    ];
    let refused = bo.make(&world, police, "disclosure two", &set);
    let lawful: Vec<_> = set
        .into_iter()
        .chain([("decision_reference", text("SV-2026-014"))])
        .collect();
    let taken = bo.make(&world, police, "disclosure three", &lawful);
    let answer = world.push(&mut bo, police, &[note, refused, taken]).await;
    assert_quarantined(&answer.outcomes[1], "missing", Some("decision_reference"));
    assert_taken(&answer.outcomes[2]);
    let extract = only(&world, &mut chris, space_id("cases"), "shared_extract")
        .await
        .unwrap();
    assert_eq!(extract.fields.get("article"), Some(&text("20")));
    assert!(!serde_json::to_string(&extract).unwrap().contains("WPG-PROEF"));
}

#[tokio::test]
async fn a_referral_is_mirrored_to_the_casemanager_and_its_answer_back() {
    let world = world();
    let (mut ana, mut chris) = (world.enrol("ana").await, world.enrol("chris").await);
    let cases = space_id("cases");
    let set = [
        ("youth", Value::Text(id("deli").to_string())),
        ("to_kind", text("internal")),
        ("to_user", user("chris")),
        ("content", text("slaapplek")),
        ("reason", text("drie vragen")),
        (
            "answer",
            Value::Map(BTreeMap::from([("state".to_owned(), text("sent"))])),
        ),
    ];
    let referral = ana.make(&world, team(), "referral one", &set);
    assert_taken(&world.outcome(&mut ana, team(), referral).await);
    let mirror = only(&world, &mut chris, cases, "referral").await.unwrap();
    assert_eq!(mirror.fields.get("content"), Some(&text("slaapplek")));
    assert_eq!(mirror.fields.get("youth"), None);
    assert_eq!(mirror.fields.get("mirror_of"), Some(&link("referral", id("one"))));

    world.pass(HOUR);
    let refused = Value::Map(BTreeMap::from([
        ("reason".to_owned(), text("eerst briefadres")),
        ("state".to_owned(), text("refused")),
    ]));
    let answer = Change {
        record: mirror.id,
        ..chris.change(&world, cases, "referral x", &[("answer", refused.clone())])
    };
    let outcome = world.outcome(&mut chris, cases, answer).await;
    assert_taken(&outcome);
    let back = only(&world, &mut ana, team(), "referral").await.unwrap();
    assert_eq!(back.fields, fields(&[("answer", refused.clone())]));
    assert_eq!(
        Some(eff_of(&back, "answer")),
        outcome.eff.map(|eff| eff.after(DeviceId::new(Uuid::nil())))
    );

    // It has come to rest: nothing is mirrored to and fro.
    assert!(only(&world, &mut chris, cases, "referral").await.is_none());
    assert!(only(&world, &mut ana, team(), "referral").await.is_none());
    let sent_again = Value::Map(BTreeMap::from([("state".to_owned(), text("sent"))]));
    let edit = Change {
        base: seen("answer", eff_of(&back, "answer")),
        ..ana.change(&world, team(), "referral one", &[("answer", sent_again.clone())])
    };
    assert_taken(&world.outcome(&mut ana, team(), edit).await);
    let mirrored = only(&world, &mut chris, cases, "referral").await.unwrap();
    assert_eq!(mirrored.fields, fields(&[("answer", sent_again)]));
    assert_eq!(
        world.count(team(), "overwritten") + world.count(cases, "overwritten"),
        0
    );
}

#[tokio::test]
async fn a_referral_to_somebody_who_receives_none_stays_where_it_is() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let set = [("to_kind", text("internal")), ("to_user", user("bo"))];
    let referral = ana.make(&world, team(), "referral one", &set);
    assert_taken(&world.outcome(&mut ana, team(), referral).await);
    assert_eq!(world.count(space_id("cases"), "referral"), 0);
}

#[tokio::test]
async fn a_copy_that_was_under_way_is_finished_at_the_next_start_and_a_broken_one_holds_nothing_up() {
    let world = world();
    let cases = space_id("cases");
    let task = serde_json::json!({
        "space": cases,
        "collection": "action",
        "record": id("correction"),
        "fields": {"title": "niet meer gebruiken"},
        "eff": "019cafebeb800000",
        "when": "absent",
    });
    let file = world.data.path().join("drempel.sqlite");
    let database = rusqlite::Connection::open(file).unwrap();
    for task in ["{}", &task.to_string(), &task.to_string()] {
        database
            .execute("insert into copy_task (task) values (?1)", [task])
            .unwrap();
    }
    drop(database);
    let world = world.reopened();
    let title = world.value(cases, id("correction"), "title");
    assert_eq!(title, Some(text("niet meer gebruiken")));
}
