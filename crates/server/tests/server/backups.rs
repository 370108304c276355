//! Backups, restoring them, and opening what is there.

use crate::support::*;
use drempel_domain::sync_log::{Change, Seq, Verdict};
use drempel_server::{AdminError, App, OpenError};
use std::sync::Arc;

#[tokio::test]
async fn a_backup_makes_durable_what_it_covers() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let one = ana.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    assert_eq!(world.push(&mut ana, team(), &[one]).await.durable_through, Seq(0));
    let file = world.data.path().join("backup.sqlite");
    world.app.backup(&file).unwrap();
    assert_eq!(world.pull(&mut ana, team()).await.durable_through, Seq(1));
    let two = ana.make(&world, team(), "youth two", &[("nickname", text("Twee"))]);
    let answer = world.push(&mut ana, team(), &[two]).await;
    assert_eq!(
        (answer.received_through, answer.durable_through),
        (Seq(2), Seq(1))
    );
    assert!(matches!(world.app.backup(&file), Err(AdminError::File(_))));
}

#[tokio::test]
async fn a_restored_server_takes_back_what_devices_still_have_as_it_was() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let one = ana.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    let erased = ana.make(&world, team(), "youth erased", &[("nickname", text("Weg"))]);
    world.push(&mut ana, team(), &[one, erased]).await;
    let file = world.data.path().join("backup.sqlite");
    world.app.backup(&file).unwrap();
    let two = ana.make(&world, team(), "youth two", &[("nickname", text("Twee"))]);
    let given = world.outcome(&mut ana, team(), two.clone()).await.eff;
    world.app.erase(team(), id("erased")).unwrap();
    let digest = world.app.space_digests().unwrap();

    let data = world.data.path().to_owned();
    assert!(
        matches!(App::restore(&file, &data), Err(AdminError::File(_))),
        "the server runs"
    );
    let World {
        app,
        data: kept,
        clock,
        ids,
    } = world;
    drop(app);
    App::restore(&file, &data).unwrap();
    let app = App::open(&data, clock.clone(), ids.clone()).unwrap();
    let world = World {
        app,
        data: kept,
        clock,
        ids,
    };
    assert_eq!(
        world.value(team(), id("erased"), "nickname"),
        None,
        "replayed from the journal"
    );

    world.pass(DAY);
    let answer = world.pull(&mut ana, team()).await;
    assert!(answer.reread);
    assert_eq!(
        (answer.received_through, answer.durable_through),
        (Seq(2), Seq(2))
    );
    let again = Change { given, ..two };
    ana.progress(team()).received_through = Seq(2);
    let outcome = world.outcome(&mut ana, team(), again).await;
    assert_eq!((outcome.verdict, outcome.eff), (Verdict::Taken, given));
    assert_eq!(world.app.space_digests().unwrap(), digest);
}

#[tokio::test]
async fn what_was_taken_in_is_there_after_a_restart() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let one = ana.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    world.push(&mut ana, team(), &[one]).await;
    let before = world.snapshot();
    let world = world.reopened();
    assert_eq!(world.snapshot(), before);
    let answer = world.pull(&mut ana, team()).await;
    assert!(!answer.reread && answer.records.is_empty());
}

#[test]
fn one_directory_is_for_one_server_and_one_kind_of_file() {
    let world = world();
    let open = |path: &std::path::Path| App::open(path, world.clock.clone(), world.ids.clone());
    assert!(matches!(open(world.data.path()), Err(OpenError::InUse)));
    assert!(App::open_beside(world.data.path(), world.clock.clone(), world.ids.clone()).is_ok());

    let other = tempfile::tempdir().unwrap();
    assert!(matches!(
        open(&other.path().join("a/b")),
        Err(OpenError::Directory(_))
    ));
    let file = other.path().join("drempel.sqlite");
    std::fs::write(
        &file,
        "this is no database, whatever its name says; it is a letter to my mother",
    )
    .unwrap();
    assert!(matches!(open(other.path()), Err(OpenError::Foreign)));
    std::fs::remove_file(&file).unwrap();
    let foreign = rusqlite::Connection::open(&file).unwrap();
    foreign.execute_batch("create table mine (x)").unwrap();
    drop(foreign);
    let before = std::fs::read(&file).unwrap();
    assert!(matches!(open(other.path()), Err(OpenError::Foreign)));
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert!(matches!(
        App::restore(&file, other.path()),
        Err(AdminError::File(_))
    ));
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let World {
        app,
        data,
        clock,
        ids,
    } = world();
    drop(app);
    let file = data.path().join("drempel.sqlite");
    let newer = rusqlite::Connection::open(&file).unwrap();
    newer
        .execute(
            "insert into refinery_schema_history (version, name, applied_on, checksum)
             values (999, 'later', '2030-01-01T00:00:00Z', '1')",
            [],
        )
        .unwrap();
    drop(newer);
    let opened = App::open(data.path(), clock, Arc::clone(&ids) as _);
    assert!(matches!(opened, Err(OpenError::Newer)));
}
