//! Copied and restored phones, and restored servers.

use crate::support::*;
use drempel_domain::sync_log::{Change, Cursor, Seq};
use drempel_protocol::problem::Code;

#[tokio::test]
async fn a_number_with_another_content_gives_the_phone_a_new_identity_and_nothing_else() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let one = ana.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    assert_taken(&world.outcome(&mut ana, team(), one).await);
    ana.progress(team()).made = 0;
    let other = ana.make(&world, team(), "youth two", &[("nickname", text("Twee"))]);
    let before = world.app.space_digests().unwrap();
    let request = ana.request(&world, team(), std::slice::from_ref(&other));
    let answer = world.ask(&ana, &request).await;
    let new = answer.identity.unwrap();
    assert_ne!(new, ana.id);
    assert!(answer.spaces.is_empty() && answer.access.is_none());
    assert_eq!(world.app.space_digests().unwrap(), before);

    // A lost reply: the same number is found copied again, and answered with the same new one.
    assert_eq!(world.ask(&ana, &request).await.identity, Some(new));
    let old = ana.id;
    ana.id = new;
    ana.spaces.clear();
    let again = Change { seq: Seq(1), ..other };
    assert_taken(&world.outcome(&mut ana, team(), again).await);
    let devices = world.app.devices().unwrap();
    let known: Vec<_> = devices
        .iter()
        .map(|device| (device.id, device.split_from))
        .collect();
    assert_eq!(known, [(old, None), (new, Some(old))]);
}

#[tokio::test]
async fn two_copies_of_one_phone_live_on_under_numbers_of_their_own() {
    let world = world();
    let mut one = world.enrol("ana").await;
    let mut other = one.clone();
    let first = one.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    assert_taken(&world.outcome(&mut one, team(), first).await);
    let second = other.make(&world, team(), "youth two", &[("nickname", text("Twee"))]);
    let request = other.request(&world, team(), std::slice::from_ref(&second));
    other.id = world.ask(&other, &request).await.identity.unwrap();
    assert_taken(&world.outcome(&mut other, team(), second).await);
    for device in [&mut one, &mut other] {
        let name = format!("youth of {}", device.id);
        let next = device.make(&world, team(), &name, &[("nickname", text("Drie"))]);
        assert_eq!(next.seq, Seq(2));
        assert_taken(&world.outcome(device, team(), next).await);
    }
    assert_eq!(world.count(team(), "youth"), 4);
}

#[tokio::test]
async fn a_conflict_in_one_space_leaves_the_others_untouched() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let patrol = drempel_server::space_id("patrol");
    let one = ana.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    assert_taken(&world.outcome(&mut ana, team(), one).await);
    ana.progress(team()).made = 0;
    let other = ana.make(&world, team(), "youth two", &[("nickname", text("Twee"))]);
    let innocent = ana.make(&world, patrol, "round one", &[]);
    let innocent = Change {
        set: fields(&[("closing_summary", text("Rustig"))]),
        ..innocent
    };
    let mut request = ana.request(&world, patrol, &[innocent]);
    request
        .spaces
        .extend(ana.request(&world, team(), &[other]).spaces);
    let log = world.app.log_entries().unwrap();
    assert!(world.ask(&ana, &request).await.identity.is_some());
    assert_eq!(world.app.log_entries().unwrap(), log);
}

#[tokio::test]
async fn another_devices_name_opens_nothing() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let bo = world.enrol("bo").await;
    let made = ana.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    let mut request = ana.request(&world, team(), &[made]);
    request.device = bo.id;
    let before = world.snapshot();
    assert_eq!(world.ask(&ana, &request).await.identity, Some(ana.id));
    assert_eq!(world.snapshot(), before);
}

#[tokio::test]
async fn a_device_that_knows_more_than_the_server_begins_a_new_life_of_the_log() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let one = ana.make(&world, team(), "youth one", &[("nickname", text("Een"))]);
    assert_taken(&world.outcome(&mut ana, team(), one).await);
    for (what, received_through, at) in [("numbers", 9, 1), ("a cursor", 1, 99)] {
        let mut bo = world.enrol("bo").await;
        bo.progress(team()).received_through = Seq(received_through * u64::from(what == "numbers"));
        bo.progress(team()).cursor = Some(Cursor { since: at, at });
        let old = bo.epoch.unwrap();
        let request = bo.request(&world, team(), &[]);
        let answer = world.ask(&bo, &request).await;
        assert_ne!(answer.epoch, old, "{what}");
        assert!(answer.spaces[0].reread, "{what}");
        assert!(!answer.spaces[0].records.is_empty(), "{what}");

        // Everybody else reads again from the beginning too, once.
        ana.epoch = Some(old);
        let again = world.pull(&mut ana, team()).await;
        assert!(again.reread, "{what}");
        ana.epoch = Some(answer.epoch);
        let after = world.pull(&mut ana, team()).await;
        assert!(!after.reread && after.records.is_empty(), "{what}");

        // The same device cannot make all the others read again and again.
        bo.epoch = Some(answer.epoch);
        let request = bo.request(&world, team(), &[]);
        assert_eq!(world.ask(&bo, &request).await.epoch, answer.epoch, "{what}");
    }
}

#[tokio::test]
async fn a_revoked_device_is_told_so_at_its_next_request() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    world.app.revoke_device(ana.id, None).unwrap();
    let request = ana.request(&world, team(), &[]);
    assert_eq!(problem(world.post(&ana, &request).await).await, Code::Revoked);
}
