//! Sync tokens: the device moves on from one to the next, and whoever uses one after its end is a copy.

use crate::phones::*;
use crate::support::*;
use drempel_domain::sync_log::Seq;
use drempel_protocol::problem::Code;

impl World {
    /// Tells the server of a device's next token.
    async fn announce(&self, device: &Device, next: &str) {
        let mut request = device.greeting(self);
        request.next_token_sha256 = Some(token_hash(next));
        self.ask(device, &request).await;
    }

    async fn refused(&self, device: &Device) -> Code {
        problem(self.post(device, &device.greeting(self)).await).await
    }
}

/// The events of the audit log with that name.
fn events(world: &World, name: &str) -> usize {
    let log = world.app.audit_log().unwrap();
    let named = log.iter().filter(|entry| entry.fields["event"] == name);
    named.count()
}

#[tokio::test]
async fn a_lost_answer_and_six_days_without_network_harm_nobody() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    // Its answer is lost, so the device goes on with the token that it has.
    world.announce(&ana, "the-next-one").await;
    world.pass(6 * DAY);
    world.announce(&ana, "the-next-one").await;
    let old = std::mem::replace(&mut ana.token, "the-next-one".to_owned());
    world.ask(&ana, &ana.greeting(&world)).await;
    // What was under way with the old token still arrives, for a minute.
    world.pass(MINUTE - 1);
    ana.token = old;
    world.ask(&ana, &ana.greeting(&world)).await;
    assert_eq!(world.app.devices().unwrap()[0].copied_at, None);
}

#[tokio::test]
async fn a_token_that_is_used_after_its_end_ends_the_family_and_the_administrator_is_told() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let change = ana.make(&world, team(), "youth een", &[("nickname", text("Een"))]);
    world.announce(&ana, "of-the-thief").await;
    let old = std::mem::replace(&mut ana.token, "of-the-thief".to_owned());
    world.ask(&ana, &ana.greeting(&world)).await;
    world.pass(MINUTE);
    ana.token = old;
    let before = world.snapshot();
    assert_eq!(world.refused(&ana).await, Code::Revoked);
    let copied_at = world.app.devices().unwrap()[0].copied_at;
    assert_eq!(copied_at, Some(world.now()));
    assert_eq!(events(&world, "copy_found"), 1);
    // Both enrol again; the sealed work of the real one is still taken, for the lead to look at.
    for token in [ana.token.clone(), "of-the-thief".to_owned()] {
        let one = Device {
            token,
            spaces: Default::default(),
            keys: ana.keys.clone(),
            ..ana
        };
        assert_eq!(world.refused(&one).await, Code::Revoked);
    }
    assert_eq!(world.snapshot(), before);
    let entries = outbox(ana.id, sealing_key(&ana.keys), &[(team(), change)]);
    let taken = world.hand_in(&ana, entries, Vec::new()).await;
    assert_eq!(taken.received_through, Seq(1));
    let waiting = world.app.quarantine().unwrap();
    assert_eq!(waiting[0].reason.as_ref().unwrap().code, "device_revoked");
}

#[tokio::test]
async fn a_stolen_token_is_refused_at_the_next_request_after_revoking() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    world.announce(&ana, "the-next-one").await;
    world.ask(&ana, &ana.greeting(&world)).await;
    world.app.revoke_device(ana.id, None).unwrap();
    assert_eq!(world.refused(&ana).await, Code::Revoked);
    ana.token = "the-next-one".to_owned();
    assert_eq!(world.refused(&ana).await, Code::Revoked);
    assert_eq!(events(&world, "revoked"), 1);
}

#[tokio::test]
async fn nobody_moves_on_to_a_token_that_is_somebody_elses() {
    let world = world();
    let ana = world.enrol("ana").await;
    let bo = world.enrol("bo").await;
    world.announce(&ana, &bo.token).await;
    let answer = world.ask(&bo, &bo.greeting(&world)).await;
    assert_eq!(
        (answer.identity, answer.access.unwrap().user.name),
        (None, "Bo".to_owned())
    );
    world.ask(&ana, &ana.greeting(&world)).await;
}

#[tokio::test]
async fn a_next_token_that_is_no_hash_is_malformed_and_announces_nothing() {
    let world = world();
    let ana = world.enrol("ana").await;
    let mut request = ana.greeting(&world);
    for bad in ["", "abc", &token_hash("x").to_uppercase()] {
        request.next_token_sha256 = Some(bad.to_owned());
        let response = world.post(&ana, &request).await;
        assert_eq!(problem(response).await, Code::Malformed, "{bad}");
    }
}

#[tokio::test]
async fn a_device_never_gives_up_its_number_to_one_that_names_it() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let bo = world.enrol("bo").await;
    let mut request = ana.request(&world, team(), &[]);
    request.device = bo.id;
    let answer = world.ask(&ana, &request).await;
    assert_eq!((answer.identity, answer.lock), (Some(ana.id), Some(ana.lock)));
    request.device = ana.lock;
    assert_eq!(world.ask(&ana, &request).await.identity, Some(ana.id));
}
