//! Who may see and write what, as time goes by.

use crate::support::*;
use drempel_domain::space::Role;
use drempel_protocol::synchronisation::SyncAnswer;
use drempel_server::{personal_space_name, space_id};

async fn greet(world: &World, device: &Device) -> SyncAnswer {
    world.ask(device, &device.greeting(world)).await
}

#[tokio::test]
async fn a_device_is_told_exactly_its_users_spaces_once() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let answer = greet(&world, &ana).await;
    let access = answer.access.unwrap();
    let mut names: Vec<_> = access
        .spaces
        .iter()
        .map(|granted| granted.space.name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["Alleen ik", "Leerplicht", "Ronde Noord", "Team"]);
    let team = access
        .spaces
        .iter()
        .find(|granted| granted.space.id == team())
        .unwrap();
    assert_eq!(team.role, Role::Member);
    assert_eq!(team.members.len(), 3);
    let configuration = answer.configuration.unwrap();
    assert_eq!(configuration.lists["districts"][0].label, "Noord");
    assert_eq!(configuration.settings["quick_note_days"], 14);
    assert_eq!(configuration.partners[0].name, "Club");

    let mut request = ana.request(&world, space_id("team"), &[]);
    request.access = Some(access.tag.clone());
    request.configuration = Some(configuration.tag.clone());
    let answer = world.ask(&ana, &request).await;
    assert_eq!((answer.access, answer.configuration), (None, None));

    world.app.set_code("topics", "vapes", "Vapes", true).unwrap();
    world.app.set_code("topics", "love", "Verkering", false).unwrap();
    world
        .app
        .grant("ana", "cases", Role::Reader, world.now())
        .unwrap();
    let answer = world.ask(&ana, &request).await;
    let topics = &answer.configuration.unwrap().lists["topics"];
    let topics: Vec<_> = topics
        .iter()
        .map(|code| (code.code.as_str(), code.active))
        .collect();
    assert_eq!(topics, [("school", true), ("love", false), ("vapes", true)]);
    assert_eq!(answer.access.unwrap().spaces.len(), 5);
}

#[tokio::test]
async fn an_administrator_sees_no_content() {
    let world = world();
    let mut dee = world.enrol("dee").await;
    assert_eq!(greet(&world, &dee).await.access.unwrap().spaces, []);
    let answer = world.pull(&mut dee, team()).await;
    assert_eq!((answer.cursor, answer.digest), (None, None));
    assert!(answer.records.is_empty());
}

#[tokio::test]
async fn a_space_that_is_not_ones_own_answers_like_one_that_is_not_there() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let mut bo = world.enrol("bo").await;
    let police = space_id("police");
    let made = bo.make(
        &world,
        police,
        "investigation_note one",
        &[("facts", text("WPG"))],
    );
    assert_taken(&world.outcome(&mut bo, police, made).await);
    let spaces = [police, space_id("nowhere"), space_id(&personal_space_name("bo"))];
    let mut answers = Vec::new();
    for space in spaces {
        let change = ana.make(&world, space, "youth deli", &[("nickname", text("Deli"))]);
        let mut answer = world.push(&mut ana, space, &[change]).await;
        answer.space = team();
        answers.push(serde_json::to_value(&answer).unwrap());
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[1], answers[2]);
}

#[tokio::test]
async fn what_was_made_before_a_membership_ended_counts_and_what_came_after_waits() {
    let world = world();
    let mut bo = world.enrol("bo").await;
    world.pull(&mut bo, team()).await;
    greet(&world, &bo).await;
    let before = bo.make(&world, team(), "youth before", &[("nickname", text("Voor"))]);
    world.pass(HOUR);
    world.app.revoke_membership("bo", "team", world.now()).unwrap();
    let at = bo.make(&world, team(), "youth at", &[("nickname", text("Na"))]);
    world.pass(HOUR);
    let mut request = bo.request(&world, team(), &[before, at]);
    let answer = world.ask(&bo, &request).await;
    let space = &answer.spaces[0];
    assert_taken(&space.outcomes[0]);
    assert_quarantined(&space.outcomes[1], "membership_ended", Some("space"));
    assert_eq!(space.cursor, None);
    assert!(space.records.is_empty());
    assert_eq!(answer.remove, [team()]);

    // Told again until it says that it has removed the space.
    request.spaces.clear();
    assert_eq!(world.ask(&bo, &request).await.remove, [team()]);
    let holds = || world.app.devices().unwrap()[0].holds.contains(&team());
    assert!(holds());
    request.removed = vec![team()];
    assert_eq!(world.ask(&bo, &request).await.remove, []);
    assert!(!holds());

    world.app.grant("bo", "team", Role::Member, world.now()).unwrap();
    let again = bo.make(&world, team(), "youth again", &[("nickname", text("Weer"))]);
    bo.progress(team()).received_through = drempel_domain::sync_log::Seq(2);
    assert_taken(&world.outcome(&mut bo, team(), again).await);
}

#[tokio::test]
async fn a_space_that_is_still_ones_own_is_not_forgotten_by_a_confirmation() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    greet(&world, &ana).await;
    let mut request = ana.request(&world, team(), &[]);
    request.removed = vec![team()];
    world.ask(&ana, &request).await;
    assert!(world.app.devices().unwrap()[0].holds.contains(&team()));
}

#[tokio::test]
async fn a_privacy_officer_reads_and_writes_requests_only() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let mut dee = world.enrol("dee").await;
    world
        .app
        .grant("dee", "team", Role::Privacy, world.now())
        .unwrap();
    let youth = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    assert_taken(&world.outcome(&mut ana, team(), youth).await);
    let refused = dee.make(&world, team(), "youth dali", &[("nickname", text("Dali"))]);
    let outcome = world.outcome(&mut dee, team(), refused).await;
    assert_quarantined(&outcome, "reader_cannot_write", Some("space"));
    let asked = ana.make(
        &world,
        team(),
        "access_request one",
        &[("asked_by", text("moeder"))],
    );
    assert_taken(&world.outcome(&mut ana, team(), asked).await);
    let answer = world.pull(&mut dee, team()).await;
    let kinds: Vec<_> = answer
        .records
        .iter()
        .map(|record| record.collection.as_str())
        .collect();
    assert_eq!(kinds, ["access_request"]);
    assert_eq!(answer.digest, None);
}
