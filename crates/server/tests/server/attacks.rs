//! What strangers and faulty programs send: nothing of it makes the server fail, and nothing counts twice.

use crate::phones::*;
use crate::support::*;
use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use drempel_domain::sync_log::Seq;
use drempel_protocol::synchronisation::LockedRequest;
use drempel_protocol::{DEPOSITS, ENROLMENTS, SYNCHRONISATIONS};
use http::{HeaderValue, Request, StatusCode};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A request as it goes over the line: address, token, body.
pub(crate) type Posted = (&'static str, String, Vec<u8>);

pub(crate) fn post(path: &str, token: &str, body: Vec<u8>) -> Request<Body> {
    Request::post(path)
        .header("authorization", ["Bearer ", token].concat())
        .header("content-type", "application/json")
        .body(body.into())
        .unwrap()
}

/// A request that the server takes, for each address, with the token that it goes with.
pub(crate) async fn good_requests(world: &World) -> Vec<(&'static str, String, Value)> {
    let mut ana = world.enrol("ana").await;
    let youth = ana.make(world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let mut sync = ana.request(world, team(), std::slice::from_ref(&youth));
    sync.next_token_sha256 = Some(token_hash("next"));
    sync.spaces[0].want = vec![id("deli")];
    let note = note(world, &ana, "ana", "notitie");
    sync.locked = vec![LockedRequest {
        space: own_space("ana"),
        changes: vec![serde_json::value::to_raw_value(&note).unwrap()],
        received_through: Seq::ZERO,
        open: Vec::new(),
        discard: Vec::new(),
    }];
    let entries = outbox(ana.id, sealing_key(&ana.keys), &[(team(), youth)]);
    let deposit = world.deposit_request(entries, vec![covered(ana.id, team(), 1, 2)]);
    let enrolment = enrolment_request(&world.app.make_code("bo").unwrap(), "bo");
    let (sync, deposit) = (
        serde_json::to_value(&sync).unwrap(),
        serde_json::to_value(&deposit).unwrap(),
    );
    vec![
        (
            ENROLMENTS,
            String::new(),
            serde_json::to_value(&enrolment).unwrap(),
        ),
        (SYNCHRONISATIONS, ana.token.clone(), sync),
        (DEPOSITS, deposit_token(&ana.token), deposit),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        Just(json!("\u{0}")),
        Just(json!("00000000-0000-0000-0000-000000000000")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{0,8}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Where each value of a document stands.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(member, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The document with another value in one place.
fn altered(good: &Value, place: &prop::sample::Index, other: &Value) -> Vec<u8> {
    let mut found = Vec::new();
    places(good, "", &mut found);
    let mut altered = good.clone();
    *altered.pointer_mut(place.get::<String>(&found)).unwrap() = other.clone();
    serde_json::to_vec(&altered).unwrap()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(work)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn bytes_that_are_no_request_are_answered_with_4xx_at_every_address(
        bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..6),
        zstd in any::<bool>(), other in "\\PC{0,50}",
    ) {
        run(async {
            let world = world();
            for (path, good, _) in good_requests(&world).await {
                for (body, token) in bodies.iter().flat_map(|body| [(body, &good), (body, &other)]) {
                    let Ok(bearer) = HeaderValue::from_str(&format!("Bearer {token}")) else {
                        continue;
                    };
                    let mut request = post(path, "x", body.clone());
                    request.headers_mut().insert("authorization", bearer);
                    if zstd {
                        let coding = HeaderValue::from_static("zstd");
                        request.headers_mut().insert("content-encoding", coding);
                    }
                    let status = world.send(request).await.status();
                    assert!(status.is_client_error(), "{path}: {status}");
                }
            }
        });
    }

    #[test]
    fn a_request_with_anything_in_any_place_never_makes_the_server_fail(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..12),
    ) {
        run(async {
            let world = world();
            for (path, token, good) in good_requests(&world).await {
                for (place, other) in &changes {
                    let body = altered(&good, place, other);
                    let status = world.send(post(path, &token, body)).await.status();
                    assert!(status.is_client_error() || status.is_success(), "{path} {other}: {status}");
                }
            }
        });
    }

    #[test]
    fn batches_replayed_two_to_a_hundred_times_in_any_order_change_nothing(
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..40), times in 2usize..=100,
    ) {
        run(async {
            let world = world();
            let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
            let requests = story(&world, &mut ana, &mut bo).await;
            let held = everything(&world);
            for (path, token, body) in order.iter().map(|index| index.get(&requests)) {
                let response = world.send(post(path, token, body.clone())).await;
                assert_eq!(response.status(), StatusCode::OK);
            }
            for (path, token, body) in &requests {
                for _ in 0..times {
                    world.send(post(path, token, body.clone())).await;
                }
            }
            assert_eq!(everything(&world), held);
        });
    }
}

#[tokio::test]
async fn a_sealed_entry_with_any_bit_turned_never_becomes_another_change() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    // The third of each: its number with one bit turned is the one that the server expects.
    let youths = ["een", "twee", "drie"].map(|name| {
        let youth = ana.make(&world, team(), "youth deli", &[("nickname", text(name))]);
        (team(), youth)
    });
    let notes = ["een", "twee", "drie"].map(|words| note(&world, &ana, "ana", words));
    let outbox = outbox(ana.id, sealing_key(&ana.keys), &youths);
    let captures = captures(&ana, own_space("ana"), &notes);
    for entry in [&outbox[2], &captures[2]] {
        let whole = STANDARD.decode(entry).unwrap();
        // Every bit of what stands in the clear, and some of what is sealed.
        let bits = (0..96 * 8).chain((96 * 8..whole.len() * 8).step_by(61));
        for bit in bits {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let request = world.deposit_request(vec![STANDARD.encode(&bytes)], Vec::new());
            let response = world.post_deposit(&deposit_token(&ana.token), &request).await;
            let status = response.status();
            assert!(
                status == StatusCode::OK || status == StatusCode::BAD_REQUEST,
                "{bit}: {status}"
            );
        }
    }
    assert_eq!(world.app.log_entries().unwrap(), []);
    // Whole, they are taken in.
    let taken = world.hand_in(&ana, outbox, Vec::new()).await;
    assert_eq!(taken.received_through, Seq(3));
    let taken = world.hand_in(&ana, captures, Vec::new()).await;
    assert_eq!(taken.received_through, Seq(3));
}

/// Two people who edit the same record apart, in the clear, sealed and without unlocking: each request that was sent.
async fn story(world: &World, ana: &mut Device, bo: &mut Device) -> Vec<Posted> {
    let mut sent = Vec::new();
    let made = ana.make(world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let broken = ana.make(world, team(), "street_contact x", &[("headcount", text("veel"))]);
    let first = ana.request(world, team(), &[made, broken]);
    world.ask(ana, &first).await;
    sent.push((
        SYNCHRONISATIONS,
        ana.token.clone(),
        serde_json::to_vec(&first).unwrap(),
    ));
    world.pass(MINUTE);
    for (device, words) in [(&mut *bo, "van Bo"), (&mut *ana, "van Ana")] {
        let edit = device.change(world, team(), "youth deli", &[("nickname", text(words))]);
        let request = device.request(world, team(), &[edit]);
        world.ask(device, &request).await;
        let body = serde_json::to_vec(&request).unwrap();
        sent.push((SYNCHRONISATIONS, device.token.clone(), body));
    }
    let late = ana.change(world, team(), "youth deli", &[("district", text("noord"))]);
    let late = outbox(ana.id, sealing_key(&ana.keys), &[(team(), late)]);
    let notes = captures(ana, own_space("ana"), &[note(world, ana, "ana", "notitie")]);
    for (entries, covers) in [(late, vec![covered(ana.id, team(), 1, 6)]), (notes, Vec::new())] {
        let deposit = world.deposit_request(entries, covers);
        world.deposited(ana, &deposit).await;
        let body = serde_json::to_vec(&deposit).unwrap();
        sent.push((DEPOSITS, deposit_token(&ana.token), body));
    }
    sent
}

/// All that the server holds.
pub(crate) fn everything(world: &World) -> String {
    let spaces = [team(), own_space("ana"), own_space("bo")];
    let records = spaces.map(|space| world.app.records_of(space).unwrap());
    let log = world.app.log_entries().unwrap();
    format!("{records:?} {log:?} {:?}", world.app.space_digests().unwrap())
}
