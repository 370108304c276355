//! The benchmarks run from one end to the other, on a workload that is too small to say anything about speed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by failing"
)]

use drempel_tests::bench::budgets::Bench;
use drempel_tests::bench::children::{Device, Server};
use drempel_tests::bench::workload::generate;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn programs() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_bench-driver"))
        .parent()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_budget_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench {
        programs: programs(),
        folder: folder.path().to_owned(),
        records: 40,
        large: 60,
        repeats: 1,
        saves: 5,
    };
    let mut printed = Vec::new();
    bench.run(&mut printed).await.unwrap();
    let printed = String::from_utf8(printed).unwrap();
    let measured = [
        "write",
        "push",
        "pull",
        "wire, pulled",
        "one edit",
        "nothing to do",
        "a day's work",
        "p99",
        "memory",
    ];
    for name in measured {
        assert!(printed.contains(name), "{name} in {printed}");
    }
}

/// A server and two devices of one team, with so many records on the first of them.
struct Town {
    ana: Device,
    bo: Device,
    ids: Vec<String>,
    _server: Server,
    _folder: TempDir,
}

impl Town {
    fn with_records(number: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let records: Vec<_> = generate(number, 1).collect();
        let lines: Vec<String> = records
            .iter()
            .map(|record| serde_json::to_string(record).unwrap())
            .collect();
        let path = folder.path().join("workload.jsonl");
        std::fs::write(&path, lines.join("\n")).unwrap();
        let server = Server::start(&programs(), &folder.path().join("server")).unwrap();
        let open = |name| Device::open(&programs(), name, folder.path(), &server.address()).unwrap();
        let (mut ana, bo) = (open("A"), open("B"));
        ana.ask(&json!({"op": "load", "path": path})).unwrap();
        ana.ask(&json!({"op": "write", "from": 0, "to": number})).unwrap();
        Self {
            ana,
            bo,
            ids: records.into_iter().map(|record| record.id).collect(),
            _server: server,
            _folder: folder,
        }
    }

    fn synchronise(&mut self) {
        for _ in 0..2 {
            self.ana.ask(&json!({"op": "sync"})).unwrap();
            self.bo.ask(&json!({"op": "sync"})).unwrap();
        }
    }

    fn edit(device: &mut Device, id: &str, field: &str, value: &str) {
        device
            .ask(&json!({"op": "edit", "items": [[id, {field: value}]]}))
            .unwrap();
    }

    fn read(device: &mut Device, id: &str, fields: [&str; 2]) -> Value {
        device
            .ask(&json!({"op": "read", "ids": [id], "fields": fields}))
            .unwrap()["rows"][0]
            .take()
    }
}

#[test]
fn what_was_written_on_one_device_is_read_on_another_as_it_was() {
    let mut town = Town::with_records(30);
    town.ana.ask(&json!({"op": "push"})).unwrap();
    town.bo.ask(&json!({"op": "pull", "expect": 30})).unwrap();
    let (ours, theirs) = (
        town.ana.ask(&json!({"op": "digest"})).unwrap(),
        town.bo.ask(&json!({"op": "digest"})).unwrap(),
    );
    assert_eq!(ours, theirs);
    assert_eq!(ours["n"], 30);
    let first = generate(1, 1).next().unwrap();
    let row = Town::read(&mut town.bo, &first.id, ["note", "themes"]);
    assert_eq!(row, json!([first.note, first.themes]));
}

#[test]
fn edits_apart_keep_both_fields_and_the_one_that_lost_in_a_field_is_kept() {
    let mut town = Town::with_records(3);
    town.synchronise();
    let (apart, same) = (town.ids[0].clone(), town.ids[1].clone());
    Town::edit(&mut town.ana, &apart, "note", "Van ana");
    Town::edit(&mut town.bo, &apart, "mood", "tense");
    Town::edit(&mut town.ana, &same, "note", "Van ana");
    Town::edit(&mut town.bo, &same, "note", "Van bo");
    town.synchronise();
    for device in [&mut town.ana, &mut town.bo] {
        assert_eq!(
            Town::read(device, &apart, ["note", "mood"]),
            json!(["Van ana", "tense"])
        );
        assert_eq!(Town::read(device, &same, ["note", "kind"])[0], "Van bo");
        let overwritten = device
            .ask(&json!({"op": "overwritten", "ids": [apart, same]}))
            .unwrap();
        assert_eq!(overwritten["n"], 1);
    }
}

#[test]
fn a_question_that_cannot_be_answered_is_answered_with_an_error() {
    let mut town = Town::with_records(1);
    for question in [
        json!({"op": "dance"}),
        json!({"op": "write", "from": 0, "to": 9}),
        json!({"op": "load", "path": "/nowhere"}),
        json!({"op": "edit", "items": [["nobody", {}]]}),
    ] {
        assert!(town.ana.ask(&question).is_err(), "{question}");
    }
}
