//! One coach's phone with a small municipality in it, over a real encrypted library; no server.

use drempel_client::Client;
use drempel_client::actions::YouthForm;
use drempel_domain::id::{BootId, DeviceId, IdSource, RecordId, SpaceId, UserId};
use drempel_domain::record::{Named, Record};
use drempel_domain::records::youths::Youth;
use drempel_domain::space::{Regime, Role, Space, SpaceKind};
use drempel_domain::time::{Clock, Clocks, DAY, Moment};
use drempel_protocol::access::{Configuration, Granted, ListedCode, Member, Municipality, Person};
use drempel_screens::shapes::RoundStart;
use drempel_screens::{Recent, Screens};
use drempel_store::{Key, Query, StoreError, Stored};
use serde_json::{Value, json};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const ANA: UserId = UserId::new(Uuid::from_u128(0xa0a));
pub(crate) const BO: UserId = UserId::new(Uuid::from_u128(0xb0));
pub(crate) const JORIS: UserId = UserId::new(Uuid::from_u128(0x105));
pub(crate) const TEAM: SpaceId = SpaceId::new(Uuid::from_u128(0x7ea));
pub(crate) const JOINT: SpaceId = SpaceId::new(Uuid::from_u128(0x1017));
pub(crate) const ALONE: SpaceId = SpaceId::new(Uuid::from_u128(0xa1));
pub(crate) const READ_ONLY: SpaceId = SpaceId::new(Uuid::from_u128(0x2ead));

/// 2026-03-02, 20:00 in the Netherlands.
const EVENING: &str = "2026-03-02T19:00:00.000Z";

/// A clock that stands still until it is turned.
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn clocks(&self) -> Clocks {
        let wall = self.0.load(Ordering::SeqCst);
        Clocks {
            wall,
            boot: Some(BootId::new(Uuid::from_u128(1))),
            mono: Some(wall),
        }
    }
}

struct Counting(AtomicU64);

impl IdSource for Counting {
    fn next(&self) -> Uuid {
        let count = self.0.fetch_add(1, Ordering::SeqCst);
        Uuid::from_u128((0x0190_0000_0000_7000_8000 << 48) | (u128::from(count) * 0x9e37_79b9 % 0xffff_ffff))
    }
}

/// Ana's phone.
pub(crate) struct Phone {
    directory: TempDir,
    clock: Arc<TestClock>,
    ids: Arc<Counting>,
    client: OnceCell<Client>,
    pub(crate) recent: Recent,
}

impl Phone {
    /// A phone that has synchronised once: three spaces of her own, lists, nothing recorded.
    pub(crate) fn new() -> Self {
        let phone = Self {
            directory: tempfile::tempdir().unwrap(),
            clock: Arc::new(TestClock(AtomicI64::new(at(EVENING).millis()))),
            ids: Arc::new(Counting(AtomicU64::new(1))),
            client: OnceCell::new(),
            recent: Recent::default(),
        };
        phone.enrol();
        phone
    }

    pub(crate) fn client(&self) -> &Client {
        self.client.get_or_init(|| {
            let clock: Arc<dyn Clock> = self.clock.clone();
            Client::open(&self.path(), &Key::new([7; 32]), clock, self.ids.clone()).unwrap()
        })
    }

    pub(crate) fn screens(&self) -> Screens<'_> {
        Screens::new(self.client(), &self.recent)
    }

    /// The app is killed and started again: only what was on the disk is there.
    pub(crate) fn kill(self) -> Self {
        let Phone {
            directory,
            clock,
            ids,
            client,
            ..
        } = self;
        let killed = tempfile::tempdir().unwrap();
        for name in ["library.db", "library.db-wal"] {
            if directory.path().join(name).exists() {
                std::fs::copy(directory.path().join(name), killed.path().join(name)).unwrap();
            }
        }
        drop(client);
        Phone {
            directory: killed,
            clock,
            ids,
            client: OnceCell::new(),
            recent: Recent::default(),
        }
    }

    pub(crate) fn wait(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) fn wait_days(&self, days: i64) {
        self.wait(days * DAY);
    }

    /// As if the device were Bo's, who belongs to the same spaces and reads the same records.
    pub(crate) fn becomes_bos(&self) {
        let bo = serde_json::to_string(&person(BO, "Bo de Vries", "youth_coach")).unwrap();
        self.client()
            .store()
            .write(|writer| writer.set_setting("person", &bo))
            .unwrap();
    }

    pub(crate) fn now(&self) -> Moment {
        self.client().now()
    }

    /// A name that no record has.
    pub(crate) fn draft_name(&self) -> RecordId {
        RecordId::new(self.ids.next())
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("library.db")
    }

    fn enrol(&self) {
        let text = |value: &dyn erased::Json| value.text();
        self.client()
            .store()
            .write(|writer| {
                writer.take_identity(DeviceId::new(Uuid::from_u128(0xde)))?;
                writer.set_setting("person", &text(&person(ANA, "Ana Vlierboom", "youth_coach")))?;
                writer.set_setting("configuration", &text(&configuration()))?;
                for granted in spaces() {
                    writer.grant_space(granted.space.id, &text(&granted))?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}

mod erased {
    pub(crate) trait Json {
        fn text(&self) -> String;
    }

    impl<T: serde::Serialize> Json for T {
        fn text(&self) -> String {
            serde_json::to_string(self).unwrap()
        }
    }
}

pub(crate) fn at(text: &str) -> Moment {
    Moment::from_rfc3339(text).unwrap()
}

/// What a screen would get.
pub(crate) fn shown(answer: &impl serde::Serialize) -> Value {
    serde_json::to_value(answer).unwrap()
}

/// What a screen would send.
pub(crate) fn sent<T: serde::de::DeserializeOwned>(form: Value) -> T {
    serde_json::from_value(form).unwrap()
}

fn person(id: UserId, name: &str, function: &str) -> Person {
    Person {
        id,
        name: name.to_owned(),
        function: function.to_owned(),
    }
}

fn spaces() -> Vec<Granted> {
    let ana = || person(ANA, "Ana Vlierboom", "youth_coach");
    let bo = || person(BO, "Bo Zandstra", "youth_coach");
    let joris = || person(JORIS, "Joris Waterman", "attendance_officer");
    vec![
        space(
            TEAM,
            "Coachteam",
            SpaceKind::Team,
            Role::Member,
            vec![ana(), bo()],
        ),
        space(
            JOINT,
            "Samen op straat",
            SpaceKind::Joint,
            Role::Member,
            vec![ana(), joris()],
        ),
        space(ALONE, "Alleen ik", SpaceKind::Personal, Role::Lead, vec![ana()]),
        space(
            READ_ONLY,
            "Een ander team",
            SpaceKind::Team,
            Role::Reader,
            vec![ana(), bo()],
        ),
    ]
}

fn space(id: SpaceId, name: &str, kind: SpaceKind, role: Role, people: Vec<Person>) -> Granted {
    Granted {
        space: Space {
            id,
            name: name.to_owned(),
            kind,
            regime: Regime::CoachingAvg,
            covenant: (kind == SpaceKind::Joint).then(|| "CV-2026-01".to_owned()),
            covenant_fields: None,
        },
        role,
        from: at("2026-01-05T00:00:00Z"),
        until: None,
        members: people
            .into_iter()
            .map(|person| Member {
                person,
                role: Role::Member,
            })
            .collect(),
    }
}

fn configuration() -> Configuration {
    let listed = |codes: &[(&str, &str)]| -> Vec<ListedCode> {
        codes
            .iter()
            .map(|(code, label)| ListedCode {
                code: (*code).to_owned(),
                label: (*label).to_owned(),
                active: true,
            })
            .collect()
    };
    Configuration {
        tag: "1".to_owned(),
        municipality: Municipality {
            code: "GM9999".to_owned(),
            name: "Lindeloo".to_owned(),
            time_zone: "Europe/Amsterdam".to_owned(),
            administrator_phone: Some("053 000 00 00".to_owned()),
        },
        lists: BTreeMap::from([
            (
                "districts".to_owned(),
                listed(&[("haven", "Havenkwartier"), ("hof", "Lindehof")]),
            ),
            ("topics".to_owned(), listed(&[("school", "School")])),
            (
                "action_kinds".to_owned(),
                listed(&[("return_visit", "Nog eens langs")]),
            ),
        ]),
        settings: BTreeMap::from([
            ("quick_note_days".to_owned(), 10),
            ("device_closed_days".to_owned(), 60),
        ]),
        partners: Vec::new(),
    }
}

/// A form that differs from an opened one in these fields.
pub(crate) fn with<Form>(form: &Form, changes: Value) -> Form
where
    Form: serde::Serialize + serde::de::DeserializeOwned,
{
    let mut value = shown(form);
    let Value::Object(changes) = changes else {
        panic!("changes are an object")
    };
    value.as_object_mut().unwrap().extend(changes);
    sent(value)
}

/// The fields that a failure names, as `field: fault`.
pub(crate) fn faults(failure: &drempel_screens::CommandError) -> Value {
    let fields = failure
        .fields
        .iter()
        .map(|fault| json!([fault.field, fault.fault]));
    fields.collect()
}

/// Ana walks a joint round in the harbour quarter.
pub(crate) fn on_a_joint_round(phone: &Phone) -> RecordId {
    let start = RoundStart {
        district: Some("haven".to_owned()),
        partners: vec!["attendance_officer".to_owned()],
    };
    let round = phone.screens().start_round(&start).unwrap().answer.record;
    phone.wait(60_000);
    round
}

/// Somebody known by a nickname, in nobody's caseload.
pub(crate) fn youth(phone: &Phone, nickname: &str) -> RecordId {
    let youth = Youth {
        nickname: Some(nickname.to_owned()),
        ..Youth::default()
    };
    let form = YouthForm {
        youth,
        ..YouthForm::default()
    };
    phone
        .client()
        .create_youth(TEAM, form)
        .unwrap()
        .first::<Youth>()
        .unwrap()
        .record()
}

/// All live records of a kind.
pub(crate) fn all<K: Record + Named>(phone: &Phone) -> Vec<Stored> {
    phone
        .client()
        .store()
        .read(|reader| reader.find(&Query::of::<K>()))
        .unwrap()
}
