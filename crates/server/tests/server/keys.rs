//! The server's keys: leases that verify, a rotation that loses nothing, and no key in the database.

use crate::phones::*;
use crate::support::*;
use drempel_domain::sync_log::Seq;
use drempel_domain::time::DAY as A_DAY;
use drempel_protocol::keys::ServerKeys;
use drempel_sealing::lease::{Lease, LeasePublicKey};
use std::os::unix::fs::PermissionsExt as _;

fn lease_keys(keys: &ServerKeys) -> Vec<LeasePublicKey> {
    let key = |text: &String| serde_json::from_value(serde_json::Value::from(text.as_str())).unwrap();
    keys.lease.iter().map(key).collect()
}

#[tokio::test]
async fn a_lease_is_signed_for_the_device_that_asks_and_only_when_its_own_is_old() {
    let world = world();
    let ana = world.enrol("ana").await;
    let mut request = ana.greeting(&world);
    assert_eq!(
        world.ask(&ana, &request).await.lease,
        None,
        "it was given one just now"
    );
    world.pass(15 * MINUTE);
    let signed = world.ask(&ana, &request).await.lease.unwrap();
    let lease = Lease::verify(&signed, &lease_keys(&ana.keys), ana.id).unwrap();
    assert_eq!(lease.server_time, world.now());
    assert_eq!(lease.terms.read_lock_after(), 7 * A_DAY);
    assert_eq!(lease.terms.purge_after(), 14 * A_DAY);
    for (has, what) in [
        (None, "it has none"),
        (
            Some(world.now().millis() + 1),
            "its lease is of the server's future",
        ),
    ] {
        request.lease = has;
        assert!(world.ask(&ana, &request).await.lease.is_some(), "{what}");
    }
}

#[tokio::test]
async fn the_terms_of_a_lease_are_the_municipalitys() {
    let world = world();
    let ana = world.enrol("ana").await;
    let with = |read_lock: i64, purge: i64| {
        let settings = serde_json::json!({"lease_read_lock_days": read_lock, "lease_purge_days": purge});
        let mut file: serde_json::Value = serde_json::from_str(MUNICIPALITY).unwrap();
        file["settings"] = settings;
        file.to_string()
    };
    world.app.import(&with(3, 10)).unwrap();
    let mut request = ana.greeting(&world);
    request.lease = None;
    let signed = world.ask(&ana, &request).await.lease.unwrap();
    let lease = Lease::verify(&signed, &lease_keys(&ana.keys), ana.id).unwrap();
    assert_eq!(lease.terms.read_lock_after(), 3 * A_DAY);
    for (read_lock, purge) in [(0, 14), (14, 14), (-1, 14), (7, 366), (7, i64::MAX)] {
        assert!(
            world.app.import(&with(read_lock, purge)).is_err(),
            "{read_lock} {purge}"
        );
    }
}

#[tokio::test]
async fn after_a_rotation_devices_are_told_and_what_was_sealed_before_still_opens() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let changes: Vec<_> = ["een", "twee"]
        .map(|name| {
            ana.make(
                &world,
                team(),
                &["youth ", name].concat(),
                &[("nickname", text(name))],
            )
        })
        .into();
    let before = outbox(ana.id, sealing_key(&ana.keys), &[(team(), changes[0].clone())]);
    let rotated = world.app.rotate_keys().unwrap();
    let answer = world.ask(&ana, &ana.greeting(&world)).await;
    let keys = answer.keys.unwrap();
    assert_eq!(sealing_key(&keys).id(), rotated);
    let mut request = ana.greeting(&world);
    request.lease = None;
    let signed = world.ask(&ana, &request).await.lease.unwrap();
    let known_before = lease_keys(&ana.keys);
    assert!(
        Lease::verify(&signed, &known_before, ana.id).is_ok(),
        "the next key was known"
    );
    let old = std::mem::replace(&mut ana.keys, keys);
    assert_ne!(old.sealing, ana.keys.sealing);
    assert_eq!(world.ask(&ana, &ana.greeting(&world)).await.keys, None);
    let mut entries = before;
    entries.extend(outbox(
        ana.id,
        sealing_key(&ana.keys),
        &[(team(), changes[1].clone())],
    ));
    let taken = world.hand_in(&ana, entries, Vec::new()).await;
    assert_eq!((taken.received_through, taken.unreadable.len()), (Seq(2), 0));
    assert_eq!(world.count(team(), "youth"), 2);
    let world = world.reopened();
    assert_eq!(
        world.ask(&ana, &ana.greeting(&world)).await.keys,
        None,
        "also after a restart"
    );
}

#[tokio::test]
async fn private_keys_are_their_owners_alone_and_in_no_database_and_no_backup() {
    let world = world();
    world.enrol("ana").await;
    world.app.rotate_keys().unwrap();
    let file = world.data.path().join("keys.json");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let mut secrets = Vec::new();
    for name in ["sealing", "lease"] {
        let keys = kept[name].as_array().unwrap().iter();
        secrets.extend(keys.map(|key| key.as_str().unwrap().to_owned()));
    }
    secrets.push(kept["codes"].as_str().unwrap().to_owned());
    assert_eq!(secrets.len(), 5);
    let backup = world.data.path().join("backup.sqlite");
    world.app.backup(&backup).unwrap();
    for path in [
        backup,
        world.data.path().join("drempel.sqlite"),
        world.data.path().join("drempel.sqlite-wal"),
    ] {
        let found = std::fs::read(path).unwrap();
        for secret in &secrets {
            let raw =
                base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, secret).unwrap();
            for form in [secret.as_bytes(), &raw] {
                assert!(!found.windows(form.len()).any(|window| window == form));
            }
        }
    }
    let copy = world.data.path().join("keys-apart.json");
    world.app.backup_keys(&copy).unwrap();
    assert_eq!(
        std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(
        world.app.backup_keys(&copy).is_err(),
        "an older copy is never overwritten"
    );
}

#[tokio::test]
async fn a_server_that_lost_its_keys_goes_on_with_new_ones_and_says_what_it_cannot_open() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let youth = ana.make(&world, team(), "youth een", &[("nickname", text("Een"))]);
    let sealed = outbox(ana.id, sealing_key(&ana.keys), &[(team(), youth.clone())]);
    std::fs::remove_file(world.data.path().join("keys.json")).unwrap();
    let world = world.reopened();
    let mut request = ana.greeting(&world);
    request.lease = None;
    let answer = world.ask(&ana, &request).await;
    let keys = answer.keys.unwrap();
    assert!(Lease::verify(&answer.lease.unwrap(), &lease_keys(&keys), ana.id).is_ok());
    let taken = world.hand_in(&ana, sealed, Vec::new()).await;
    assert_eq!(
        (taken.received_through, taken.unreadable.as_slice()),
        (Seq(0), &[Seq(1)][..])
    );
    let outcome = world.outcome(&mut ana, team(), youth).await;
    assert_taken(&outcome);
}
