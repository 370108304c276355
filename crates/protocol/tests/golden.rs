//! The golden fixtures: each is its Rust type, is printed in `sync-protocol.md`, and its figures are true.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says what is wrong by failing"
)]

use drempel_domain::id::{DeviceId, RecordId};
use drempel_domain::record::computed_id;
use drempel_domain::sync_log::{Digest, Eff, FeedRecord, FieldName, claimed_time, effective_time, share};
use drempel_domain::time::{Clocks, Moment};
use drempel_domain::value::Value;
use drempel_protocol::deposit::{DepositAnswer, DepositRequest};
use drempel_protocol::enrolment::{EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::problem::{Code, Problem};
use drempel_protocol::synchronisation::{SentChange, SyncAnswer, SyncRequest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Parses a fixture and says whether writing it gives the same JSON again.
type Survives = fn(&str) -> bool;

const FIXTURES: &[(&str, Survives)] = &[
    ("enrolment-request", survives::<EnrolmentRequest>),
    ("enrolment-answer", survives::<EnrolmentAnswer>),
    ("awaiting-answer", survives::<EnrolmentAnswer>),
    ("deposit-request", survives::<DepositRequest>),
    ("deposit-answer", survives::<DepositAnswer>),
    ("unlocked-request", survives::<SyncRequest>),
    ("unlocked-answer", survives::<SyncAnswer>),
    ("first-request", survives::<SyncRequest>),
    ("first-answer", survives::<SyncAnswer>),
    ("upload-request", survives::<SyncRequest>),
    ("upload-answer", survives::<SyncAnswer>),
    ("download-request", survives::<SyncRequest>),
    ("download-answer", survives::<SyncAnswer>),
    ("conflict-request", survives::<SyncRequest>),
    ("conflict-answer", survives::<SyncAnswer>),
    ("rare-request", survives::<SyncRequest>),
    ("rare-answer", survives::<SyncAnswer>),
    ("mend-request", survives::<SyncRequest>),
    ("mend-answer", survives::<SyncAnswer>),
    ("gap-answer", survives::<SyncAnswer>),
    ("identity-answer", survives::<SyncAnswer>),
    ("restored-answer", survives::<SyncAnswer>),
    ("again-request", survives::<SyncRequest>),
    ("again-answer", survives::<SyncAnswer>),
    ("upgrade-answer", survives::<SyncAnswer>),
    ("problem", survives::<Problem>),
    ("effective-times", survives::<Vec<TimeCase>>),
    ("digest", survives::<DigestCase>),
];

/// What an effective time must be computed as.
#[derive(Serialize, Deserialize)]
struct TimeCase {
    case: String,
    device: DeviceId,
    made: Clocks,
    sending: Clocks,
    server_now: i64,
    before: Option<Eff>,
    seen: Option<Eff>,
    current: Option<Eff>,
    claimed: i64,
    eff: Eff,
}

/// What a digest must be computed as.
#[derive(Serialize, Deserialize)]
struct DigestCase {
    records: Vec<DigestRecord>,
    digest: Digest,
}

#[derive(Serialize, Deserialize)]
struct DigestRecord {
    id: RecordId,
    fields: BTreeMap<FieldName, DigestField>,
    /// One record's part looks like a digest of that record alone.
    share: Digest,
}

#[derive(Serialize, Deserialize)]
struct DigestField {
    eff: Eff,
    value: Value,
}

fn survives<T: Serialize + DeserializeOwned>(text: &str) -> bool {
    let parsed: T = serde_json::from_str(text).unwrap();
    let written = serde_json::to_string(&parsed).unwrap();
    let as_value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    as_value(&written) == as_value(text)
}

fn golden(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    fs::read_to_string(path.with_extension("json")).unwrap()
}

fn parsed<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_str(&golden(name)).unwrap()
}

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sync-protocol.md");
    fs::read_to_string(path).unwrap()
}

#[test]
fn every_fixture_is_its_type_and_comes_back_the_same() {
    for (name, survives) in FIXTURES {
        assert!(
            survives(&golden(name)),
            "{name} changes on its way through its type"
        );
    }
}

#[test]
fn every_file_in_the_folder_is_tried() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            FIXTURES.iter().any(|(name, _)| *name == stem),
            "{stem} has no type in FIXTURES"
        );
    }
}

#[test]
fn the_document_prints_every_fixture_and_no_other_json() {
    let document = document();
    let printed: Vec<&str> = document
        .split("```json\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    for (name, _) in FIXTURES {
        let fixture = golden(name);
        assert!(
            printed.contains(&fixture.as_str()),
            "sync-protocol.md does not print {name}.json"
        );
    }
    assert_eq!(
        printed.len(),
        FIXTURES.len(),
        "sync-protocol.md prints JSON that is no fixture"
    );
}

#[test]
fn every_entry_of_changes_is_one_of_its_three_forms() {
    let mut forms = [0; 3];
    for name in [
        "upload-request",
        "conflict-request",
        "rare-request",
        "mend-request",
        "again-request",
    ] {
        let request: SyncRequest = parsed(name);
        for raw in request.spaces.iter().flat_map(|space| &space.changes) {
            let entry: SentChange = serde_json::from_str(raw.get()).unwrap();
            let written = serde_json::to_value(&entry).unwrap();
            assert_eq!(
                written,
                serde_json::from_str::<serde_json::Value>(raw.get()).unwrap(),
                "{name}"
            );
            match entry {
                SentChange::Change(change) => {
                    assert_eq!(change.check_form(), Ok(()), "{name}");
                    forms[0] += 1;
                }
                SentChange::Lost(_) => forms[1] += 1,
                SentChange::Opaque(_) => forms[2] += 1,
            }
        }
    }
    assert!(forms.iter().all(|times| *times > 0), "{forms:?}");
}

#[test]
fn the_effective_times_are_computed_as_printed() {
    for case in parsed::<Vec<TimeCase>>("effective-times") {
        let now = Moment::from_millis(case.server_now);
        let claimed = claimed_time(&case.made, &case.sending, now);
        assert_eq!(claimed.millis(), case.claimed, "{}", case.case);
        let eff = effective_time(claimed, now, case.device, case.before, case.seen, case.current);
        assert_eq!(eff, case.eff, "{}", case.case);
    }
}

#[test]
fn the_digest_is_computed_as_printed() {
    let case: DigestCase = parsed("digest");
    let mut digest = Digest::default();
    for record in &case.records {
        let fields = record
            .fields
            .iter()
            .map(|(name, field)| (name, field.eff, &field.value));
        let share = share(record.id, fields);
        assert_eq!(share.to_bytes(), record.share.to_bytes(), "{}", record.id);
        digest.add(share);
    }
    assert_eq!(digest, case.digest);
}

#[test]
fn whole_records_of_the_examples_add_up_to_the_digest_beside_them() {
    for name in ["download-answer", "restored-answer"] {
        let answer: SyncAnswer = parsed(name);
        let space = &answer.spaces[0];
        let mut digest = Digest::default();
        space
            .records
            .iter()
            .for_each(|record| digest.add(share_of(record)));
        assert_eq!(Some(digest), space.digest, "{name}");
    }
}

fn share_of(record: &FeedRecord) -> drempel_domain::sync_log::Share {
    let eff = |name: &FieldName| record.effs.get(name).copied().unwrap_or(record.eff);
    share(
        record.id,
        record.fields.iter().map(|(name, value)| (name, eff(name), value)),
    )
}

#[test]
fn the_identifier_of_the_overwritten_value_is_computed_as_printed() {
    let request: SyncRequest = parsed("conflict-request");
    let answer: SyncAnswer = parsed("conflict-answer");
    let [edited, overwritten] = answer.spaces[0].records.as_slice() else {
        panic!("the example has two records");
    };
    let outcome = &answer.spaces[0].outcomes[0];
    let (lost, seq) = (outcome.eff.unwrap(), outcome.seq);
    let (record, device) = (edited.id.uuid(), request.device.uuid());
    let parts: [&[u8]; 5] = [
        record.as_bytes(),
        b"note",
        &lost.bits().to_be_bytes(),
        device.as_bytes(),
        &seq.0.to_be_bytes(),
    ];
    assert_eq!(overwritten.id, computed_id("overwritten", &parts));
    assert!(document().contains(&format!("`{}`", overwritten.id)));
}

#[test]
fn the_document_names_every_error_with_its_status() {
    let document = document();
    for code in Code::ALL {
        let row = format!("| `{}` | {} |", code.as_str(), code.status());
        assert!(document.contains(&row), "sync-protocol.md has no row {row}");
    }
}

#[test]
fn the_example_of_a_problem_is_the_one_that_is_sent() {
    let example: Problem = parsed("problem");
    assert_eq!(example, Problem::new(Code::NotEnrolled, example.detail.clone()));
}

#[test]
fn what_a_newer_version_adds_is_passed_over() {
    for (name, _) in FIXTURES.iter().filter(|(name, _)| name.ends_with("-answer")) {
        let mut answer: serde_json::Value = parsed(name);
        add_members(&mut answer);
        let text = answer.to_string();
        match *name {
            "enrolment-answer" | "awaiting-answer" => {
                assert!(serde_json::from_str::<EnrolmentAnswer>(&text).is_ok(), "{name}");
            }
            "deposit-answer" => assert!(serde_json::from_str::<DepositAnswer>(&text).is_ok(), "{name}"),
            _ => assert!(serde_json::from_str::<SyncAnswer>(&text).is_ok(), "{name}"),
        }
    }
}

/// Adds a member to every object except those whose names are data.
fn add_members(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(members) => {
            let named = ["fields", "effs", "lists", "settings"];
            members
                .iter_mut()
                .filter(|(name, _)| !named.contains(&name.as_str()))
                .for_each(|(_, member)| add_members(member));
            members.insert(
                "of_a_newer_version".to_owned(),
                serde_json::json!({"text": [1, "two"]}),
            );
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(add_members),
        _ => {}
    }
}
