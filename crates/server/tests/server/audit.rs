//! The audit log: what is in it, that nobody's name is, and that no change of it stays hidden.

use crate::support::*;
use drempel_domain::space::Role;
use drempel_protocol::synchronisation::Opened;
use drempel_sealing::audit::Broken;
use drempel_server::AdminError;
use rusqlite::Connection;
use std::collections::BTreeSet;

fn names(world: &World) -> Vec<String> {
    let log = world.app.audit_log().unwrap();
    log.iter().map(|entry| entry.fields["event"].clone()).collect()
}

fn database(world: &World) -> Connection {
    Connection::open(world.data.path().join("drempel.sqlite")).unwrap()
}

/// Does each thing that is written down, once at least.
async fn eventful(world: &World) {
    let mut ana = world.enrol("ana").await;
    let youth = ana.make(world, team(), "youth deli", &[("nickname", text("SCHUILNAAM"))]);
    let bad = ana.make(
        world,
        team(),
        "street_contact dali",
        &[("headcount", text("SCHUILNAAM"))],
    );
    let held = ana.make(world, team(), "youth duli", &[("nickname", text("123456782"))]);
    world.push(&mut ana, team(), &[youth, bad, held]).await;
    let mut request = ana.greeting(world);
    request.opened = vec![opened("deli", "2026-03-02")];
    world.ask(&ana, &request).await;
    let printed = world
        .app
        .invite_team("team", &"https://drempel.example.nl".parse().unwrap())
        .unwrap();
    for printed in &printed[..2] {
        let code = printed.invitation.expose_code().to_string();
        world.enrol_with(&code, &code).await;
    }
    let waiting = world.app.waiting_devices().unwrap();
    world.app.confirm_device(&waiting[0].fingerprint).unwrap();
    world.app.refuse_device(&waiting[1].fingerprint).unwrap();
    world
        .app
        .grant("ana", "cases", Role::Reader, world.now())
        .unwrap();
    world.app.revoke_membership("ana", "cases", world.now()).unwrap();
    let waiting = world.app.quarantine().unwrap();
    assert_eq!(waiting.len(), 2);
    world.app.discard(team(), ana.id, waiting[0].seq).unwrap();
    world.app.release(team(), ana.id, waiting[1].seq).unwrap();
    world.app.rotate_keys().unwrap();
    world
        .app
        .backup(&world.data.path().join("backup.sqlite"))
        .unwrap();
    world
        .app
        .backup_keys(&world.data.path().join("keys-apart.json"))
        .unwrap();
    world.app.erase(team(), id("deli")).unwrap();
    world.app.revoke_device(ana.id, Some(world.now())).unwrap();
    let mut request = world.deposit_request(Vec::new(), Vec::new());
    request.removed = true;
    world.deposited(&ana, &request).await;
}

fn opened(record: &str, day: &str) -> Opened {
    Opened {
        youth: id(record),
        day: day.parse().unwrap(),
    }
}

#[tokio::test]
async fn what_matters_is_written_down_by_identifier_and_never_by_name() {
    let world = world();
    eventful(&world).await;
    let happened: BTreeSet<String> = names(&world).into_iter().collect();
    for event in [
        "imported",
        "invited",
        "enrolled",
        "dossier_opened",
        "confirmed",
        "refused",
        "granted",
        "membership_ended",
        "discarded",
        "released",
        "key_rotated",
        "backed_up",
        "keys_copied",
        "erased",
        "revoked",
        "removed",
    ] {
        assert!(happened.contains(event), "{event} is not in {happened:?}");
    }
    let log = world.app.audit_log().unwrap();
    for entry in &log {
        assert!(
            entry.fields.contains_key("at") && entry.fields.contains_key("actor"),
            "{entry:?}"
        );
        let text = format!("{:?}", entry.fields);
        for name in ["Ana", "Bo", "Chris", "Dee", "SCHUILNAAM", "Team", "kiosk"] {
            assert!(!text.contains(name), "{name} is in {text}");
        }
    }
    let verified = world.app.verify_audit(None).unwrap();
    assert_eq!(verified.entries, log.len() as u64);
}

#[tokio::test]
async fn a_dossier_is_noted_once_a_day_however_often_the_device_tells_and_shows_in_no_feed() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let mut bo = world.enrol("bo").await;
    let youth = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    world.push(&mut ana, team(), &[youth]).await;
    world.pull(&mut bo, team()).await;
    let before = world.snapshot();
    let mut request = ana.greeting(&world);
    request.opened = vec![opened("deli", "2026-03-02"), opened("deli", "2026-03-03")];
    for _ in 0..3 {
        world.ask(&ana, &request).await;
    }
    let noted = || {
        names(&world)
            .iter()
            .filter(|name| *name == "dossier_opened")
            .count()
    };
    assert_eq!(noted(), 2);
    let mut of_bo = bo.greeting(&world);
    of_bo.opened = vec![opened("deli", "2026-03-02")];
    world.ask(&bo, &of_bo).await;
    assert_eq!(noted(), 3);
    assert_eq!(world.snapshot(), before);
    assert!(world.pull(&mut bo, team()).await.records.is_empty());
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_delete_an_entry() {
    let world = world();
    eventful(&world).await;
    for sql in [
        "update audit set fields = '{}' where number = 2",
        "update audit set number = 99 where number = 2",
        "delete from audit where number = 2",
        "delete from audit",
    ] {
        assert!(database(&world).execute(sql, []).is_err(), "{sql}");
    }
    world.app.verify_audit(None).unwrap();
}

#[tokio::test]
async fn an_entry_that_was_edited_removed_or_cut_off_is_found() {
    type Spoil = (&'static str, &'static str, AdminError);
    let broken = |number| AdminError::AuditBroken(Broken { number });
    let cases: [Spoil; 4] = [
        (
            "edited",
            "update audit set fields = replace(fields, 'enrolled', 'invited') where number = 3",
            broken(3),
        ),
        ("removed", "delete from audit where number = 4", broken(4)),
        (
            "the first removed",
            "delete from audit where number = 1",
            broken(1),
        ),
        (
            "the end cut off",
            "delete from audit where number > 5",
            AdminError::AuditCut,
        ),
    ];
    for (what, sql, found) in cases {
        let world = world();
        eventful(&world).await;
        let head = world.app.verify_audit(None).unwrap().head;
        world.app.verify_audit(Some(head)).unwrap();
        let database = database(&world);
        database
            .execute_batch("drop trigger audit_is_not_updated; drop trigger audit_is_not_deleted;")
            .unwrap();
        assert!(database.execute(sql, []).unwrap() > 0, "{what}");
        assert_eq!(world.app.verify_audit(Some(head)), Err(found), "{what}");
    }
}

#[tokio::test]
async fn entries_go_on_after_a_restart() {
    let world = world();
    let before = world.app.verify_audit(None).unwrap();
    let world = world.reopened();
    world.enrol("ana").await;
    let after = world.app.verify_audit(Some(before.head)).unwrap();
    assert!(after.entries > before.entries);
}
