//! Codes and the devices that they enrol.

use crate::support::*;
use drempel_protocol::ENROLMENTS;
use drempel_protocol::problem::Code;
use drempel_sealing::invitation::EnrolmentCode;
use drempel_server::AdminError;
use http::{Request, StatusCode};

#[tokio::test]
async fn a_code_enrols_one_device() {
    let world = world();
    let code = world.app.make_code("ana").unwrap();
    let typed = code.to_lowercase().replace('-', " ");
    let response = world.enrol_with(&typed, "one").await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let answer: serde_json::Value = serde_json::from_slice(&bytes(response).await).unwrap();
    assert_eq!(answer["user_name"], "Ana");
    assert_eq!(answer["municipality"], "Proefstad");
    assert_eq!(
        problem(world.enrol_with(&code, "two").await).await,
        Code::CodeNotValid
    );
    assert_eq!(world.app.make_code("zoe"), Err(AdminError::NoSuchUser));
}

#[tokio::test]
async fn wrong_used_expired_and_unknown_codes_answer_alike() {
    let world = world();
    let used = world.app.make_code("ana").unwrap();
    world.enrol_with(&used, "one").await;
    let expired = world.app.make_code("ana").unwrap();
    world.pass(10 * 60_000);
    let fresh = world.app.make_code("ana").unwrap();
    let wrong = with_wrong_end(&fresh);
    let mut answers = Vec::new();
    for code in [used.as_str(), &expired, &wrong, "ZZZZ-ZZZZ-ZZZZ", "", "é"] {
        let response = world.enrol_with(code, "other").await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        answers.push(bytes(response).await);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(
        world.enrol_with(&fresh, "three").await.status(),
        StatusCode::CREATED
    );
}

/// A code that nobody made: its first group is that of another, and its check character is right.
fn with_wrong_end(code: &str) -> String {
    const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let (kept, end) = code.split_at(code.len() - 2);
    let ends = SYMBOLS
        .chars()
        .flat_map(|last| SYMBOLS.chars().map(move |check| format!("{last}{check}")));
    let codes = ends
        .filter(|other| other != end)
        .map(|other| format!("{kept}{other}"));
    codes
        .into_iter()
        .find(|code| EnrolmentCode::from_text(code).is_ok())
        .unwrap()
}

#[tokio::test]
async fn a_device_whose_answer_was_lost_asks_again_and_finds_itself() {
    let world = world();
    let code = world.app.make_code("ana").unwrap();
    let mut devices = Vec::new();
    for _ in 0..2 {
        let response = world.enrol_with(&code, "one").await;
        assert_eq!(response.status(), StatusCode::CREATED);
        let answer: serde_json::Value = serde_json::from_slice(&bytes(response).await).unwrap();
        devices.push(answer["device"].clone());
    }
    assert_eq!(devices[0], devices[1]);
    assert_eq!(world.app.devices().unwrap().len(), 1);
    world.pass(10 * 60_000);
    assert_eq!(
        problem(world.enrol_with(&code, "one").await).await,
        Code::CodeNotValid
    );
}

#[tokio::test]
async fn five_wrong_tries_use_a_code_up() {
    let world = world();
    let code = world.app.make_code("ana").unwrap();
    for _ in 0..5 {
        let answer = world.enrol_with(&with_wrong_end(&code), "one").await;
        assert_eq!(problem(answer).await, Code::CodeNotValid);
    }
    assert_eq!(
        problem(world.enrol_with(&code, "one").await).await,
        Code::CodeNotValid
    );
}

#[tokio::test]
async fn a_token_is_never_stored_and_never_taken_twice() {
    let world = world();
    let token = "een-geheim-dat-nergens-staat";
    let first = world.app.make_code("ana").unwrap();
    assert_eq!(
        world.enrol_with(&first, token).await.status(),
        StatusCode::CREATED
    );
    let second = world.app.make_code("bo").unwrap();
    assert_eq!(
        problem(world.enrol_with(&second, token).await).await,
        Code::CodeNotValid
    );
    let secret = first.split_once('-').unwrap().1;
    for file in std::fs::read_dir(world.data.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for word in [token, secret] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()));
        }
    }
}

#[tokio::test]
async fn what_is_no_enrolment_is_malformed() {
    let world = world();
    let good = serde_json::json!({
        "protocol": 1, "code": "x", "token_sha256": token_hash("x"), "deposit_token_sha256": token_hash("y"),
        "capture_key": "A".repeat(43), "platform": "android", "app": "0.1.0"
    });
    for (member, value) in [
        ("protocol", serde_json::json!(0)),
        ("code", serde_json::Value::Null),
        ("token_sha256", serde_json::json!("ABC")),
        ("token_sha256", serde_json::json!(token_hash("x").to_uppercase())),
        ("deposit_token_sha256", serde_json::json!("ABC")),
        ("capture_key", serde_json::json!("A".repeat(42))),
        ("capture_key", serde_json::json!("é")),
        ("platform", serde_json::json!("")),
        ("app", serde_json::json!("x".repeat(65))),
    ] {
        let mut body = good.clone();
        body[member] = value;
        let request = Request::post(ENROLMENTS)
            .header("content-type", "application/json")
            .body(body.to_string().into())
            .unwrap();
        assert_eq!(
            problem(world.send(request).await).await,
            Code::Malformed,
            "{member}"
        );
    }
    assert_eq!(world.app.devices().unwrap(), []);
}
