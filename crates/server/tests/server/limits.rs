//! Limits: reached without harm, and one more is refused, before anything is believed of what was sent.

use crate::attacks::{good_requests, post};
use crate::support::*;
use drempel_domain::value::Value;
use drempel_protocol::SYNCHRONISATIONS;
use drempel_protocol::codec::compress;
use drempel_protocol::limits::{BODY_BYTES, CHANGES, EXPANDED_BYTES, FIELD_BYTES, LISTED, SPACES};
use drempel_protocol::problem::Code;
use http::{HeaderValue, StatusCode};
use serde_json::{Value as Json, json};

#[tokio::test]
async fn a_small_body_that_expands_without_end_is_stopped_at_every_address() {
    let world = world();
    let bomb = compress(&vec![b' '; EXPANDED_BYTES + 1]).unwrap();
    assert!(bomb.len() < BODY_BYTES / 100);
    for (path, token, _) in good_requests(&world).await {
        let mut request = post(path, &token, bomb.clone());
        let coding = HeaderValue::from_static("zstd");
        request.headers_mut().insert("content-encoding", coding);
        assert_eq!(problem(world.send(request).await).await, Code::TooLarge, "{path}");
        let wire = post(path, &token, vec![b' '; BODY_BYTES + 1]);
        assert_eq!(problem(world.send(wire).await).await, Code::TooLarge, "{path}");
        // At the limit it is read, and then is no request.
        let most = post(path, &token, vec![b' '; BODY_BYTES]);
        assert_eq!(problem(world.send(most).await).await, Code::Malformed, "{path}");
    }
}

fn identifier(number: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128(number as u128)
}

fn locked(number: usize) -> Json {
    let space = |at| json!({"space": identifier(at), "received_through": 0});
    json!({"locked": (0..number).map(space).collect::<Json>()})
}

fn opened(number: usize) -> Json {
    let dossier = |at| json!({"youth": identifier(at), "day": "2026-03-02"});
    json!({"opened": (0..number).map(dossier).collect::<Json>()})
}

fn lost(number: usize) -> Json {
    (1..=number)
        .map(|seq| json!({"seq": seq, "lost": true}))
        .collect()
}

fn changes(of_lock: usize, of_database: usize) -> Json {
    json!({
        "locked": [{"space": identifier(1), "received_through": 0, "changes": lost(of_lock)}],
        "spaces": [{"space": identifier(2), "received_through": 0, "changes": lost(of_database)}],
    })
}

fn nested(depth: usize) -> Json {
    let within = (0..depth).fold(json!(1), |value, _| json!([value]));
    json!({"of_a_newer_version": within})
}

#[tokio::test]
async fn each_limit_of_a_request_is_reached_without_harm_and_one_more_is_refused() {
    let world = world();
    let ana = world.enrol("ana").await;
    let cases = [
        ("opened", opened(LISTED), opened(LISTED + 1), Code::TooLarge),
        (
            "locked spaces",
            locked(SPACES),
            locked(SPACES + 1),
            Code::TooLarge,
        ),
        (
            "changes together",
            changes(CHANGES - 1, 1),
            changes(CHANGES, 1),
            Code::TooLarge,
        ),
        ("depth", nested(15), nested(16), Code::Malformed),
    ];
    for (what, most, more, code) in cases {
        for (members, expected) in [(most, None), (more, Some(code))] {
            let mut request = serde_json::to_value(ana.greeting(&world)).unwrap();
            for (name, value) in members.as_object().unwrap() {
                request[name] = value.clone();
            }
            let body = serde_json::to_vec(&request).unwrap();
            let response = world.send(post(SYNCHRONISATIONS, &ana.token, body)).await;
            match expected {
                None => assert_eq!(response.status(), StatusCode::OK, "{what}"),
                Some(code) => assert_eq!(problem(response).await, code, "{what}"),
            }
        }
    }
}

#[tokio::test]
async fn a_value_at_its_limit_is_taken_and_one_byte_more_waits() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    // A field of a newer version, so that only its size counts; two bytes are its quotes.
    let of = |bytes: usize| Value::from("x".repeat(bytes - 2).as_str());
    let newer = |bytes| [("of_a_newer_version", of(bytes))];
    let at_limit = ana.make(&world, team(), "youth most", &newer(FIELD_BYTES));
    let above = ana.make(&world, team(), "youth more", &newer(FIELD_BYTES + 1));
    let answer = world.push(&mut ana, team(), &[at_limit, above]).await;
    assert_taken(&answer.outcomes[0]);
    assert_quarantined(&answer.outcomes[1], "too_large", Some("of_a_newer_version"));
    let parts = ["part_1", "part_2", "part_3"].map(|name| (name, of(FIELD_BYTES - 100)));
    let whole = ana.make(&world, team(), "youth whole", &parts);
    let outcome = world.outcome(&mut ana, team(), whole).await;
    assert_quarantined(&outcome, "too_large", None);
}
