//! Requests that are refused as a whole: the right code, and nothing changed.

use crate::support::*;
use axum::body::Body;
use drempel_protocol::codec::compress;
use drempel_protocol::limits::{BODY_BYTES, CHANGES, EXPANDED_BYTES, LISTED, SPACES};
use drempel_protocol::problem::Code;
use drempel_protocol::synchronisation::SyncRequest;
use drempel_protocol::{DEPOSITS, ENROLMENTS, OPENAPI, SYNCHRONISATIONS};
use http::{Method, Request, StatusCode};
use serde_json::value::RawValue;
use serde_json::{Value, json};

fn request(token: &str) -> http::request::Builder {
    Request::post(SYNCHRONISATIONS)
        .header("authorization", ["Bearer ", token].concat())
        .header("content-type", "application/json")
}

fn plain(device: &Device, body: impl Into<Body>) -> Request<Body> {
    request(&device.token).body(body.into()).unwrap()
}

/// A good request, altered as JSON.
fn altered(device: &mut Device, world: &World, alter: impl Fn(&mut Value)) -> Request<Body> {
    let made = device.make(world, team(), "youth deli", &[("nickname", text("Deli"))]);
    device.progress(team()).made = 0;
    let good = device.request(world, team(), &[made]);
    let mut value = serde_json::to_value(&good).unwrap();
    alter(&mut value);
    plain(device, serde_json::to_vec(&value).unwrap())
}

async fn assert_refused(world: &World, what: &str, request: Request<Body>, code: Code) {
    let before = world.snapshot();
    let response = world.send(request).await;
    assert_eq!(problem(response).await, code, "{what}");
    assert_eq!(world.snapshot(), before, "{what}");
}

#[tokio::test]
async fn what_is_no_request_is_malformed() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let deep = format!(r#"{{"a":{}1{}}}"#, "[".repeat(16), "]".repeat(16));
    for (what, body) in [
        ("nothing", String::new()),
        ("no JSON", "{".to_owned()),
        ("another shape", "{}".to_owned()),
        ("a list", "[1]".to_owned()),
        ("nested too deep", deep),
        ("HTML of a captive portal", "<html></html>".to_owned()),
    ] {
        assert_refused(&world, what, plain(&ana, body), Code::Malformed).await;
    }
    assert_refused(&world, "no UTF-8", plain(&ana, vec![0xff, 0xfe]), Code::Malformed).await;
    type Alter = fn(&mut Value);
    let cases: [(&str, Alter); 8] = [
        ("protocol 0", |value| value["protocol"] = json!(0)),
        ("no clocks", |value| value["clocks"] = Value::Null),
        ("a space twice", |value| {
            let twice = value["spaces"][0].clone();
            value["spaces"].as_array_mut().unwrap().push(twice);
        }),
        ("a cursor that runs backwards", |value| {
            value["spaces"][0]["cursor"] = json!({"since": 5, "at": 4});
        }),
        ("a negative cursor", |value| {
            value["spaces"][0]["cursor"] = json!({"since": -1, "at": 4})
        }),
        ("number 0", |value| {
            value["spaces"][0]["changes"][0]["seq"] = json!(0)
        }),
        ("the same number twice", |value| {
            let twice = value["spaces"][0]["changes"][0].clone();
            value["spaces"][0]["changes"].as_array_mut().unwrap().push(twice);
        }),
        ("no space", |value| value["spaces"][0]["space"] = json!("team")),
    ];
    for (what, alter) in cases {
        let request = altered(&mut ana, &world, alter);
        assert_refused(&world, what, request, Code::Malformed).await;
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_read() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let spaces = vec![b' '; BODY_BYTES + 1];
    assert_refused(&world, "wire", plain(&ana, spaces), Code::TooLarge).await;
    let bomb = compress(&vec![b' '; EXPANDED_BYTES + 1]).unwrap();
    let bomb = request(&ana.token)
        .header("content-encoding", "zstd")
        .body(bomb.into())
        .unwrap();
    assert_refused(&world, "bomb", bomb, Code::TooLarge).await;
    type Alter = fn(&mut Value);
    let cases: [(&str, Alter); 5] = [
        ("changes", |value| {
            value["spaces"][0]["changes"] = (1..=CHANGES + 1)
                .map(|seq| json!({"seq": seq, "lost": true}))
                .collect();
        }),
        ("spaces", |value| {
            let space = |number: usize| json!({"space": uuid::Uuid::from_u128(number as u128), "received_through": 0});
            value["spaces"] = (0..=SPACES).map(space).collect();
        }),
        ("open", |value| {
            value["spaces"][0]["open"] = (0..=LISTED).collect()
        }),
        ("discard", |value| {
            value["spaces"][0]["discard"] = (0..=LISTED).collect()
        }),
        ("want", |value| {
            let record = |number: usize| json!(uuid::Uuid::from_u128(number as u128));
            value["spaces"][0]["want"] = (0..=LISTED).map(record).collect();
        }),
    ];
    for (what, alter) in cases {
        let request = altered(&mut ana, &world, alter);
        assert_refused(&world, what, request, Code::TooLarge).await;
    }
}

#[tokio::test]
async fn other_media_types_and_encodings_are_refused() {
    let world = world();
    let ana = world.enrol("ana").await;
    let other = |name: &'static str, value: &'static str| {
        let mut request = plain(&ana, "{}");
        request.headers_mut().insert(name, value.parse().unwrap());
        request
    };
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("content-encoding", "gzip"),
    ] {
        assert_refused(&world, value, other(name, value), Code::UnsupportedMediaType).await;
    }
    let broken = other("content-encoding", "zstd");
    assert_refused(&world, "no zstd", broken, Code::Malformed).await;
}

#[tokio::test]
async fn only_a_token_that_counts_opens_anything() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let good = |ana: &mut Device| altered(ana, &world, |_| {});
    for value in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic eDp5",
        &["Bearer ", &deposit_token(&ana.token)].concat(),
    ] {
        let mut request = good(&mut ana);
        request
            .headers_mut()
            .insert("authorization", value.parse().unwrap());
        let before = world.snapshot();
        let response = world.send(request).await;
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        assert_eq!(problem(response).await, Code::NotEnrolled, "{value}");
        assert_eq!(world.snapshot(), before, "{value}");
    }
}

#[tokio::test]
async fn addresses_and_methods_that_are_not_there_are_problems_too() {
    let world = world();
    for (method, path, code) in [
        (Method::GET, "/", Code::NotFound),
        (Method::POST, "/v1/deposit", Code::NotFound),
        (Method::GET, DEPOSITS, Code::MethodNotAllowed),
        (Method::GET, SYNCHRONISATIONS, Code::MethodNotAllowed),
        (Method::DELETE, ENROLMENTS, Code::MethodNotAllowed),
        (Method::POST, OPENAPI, Code::MethodNotAllowed),
    ] {
        let request = Request::builder()
            .method(&method)
            .uri(path)
            .body(Body::empty())
            .unwrap();
        assert_refused(&world, path, request, code).await;
    }
}

#[tokio::test]
async fn a_device_that_asks_without_end_is_told_to_wait() {
    let world = world();
    let ana = world.enrol("ana").await;
    let mut waited = None;
    for _ in 0..2_001 {
        let response = world.send(plain(&ana, "{}")).await;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            waited = response.headers().get("retry-after").cloned();
            assert_eq!(problem(response).await, Code::TooManyRequests);
        }
    }
    assert_eq!(waited.unwrap(), "1");
    world.pass(HOUR);
    assert_refused(&world, "after an hour", plain(&ana, "{}"), Code::Malformed).await;
}

#[tokio::test]
async fn a_body_may_come_and_go_without_compression() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let response = world.send(altered(&mut ana, &world, |_| {})).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers().get("content-encoding"), None);
    let answer: Value = serde_json::from_slice(&bytes(response).await).unwrap();
    assert_eq!(answer["spaces"][0]["received_through"], 1);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let world = world();
    let ana = world.enrol("ana").await;
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    for request in [get(OPENAPI), get("/v1/health"), get("/nowhere"), plain(&ana, "{")] {
        let response = world.send(request).await;
        for (name, value) in [
            ("api-version", "1.0.0"),
            ("cache-control", "no-store"),
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'",
            ),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(response.headers()[name], value, "{name}");
        }
        assert_eq!(response.headers().get("strict-transport-security"), None);
    }
}

#[tokio::test]
async fn a_problem_never_quotes_what_was_sent() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let mut request: SyncRequest = ana.request(&world, team(), &[]);
    request.app = "GEHEIM".to_owned();
    let raw = RawValue::from_string(r#"{"seq":0,"note":"GEHEIM"}"#.to_owned()).unwrap();
    request.spaces[0].changes.push(raw);
    let response = world.post(&ana, &request).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(
        !String::from_utf8(bytes(response).await)
            .unwrap()
            .contains("GEHEIM")
    );
}

#[tokio::test]
async fn the_description_names_every_address_and_every_problem() {
    let world = world();
    let request = Request::get(OPENAPI).body(Body::empty()).unwrap();
    let response = world.send(request).await;
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    let description: Value = serde_json::from_slice(&bytes(response).await).unwrap();
    for path in [ENROLMENTS, SYNCHRONISATIONS, DEPOSITS, OPENAPI, "/v1/health"] {
        let path = path.strip_prefix("/v1").unwrap();
        assert!(description["paths"].get(path).is_some(), "{path}");
    }
    let codes: Vec<Code> = serde_json::from_value(
        description["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].clone(),
    )
    .unwrap();
    assert_eq!(codes.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(codes.contains(&code), "{code:?}");
        let examples = description["components"]["responses"].to_string();
        assert!(
            examples.contains(&format!("\"code\":\"{}\",", code.as_str())),
            "{code:?}"
        );
        assert!(
            examples.contains(&format!("\"title\":\"{}\"", code.title())),
            "{code:?}"
        );
    }
}
