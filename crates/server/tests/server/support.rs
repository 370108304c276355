//! A small municipality with three people, and devices that speak the protocol.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use drempel_domain::id::{DeviceId, EpochId, IdSource, RecordId, SpaceId};
use drempel_domain::sync_log::{
    Base, Change, Cursor, Eff, FeedRecord, FieldName, Fields, Outcome, Reason, Seq, Verdict,
};
use drempel_domain::time::{Clock, Clocks, Moment};
use drempel_domain::value::Value;
use drempel_protocol::codec::{compress, expand_answer};
use drempel_protocol::enrolment::{Enrolled, EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::keys::ServerKeys;
use drempel_protocol::problem::{Code, Problem};
use drempel_protocol::synchronisation::{SpaceAnswer, SpaceRequest, SyncAnswer, SyncRequest};
use drempel_protocol::{ENROLMENTS, SYNCHRONISATIONS};
use drempel_sealing::keys::PrivateKey;
use drempel_server::{App, Options, PageLimits, router, space_id};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::value::to_raw_value;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

pub(crate) const MUNICIPALITY: &str = r#"{
    "municipality": {"code": "GM0000", "name": "Proefstad", "time_zone": "Europe/Amsterdam"},
    "settings": {"quick_note_days": 14},
    "districts": [{"code": "noord", "name": "Noord"}],
    "spaces": [
        {"id": "team", "name": "Team", "regime": "coaching_avg", "kind": "team"},
        {"id": "cases", "name": "Casemanagement", "regime": "coaching_avg", "kind": "team"},
        {"id": "school", "name": "Leerplicht", "regime": "leerplicht_avg", "kind": "team"},
        {"id": "police", "name": "Opsporing", "regime": "investigation_wpg", "kind": "team"},
        {"id": "patrol", "name": "Ronde Noord", "regime": "coaching_avg", "kind": "joint_round"}
    ],
    "users": [
        {"id": "ana", "name": "Ana", "function": "youth_coach"},
        {"id": "bo", "name": "Bo", "function": "youth_officer"},
        {"id": "chris", "name": "Chris", "function": "team_lead"},
        {"id": "dee", "name": "Dee", "function": "administrator"}
    ],
    "memberships": [
        {"user": "ana", "space": "team", "role": "member", "from": "2026-01-05"},
        {"user": "bo", "space": "team", "role": "member", "from": "2026-01-05"},
        {"user": "chris", "space": "team", "role": "lead", "from": "2026-01-05"},
        {"user": "chris", "space": "cases", "role": "casemanager", "from": "2026-01-05"},
        {"user": "ana", "space": "school", "role": "reader", "from": "2026-01-05"},
        {"user": "bo", "space": "police", "role": "member", "from": "2026-01-05"},
        {"user": "ana", "space": "patrol", "role": "member", "from": "2026-01-05"},
        {"user": "bo", "space": "patrol", "role": "member", "from": "2026-01-05"},
        {"user": "chris", "space": "patrol", "role": "lead", "from": "2026-01-05"}
    ],
    "lists": {"topics": [{"code": "school", "label": "School"}, {"code": "love", "label": "Verkering"}]},
    "spots": [{"id": "kiosk", "space": "team", "name": "Kiosk", "kind": "nuisance", "district": "noord"}],
    "partners": [{"id": "club", "name": "Club", "capacity": 4}]
}"#;

/// A clock that stands still until a test turns it.
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn clocks(&self) -> Clocks {
        Clocks {
            wall: self.0.load(Ordering::SeqCst),
            boot: None,
            mono: None,
        }
    }
}

/// Identifiers in a row.
pub(crate) struct TestIds(AtomicU64);

impl IdSource for TestIds {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::SeqCst)) | 0xd << 96)
    }
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) data: Arc<TempDir>,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) ids: Arc<TestIds>,
}

/// Monday 2 March 2026, ten in the morning.
pub(crate) const START: &str = "2026-03-02T09:00:00.000Z";

pub(crate) fn world() -> World {
    world_with(PageLimits::default())
}

pub(crate) fn world_with(pages: PageLimits) -> World {
    let data = Arc::new(tempfile::tempdir().unwrap());
    let start: Moment = START.parse().unwrap();
    let clock = Arc::new(TestClock(AtomicI64::new(start.millis())));
    let ids = Arc::new(TestIds(AtomicU64::new(1)));
    let options = Options {
        pages,
        ..Options::default()
    };
    let app = App::open_with(data.path(), clock.clone(), ids.clone(), options).unwrap();
    app.import(MUNICIPALITY).unwrap();
    World {
        app,
        data,
        clock,
        ids,
    }
}

/// What the server holds, to see that nothing changed.
pub(crate) type Snapshot = (BTreeMap<SpaceId, String>, usize, usize);

impl World {
    /// The same world for another task.
    pub(crate) fn share(&self) -> World {
        World {
            app: self.app.clone(),
            data: Arc::clone(&self.data),
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// The server stopped and started again.
    pub(crate) fn reopened(self) -> World {
        let World {
            app,
            data,
            clock,
            ids,
        } = self;
        drop(app);
        let app = App::open(data.path(), clock.clone(), ids.clone()).unwrap();
        World {
            app,
            data,
            clock,
            ids,
        }
    }

    pub(crate) fn pass(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let digests = self.app.space_digests().unwrap();
        let digests = digests
            .into_iter()
            .map(|(space, digest)| (space, digest.to_string()));
        let log = self.app.log_entries().unwrap().len();
        (digests.collect(), log, self.app.devices().unwrap().len())
    }

    pub(crate) async fn send(&self, request: Request<axum::body::Body>) -> Response<axum::body::Body> {
        router(self.app.clone()).oneshot(request).await.unwrap()
    }

    pub(crate) async fn enrol(&self, user: &str) -> Device {
        let code = self.app.make_code(user).unwrap();
        let token = self.ids.next().simple().to_string();
        let response = self.enrol_with(&code, &token).await;
        assert_eq!(response.status(), StatusCode::CREATED);
        let enrolled = enrolled(&bytes(response).await);
        Device {
            id: enrolled.device,
            lock: enrolled.lock,
            token,
            keys: enrolled.keys,
            epoch: Some(enrolled.epoch),
            clocks: None,
            spaces: BTreeMap::new(),
        }
    }

    pub(crate) async fn enrol_with(&self, code: &str, token: &str) -> Response<axum::body::Body> {
        self.enrol_by(&enrolment_request(code, token)).await
    }

    pub(crate) async fn enrol_by(&self, request: &EnrolmentRequest) -> Response<axum::body::Body> {
        let request = Request::post(ENROLMENTS)
            .header("content-type", "application/json")
            .body(serde_json::to_vec(request).unwrap().into())
            .unwrap();
        self.send(request).await
    }

    /// Sends a request of a device as it is.
    pub(crate) async fn post(&self, device: &Device, request: &SyncRequest) -> Response<axum::body::Body> {
        let body = compress(&serde_json::to_vec(request).unwrap()).unwrap();
        let request = Request::post(SYNCHRONISATIONS)
            .header("authorization", ["Bearer ", &device.token].concat())
            .header("content-type", "application/json")
            .header("content-encoding", "zstd")
            .header("accept-encoding", "zstd")
            .body(body.into())
            .unwrap();
        self.send(request).await
    }

    pub(crate) async fn ask(&self, device: &Device, request: &SyncRequest) -> SyncAnswer {
        let response = self.post(device, request).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-encoding"], "zstd");
        serde_json::from_slice(&expand_answer(&bytes(response).await).unwrap()).unwrap()
    }

    /// Sends changes in one space, takes the answer over, and gives the space's part of it.
    pub(crate) async fn push(&self, device: &mut Device, space: SpaceId, changes: &[Change]) -> SpaceAnswer {
        let request = device.request(self, space, changes);
        let mut answer = self.ask(device, &request).await;
        assert_eq!(answer.identity, None);
        let answer = answer.spaces.remove(0);
        device.take(&answer);
        answer
    }

    /// Reads all that is new in a space.
    pub(crate) async fn pull(&self, device: &mut Device, space: SpaceId) -> SpaceAnswer {
        self.push(device, space, &[]).await
    }

    pub(crate) async fn outcome(&self, device: &mut Device, space: SpaceId, change: Change) -> Outcome {
        let mut answer = self.push(device, space, &[change]).await;
        assert_eq!(answer.outcomes.len(), 1);
        answer.outcomes.remove(0)
    }

    /// How many records of a kind a space holds.
    pub(crate) fn count(&self, space: SpaceId, collection: &str) -> usize {
        let records = self.app.records_of(space).unwrap();
        records
            .iter()
            .filter(|(_, state)| state.collection == collection)
            .count()
    }

    pub(crate) fn value(&self, space: SpaceId, record: RecordId, field: &str) -> Option<Value> {
        let state = self.app.state_of(space, record).unwrap()?;
        state.cells.get(field).map(|cell| cell.value.clone())
    }
}

/// What a device sends to be enrolled; its deposit token follows from its sync token.
pub(crate) fn enrolment_request(code: &str, token: &str) -> EnrolmentRequest {
    EnrolmentRequest {
        protocol: 1,
        code: code.to_owned(),
        token_sha256: token_hash(token),
        deposit_token_sha256: token_hash(&deposit_token(token)),
        capture_key: URL_SAFE_NO_PAD.encode(capture_key().public().unwrap().to_bytes()),
        platform: "android".to_owned(),
        app: "0.1.0".to_owned(),
    }
}

/// The deposit token of the device with that sync token.
pub(crate) fn deposit_token(token: &str) -> String {
    ["deposit-of-", token].concat()
}

/// The capture key that every device of these tests has.
pub(crate) fn capture_key() -> PrivateKey {
    PrivateKey::from_bytes(&[7; 32])
}

pub(crate) fn enrolled(body: &[u8]) -> Enrolled {
    match serde_json::from_slice(body).unwrap() {
        EnrolmentAnswer::Enrolled(enrolled) => enrolled,
        EnrolmentAnswer::AwaitsConfirmation(_) => panic!("it waits"),
    }
}

pub(crate) fn token_hash(token: &str) -> String {
    let hash = Sha256::digest(token.as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) async fn bytes(response: Response<axum::body::Body>) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

pub(crate) async fn problem(response: Response<axum::body::Body>) -> Code {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.headers()["api-version"], "1.0.0");
    let problem: Problem = serde_json::from_slice(&bytes(response).await).unwrap();
    assert_eq!(problem.status, status);
    assert_eq!(problem.code.status(), status);
    problem.code
}

/// A device that numbers its changes and remembers how far it has read. A clone is a copy of its files.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) id: DeviceId,
    /// The number of its lock.
    pub(crate) lock: DeviceId,
    pub(crate) token: String,
    /// What it knows of the server's keys.
    pub(crate) keys: ServerKeys,
    pub(crate) epoch: Option<EpochId>,
    /// What its clocks show, where they are off.
    pub(crate) clocks: Option<Clocks>,
    pub(crate) spaces: BTreeMap<SpaceId, Progress>,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Progress {
    pub(crate) made: u64,
    pub(crate) received_through: Seq,
    pub(crate) cursor: Option<Cursor>,
}

impl Device {
    pub(crate) fn progress(&mut self, space: SpaceId) -> &mut Progress {
        self.spaces.entry(space).or_default()
    }

    pub(crate) fn clocks(&self, world: &World) -> Clocks {
        self.clocks.unwrap_or_else(|| world.clock.clocks())
    }

    /// A change of a record, numbered.
    pub(crate) fn change(
        &mut self,
        world: &World,
        space: SpaceId,
        record: &str,
        set: &[(&str, Value)],
    ) -> Change {
        let progress = self.progress(space);
        progress.made += 1;
        let (collection, name) = record.split_once(' ').unwrap();
        Change {
            seq: Seq(progress.made),
            collection: collection.to_owned(),
            record: id(name),
            new: false,
            set: fields(set),
            base: BTreeMap::new(),
            made: self.clocks(world),
            instead_of: None,
            given: None,
        }
    }

    /// A change that makes a record.
    pub(crate) fn make(
        &mut self,
        world: &World,
        space: SpaceId,
        record: &str,
        set: &[(&str, Value)],
    ) -> Change {
        Change {
            new: true,
            ..self.change(world, space, record, set)
        }
    }

    pub(crate) fn request(&mut self, world: &World, space: SpaceId, changes: &[Change]) -> SyncRequest {
        let progress = *self.progress(space);
        SyncRequest {
            spaces: vec![SpaceRequest {
                space,
                changes: changes
                    .iter()
                    .map(|change| to_raw_value(change).unwrap())
                    .collect(),
                cursor: progress.cursor,
                received_through: progress.received_through,
                open: Vec::new(),
                discard: Vec::new(),
                want: Vec::new(),
                report: None,
            }],
            ..self.greeting(world)
        }
    }

    /// A request about no space.
    pub(crate) fn greeting(&self, world: &World) -> SyncRequest {
        SyncRequest {
            protocol: 1,
            app: "0.1.0".to_owned(),
            device: self.id,
            clocks: self.clocks(world),
            epoch: self.epoch,
            access: None,
            configuration: None,
            keys: Some(self.keys.tag.clone()),
            lease: Some(world.now().millis()),
            next_token_sha256: None,
            opened: Vec::new(),
            removed: Vec::new(),
            locked: Vec::new(),
            spaces: Vec::new(),
        }
    }

    pub(crate) fn take(&mut self, answer: &SpaceAnswer) {
        let progress = self.progress(answer.space);
        progress.received_through = answer.received_through;
        progress.cursor = answer.cursor.or(progress.cursor);
    }
}

/// A record's identifier by a word.
pub(crate) fn id(name: &str) -> RecordId {
    let hash = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    // As if a device had made it up: version 7.
    bytes[6] = bytes[6] & 0x0f | 0x70;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    RecordId::new(Uuid::from_bytes(bytes))
}

pub(crate) fn team() -> SpaceId {
    space_id("team")
}

pub(crate) fn name(text: &str) -> FieldName {
    FieldName::new(text).unwrap()
}

pub(crate) fn fields(set: &[(&str, Value)]) -> Fields {
    set.iter()
        .map(|(field, value)| (name(field), value.clone()))
        .collect()
}

pub(crate) fn text(text: &str) -> Value {
    Value::from(text)
}

/// When a field of a record of the feed counts.
pub(crate) fn eff_of(record: &FeedRecord, field: &str) -> Eff {
    assert!(record.fields.contains_key(field));
    record.effs.get(field).copied().unwrap_or(record.eff)
}

pub(crate) fn seen(field: &str, eff: Eff) -> BTreeMap<FieldName, Base> {
    BTreeMap::from([(name(field), Base::Seen(eff))])
}

/// That an outcome is a quarantine with that code and field.
pub(crate) fn assert_quarantined(outcome: &Outcome, code: &str, field: Option<&str>) {
    assert_eq!(outcome.verdict, Verdict::Quarantined, "{outcome:?}");
    let reason = Reason {
        code: code.to_owned(),
        field: field.map(str::to_owned),
    };
    assert_eq!(outcome.reason, Some(reason));
}

pub(crate) fn assert_taken(outcome: &Outcome) {
    assert_eq!(outcome.verdict, Verdict::Taken, "{outcome:?}");
}

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 3_600_000;
pub(crate) const DAY: i64 = 24 * HOUR;
