//! The municipality file: what is refused, and what importing again does.

use crate::support::*;
use drempel_domain::value::Value;
use drempel_server::{ImportError, spot_id};
use serde_json::json;

#[tokio::test]
async fn a_wrong_file_is_refused_with_the_place_and_imports_nothing() {
    let world = world();
    let ana = world.enrol("ana").await;
    let before = (world.snapshot(), configuration(&world, &ana).await);
    type Alter = fn(&mut serde_json::Value);
    let cases: [(&str, Alter); 13] = [
        ("memberships[1].user", |file| {
            file["memberships"][1]["user"] = json!("zoe")
        }),
        ("memberships[0].space", |file| {
            file["memberships"][0]["space"] = json!("moon")
        }),
        ("memberships[0].from", |file| {
            file["memberships"][0]["from"] = json!("2026-02-30")
        }),
        ("memberships[0].until", |file| {
            file["memberships"][0]["until"] = json!("2025-01-01")
        }),
        ("users[1].id", |file| file["users"][1]["id"] = json!("ana")),
        ("spaces[0].id", |file| file["spaces"][0]["id"] = json!(" ")),
        ("spaces[2].kind", |file| {
            file["spaces"][2]["kind"] = json!("secret")
        }),
        ("spaces[2].regime", |file| {
            file["spaces"][2]["regime"] = json!("none")
        }),
        ("lists.topics[1].code", |file| {
            file["lists"]["topics"][1]["code"] = json!("a/b")
        }),
        ("spots[0].since", |file| {
            file["spots"][0]["since"] = json!("gisteren")
        }),
        ("spots[0].name", |file| {
            file["spots"][0]["name"] = json!("x".repeat(20_001))
        }),
        ("municipality.time_zone", |file| {
            file["municipality"]["time_zone"] = json!("Asia/Tokyo")
        }),
        ("municipality.administrator_phone", |file| {
            file["municipality"]["administrator_phone"] = json!("053 123 45 67 (kantoor)")
        }),
    ];
    for (expected, alter) in cases {
        let mut file: serde_json::Value = serde_json::from_str(MUNICIPALITY).unwrap();
        file["settings"]["quick_note_days"] = json!(99);
        alter(&mut file);
        match world.app.import(&file.to_string()) {
            Err(ImportError::Member { path, .. }) => assert_eq!(path, expected),
            other => panic!("{expected}: {other:?}"),
        }
        assert_eq!(
            (world.snapshot(), configuration(&world, &ana).await),
            before,
            "{expected}"
        );
    }
    for text in [
        "{",
        "{\n\"municipality\": 1}",
        &MUNICIPALITY.replace("\"spots\"", "\"spotz\""),
    ] {
        assert!(
            matches!(world.app.import(text), Err(ImportError::Shape { line: 1.., .. })),
            "{text}"
        );
    }
}

async fn configuration(world: &World, device: &Device) -> String {
    let request = device.greeting(world);
    world.ask(device, &request).await.configuration.unwrap().tag
}

#[tokio::test]
async fn importing_again_updates_and_leaves_what_people_changed() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let head = |answer: &drempel_protocol::synchronisation::SpaceAnswer| answer.cursor.unwrap().at;
    let first = world.pull(&mut ana, team()).await;
    assert_eq!(first.records.len(), 1);
    assert_eq!(first.records[0].fields.get("name"), Some(&text("Kiosk")));
    world.app.import(MUNICIPALITY).unwrap();
    assert_eq!(
        head(&world.pull(&mut ana, team()).await),
        head(&first),
        "nothing new"
    );

    world.pass(HOUR);
    let file = MUNICIPALITY
        .replace("Kiosk", "Oude kiosk")
        .replace("\"Ana\"", "\"Ana B\"");
    world.app.import(&file).unwrap();
    assert_eq!(
        world.value(team(), spot_id("kiosk"), "name"),
        Some(text("Oude kiosk"))
    );

    world.pass(HOUR);
    let renamed = drempel_domain::sync_log::Change {
        record: spot_id("kiosk"),
        ..ana.change(&world, team(), "spot x", &[("name", text("De kiosk"))])
    };
    assert_taken(&world.outcome(&mut ana, team(), renamed).await);
    world.app.revoke_membership("bo", "team", world.now()).unwrap();
    world.pass(HOUR);
    world
        .app
        .import(&file.replace("nuisance", "opportunity"))
        .unwrap();
    assert_eq!(
        world.value(team(), spot_id("kiosk"), "name"),
        Some(text("De kiosk"))
    );
    assert_eq!(
        world.value(team(), spot_id("kiosk"), "kind"),
        Some(text("opportunity"))
    );
    let request = ana.request(&world, team(), &[]);
    let access = world.ask(&ana, &request).await.access.unwrap();
    assert_eq!(access.user.name, "Ana B");
    let team = access
        .spaces
        .iter()
        .find(|granted| granted.space.id == team())
        .unwrap();
    assert_eq!(team.members.len(), 2, "bo stays out");
    assert_ne!(first.records[0].fields.get("active"), Some(&Value::Null));
}
