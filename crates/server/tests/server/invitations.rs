//! Printed invitations: forty phones in one sitting, and none of them before the administrator has compared.

use crate::phones::own_space;
use crate::support::*;
use drempel_protocol::enrolment::{EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::problem::Code;
use drempel_sealing::fingerprint::Fingerprint;
use drempel_sealing::invitation::Invitation;
use drempel_server::{AdminError, PrintedInvitation, invitation_sheets};
use http::StatusCode;
use std::collections::BTreeSet;

fn address() -> drempel_sealing::invitation::ServerAddress {
    "https://drempel.example.nl".parse().unwrap()
}

/// The invitation of a person of the team.
fn invitation(world: &World, name: &str) -> PrintedInvitation {
    let printed = world.app.invite_team("team", &address()).unwrap();
    printed.into_iter().find(|printed| printed.name == name).unwrap()
}

/// What the phone's own screen shows, computed from what the phone made.
fn shown(request: &EnrolmentRequest) -> String {
    fn hash(text: &str) -> Vec<u8> {
        let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
        (0..32).map(byte).collect()
    }
    let token = hash(&request.token_sha256);
    let deposit = hash(&request.deposit_token_sha256);
    let key = capture_key().public().unwrap().to_bytes();
    Fingerprint::of([&key[..], &token, &deposit]).to_string()
}

async fn answer(world: &World, request: &EnrolmentRequest) -> EnrolmentAnswer {
    serde_json::from_slice(&bytes(world.enrol_by(request).await).await).unwrap()
}

#[tokio::test]
async fn an_invitation_is_inert_until_the_administrator_has_compared_the_fingerprint() {
    let world = world();
    let printed = invitation(&world, "Ana");
    let scanned = Invitation::from_text(&printed.invitation.expose_text()).unwrap();
    let request = enrolment_request(&scanned.expose_code(), "one");
    for _ in 0..2 {
        let response = world.enrol_by(&request).await;
        assert_eq!(response.status(), StatusCode::ACCEPTED);
        let told = String::from_utf8(bytes(response).await).unwrap();
        assert!(!told.contains("Ana") && !told.contains("device"), "{told}");
    }
    assert_eq!(world.app.devices().unwrap(), []);
    let waiting = world.app.waiting_devices().unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        (&waiting[0].fingerprint, waiting[0].user_name.as_str()),
        (&shown(&request), "ana")
    );
    assert_eq!(
        world.app.confirm_device("0000 0000 0000 0000 0000 0000"),
        Err(AdminError::NobodyWaits)
    );
    world.app.confirm_device(&shown(&request)).unwrap();
    assert_eq!(
        world.app.confirm_device(&shown(&request)),
        Err(AdminError::NobodyWaits)
    );

    let EnrolmentAnswer::Enrolled(first) = answer(&world, &request).await else {
        panic!("it was confirmed")
    };
    assert_eq!(
        (first.user_name.as_str(), first.personal),
        ("Ana", Some(own_space("ana")))
    );
    assert_eq!(answer(&world, &request).await, EnrolmentAnswer::Enrolled(first));
}

#[tokio::test]
async fn whoever_found_the_paper_is_told_apart_by_the_fingerprint_and_sent_away() {
    let world = world();
    let code = invitation(&world, "Ana").invitation.expose_code().to_string();
    let thief = enrolment_request(&code, "thief");
    let ana = enrolment_request(&code, "ana");
    for request in [&thief, &ana] {
        assert_eq!(world.enrol_by(request).await.status(), StatusCode::ACCEPTED);
    }
    assert_eq!(world.app.waiting_devices().unwrap().len(), 2);
    world.app.confirm_device(&shown(&ana)).unwrap();
    assert_eq!(world.enrol_by(&ana).await.status(), StatusCode::CREATED);
    assert_eq!(problem(world.enrol_by(&thief).await).await, Code::CodeNotValid);
    assert_eq!(world.app.waiting_devices().unwrap(), []);
    assert_eq!(world.app.devices().unwrap().len(), 1);
}

#[tokio::test]
async fn an_invitation_that_is_unknown_used_refused_or_over_answers_like_a_wrong_code() {
    let world = world();
    let mut answers = vec![bytes(world.enrol_with("ZZZZ-ZZZZ-ZZZZ", "x").await).await];
    let unknown = Invitation::generate(
        address(),
        &mut drempel_sealing::randomness::Randomness::repeatable([9; 32]),
    );
    answers.push(bytes(world.enrol_with(&unknown.expose_code(), "x").await).await);
    let used = invitation(&world, "Ana").invitation.expose_code().to_string();
    let request = enrolment_request(&used, "one");
    world.enrol_by(&request).await;
    world.app.confirm_device(&shown(&request)).unwrap();
    answers.push(bytes(world.enrol_with(&used, "another").await).await);
    let refused = invitation(&world, "Ana").invitation.expose_code().to_string();
    let request = enrolment_request(&refused, "two");
    world.enrol_by(&request).await;
    world.app.refuse_device(&shown(&request)).unwrap();
    answers.push(bytes(world.enrol_by(&request).await).await);
    let over = invitation(&world, "Ana").invitation.expose_code().to_string();
    let request = enrolment_request(&over, "three");
    world.pass(72 * HOUR - 1);
    assert_eq!(world.enrol_by(&request).await.status(), StatusCode::ACCEPTED);
    world.pass(1);
    answers.push(bytes(world.enrol_by(&request).await).await);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(
        world.app.confirm_device(&shown(&request)),
        Err(AdminError::NobodyWaits)
    );
}

#[tokio::test]
async fn a_few_devices_may_wait_with_one_invitation_and_no_more() {
    let world = world();
    let code = invitation(&world, "Ana").invitation.expose_code().to_string();
    let mut answers = Vec::new();
    for number in 0..6 {
        let response = world.enrol_with(&code, &format!("phone-{number}")).await;
        answers.push(response.status().as_u16());
    }
    assert_eq!(answers, [202, 202, 202, 202, 202, 403]);
    assert_eq!(
        world.enrol_with(&code, "phone-0").await.status(),
        StatusCode::ACCEPTED
    );
}

#[tokio::test]
async fn forty_phones_are_invited_scanned_and_confirmed_in_one_sitting() {
    let world = world();
    let mut file: serde_json::Value = serde_json::from_str(MUNICIPALITY).unwrap();
    for number in 0..37 {
        let id = format!("coach-{number:02}");
        let user =
            serde_json::json!({"id": id, "name": format!("Coach {number:02}"), "function": "youth_coach"});
        file["users"].as_array_mut().unwrap().push(user);
        let membership =
            serde_json::json!({"user": id, "space": "team", "role": "member", "from": "2026-01-05"});
        file["memberships"].as_array_mut().unwrap().push(membership);
    }
    world.app.import(&file.to_string()).unwrap();
    let printed = world.app.invite_team("team", &address()).unwrap();
    assert_eq!(printed.len(), 40);
    let sheets = invitation_sheets(&printed).unwrap();
    assert_eq!(sheets.matches("<section>").count(), 40);
    let codes: BTreeSet<String> = printed
        .iter()
        .map(|printed| printed.invitation.expose_code().to_string())
        .collect();
    assert_eq!(codes.len(), 40);
    for code in &codes {
        assert!(sheets.contains(code.as_str()));
        assert_eq!(world.enrol_with(code, code).await.status(), StatusCode::ACCEPTED);
    }
    for waiting in world.app.waiting_devices().unwrap() {
        world.app.confirm_device(&waiting.fingerprint).unwrap();
    }
    let mut devices = BTreeSet::new();
    for code in &codes {
        let response = world.enrol_with(code, code).await;
        devices.insert(enrolled(&bytes(response).await).device);
    }
    assert_eq!((devices.len(), world.app.devices().unwrap().len()), (40, 40));
    assert_eq!(
        world.app.invite_team("nowhere", &address()).unwrap_err(),
        AdminError::NoSuchSpace
    );
}

#[tokio::test]
async fn an_address_that_tries_wrong_codes_is_told_to_wait_however_many_codes_there_are() {
    use axum::extract::ConnectInfo;
    use std::net::SocketAddr;
    let world = world();
    let good = world.app.make_code("ana").unwrap();
    let from = |address: &str, code: &str| {
        let body = serde_json::to_vec(&enrolment_request(code, "one")).unwrap();
        let mut request = http::Request::post(drempel_protocol::ENROLMENTS)
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body))
            .unwrap();
        let address: SocketAddr = address.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        request
    };
    for _ in 0..30 {
        let refused = world.send(from("10.0.0.1:1", "0000-0000-0000")).await;
        assert_eq!(problem(refused).await, Code::CodeNotValid);
    }
    assert_eq!(
        problem(world.send(from("10.0.0.1:2", &good)).await).await,
        Code::TooManyRequests
    );
    let response = world.send(from("10.0.0.2:1", &good)).await;
    assert_eq!(response.status(), StatusCode::CREATED);
}
