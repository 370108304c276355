//! That nothing of a removed space, or of an erased record, is left in any byte, tried without encryption so that the bytes can be read.

use crate::{Draft, LocalChange, Store, StoreError, Writer};
use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::sync_log::{
    Change, Eff, FeedRecord, FieldName, Fields, Outcome, Reason, Removal, RemovalKind, Seq, Verdict,
};
use drempel_domain::time::{Clocks, Moment};
use drempel_domain::value::Value;
use std::collections::BTreeMap;
use std::path::Path;
use uuid::Uuid;

const TEAM: SpaceId = SpaceId::new(Uuid::from_u128(0x7ea));
const PERSONAL: SpaceId = SpaceId::new(Uuid::from_u128(0xa10));

/// Stands in every text of the team, in lower case as in the index.
const SENTINEL: &str = "schildwacht";

fn fields(name: &str, text: &str) -> Fields {
    Fields::from([(FieldName::new(name).unwrap(), Value::from(text))])
}

fn contact(number: u128, text: &str) -> FeedRecord {
    FeedRecord {
        id: RecordId::new(Uuid::from_u128(number)),
        collection: "street_contact".to_owned(),
        eff: Eff::from_bits(1),
        effs: BTreeMap::new(),
        fields: fields("note", text),
        whole: true,
    }
}

fn change(number: u128, new: bool, text: &str) -> LocalChange {
    LocalChange {
        space: TEAM,
        collection: "street_contact".to_owned(),
        record: RecordId::new(Uuid::from_u128(number)),
        new,
        set: fields("note", text),
        base: BTreeMap::new(),
        made: Clocks {
            wall: 1,
            boot: None,
            mono: None,
        },
        instead_of: None,
    }
}

/// Fills a space with everything that can be in it, in rows that grow and move among those of another space.
fn fill(w: &Writer<'_>) -> Result<(), StoreError> {
    for number in 0..600u128 {
        let text = [SENTINEL, &number.to_string(), " op het plein"].concat();
        w.take_records(TEAM, &[contact(number * 7_919 % 600, &text)])?;
        w.take_records(
            PERSONAL,
            &[contact(10_000 + number, "een gewone notitie van mijzelf")],
        )?;
    }
    for number in 0..300u128 {
        let long = [
            SENTINEL,
            &" en nog veel meer woorden".repeat(1 + usize::try_from(number % 40).unwrap_or(0)),
        ]
        .concat();
        w.apply_local(&change(number * 2, false, &long))?;
    }
    w.apply_local(&change(2_000, true, SENTINEL))?;
    let captured = Change {
        seq: Seq(1),
        collection: "street_contact".to_owned(),
        record: RecordId::new(Uuid::from_u128(2_001)),
        new: true,
        set: fields("note", SENTINEL),
        base: BTreeMap::new(),
        made: change(2_001, true, SENTINEL).made,
        instead_of: None,
        given: None,
    };
    w.take_captured(TEAM, DeviceId::new(Uuid::from_u128(0x10c)), &captured)?;
    let quarantined = Outcome {
        seq: Seq(301),
        eff: Some(Eff::from_bits(9)),
        verdict: Verdict::Quarantined,
        lost: Vec::new(),
        clamped: false,
        reason: Some(Reason {
            code: "wrong_type".to_owned(),
            field: None,
        }),
    };
    w.take_outcomes(TEAM, &[quarantined], Seq(301), Seq::ZERO, Moment::from_millis(1))?;
    let unknown = FeedRecord {
        collection: "robot".to_owned(),
        ..contact(3_000, SENTINEL)
    };
    w.take_records(TEAM, &[unknown])?;
    w.save_draft(&Draft {
        id: RecordId::new(Uuid::from_u128(4_000)),
        form: "street_contact".to_owned(),
        content: serde_json::json!({ "space": TEAM.to_string(), "note": SENTINEL }),
        updated_at: Moment::from_millis(1),
        while_locked: false,
    })?;
    w.save_draft(&Draft {
        id: RecordId::new(Uuid::from_u128(4_001)),
        form: "doorstep_talk".to_owned(),
        content: serde_json::json!({ "audience": { "own": TEAM.to_string(), "joint": null }, "text": SENTINEL }),
        updated_at: Moment::from_millis(1),
        while_locked: false,
    })?;
    w.leave_be(TEAM, RecordId::new(Uuid::from_u128(5_000)))
}

fn traces(directory: &Path) -> usize {
    let sentinel = SENTINEL.as_bytes();
    std::fs::read_dir(directory)
        .unwrap()
        .map(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes
                .windows(sentinel.len())
                .filter(|window| window.eq_ignore_ascii_case(sentinel))
                .count()
        })
        .sum()
}

#[test]
fn no_byte_of_a_removed_space_is_left_in_any_file() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open_in_the_clear(&directory.path().join("drempel.db")).unwrap();
    store.write(fill).unwrap();
    assert!(traces(directory.path()) > 900);
    store.write::<_, StoreError>(|w| w.remove_space(TEAM)).unwrap();
    store.scrub().unwrap();
    assert_eq!(traces(directory.path()), 0);
    let left = store
        .read::<_, StoreError>(|r| r.search("gewone", 1_000))
        .unwrap();
    assert_eq!(left.len(), 600);
    let settled = store.read::<_, StoreError>(|r| r.settled()).unwrap();
    assert!(
        settled.is_empty(),
        "not even which of its records somebody was asked about"
    );
}

#[test]
fn no_byte_of_an_erased_record_is_left_in_any_file() {
    // Whether the last word of one and the first of the next are one: what is left, and where, differs with it.
    for end in ["", " "] {
        assert_nothing_is_left_of_what_is_erased(end);
    }
}

fn assert_nothing_is_left_of_what_is_erased(end: &str) {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open_in_the_clear(&directory.path().join("drempel.db")).unwrap();
    let text = |number: u128| match number % 3 {
        0 => [SENTINEL, &number.to_string(), " op het plein", end].concat(),
        _ => ["een gewone notitie van ", &number.to_string(), end].concat(),
    };
    // Rows that grow move to other pages, and push their neighbours there.
    for round in 0..6u64 {
        let grow = |w: &Writer<'_>| {
            (0..600u64).try_for_each(|number| {
                let number = number * 7_919 % 600;
                let times = 1 + usize::try_from(round * number % 41).unwrap();
                let grown = FeedRecord {
                    eff: Eff::from_bits(round + 1),
                    ..contact(number.into(), &text(number.into()).repeat(times))
                };
                w.take_records(TEAM, &[grown])
            })
        };
        store.write(grow).unwrap();
    }
    store.scrub().unwrap();
    assert!(traces(directory.path()) > 1_000);
    // In two goes, because what is done after the first must not be all.
    for half in [0, 3] {
        let erased = (0..600)
            .filter(|number| number % 6 == half)
            .map(|number| Removal {
                id: contact(number, "").id,
                collection: "street_contact".to_owned(),
                kind: RemovalKind::Erased,
            });
        let erased: Vec<_> = erased.collect();
        store
            .write::<_, StoreError>(|w| w.take_removals(TEAM, &erased))
            .unwrap();
        store.scrub().unwrap();
    }
    assert_eq!(traces(directory.path()), 0, "{end:?}");
    let left = store
        .read::<_, StoreError>(|r| r.search("gewone", 1_000))
        .unwrap();
    assert_eq!(left.len(), 400);
}

#[test]
fn what_ages_off_is_overwritten_where_it_stood_and_leaves_the_log() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open_in_the_clear(&directory.path().join("drempel.db")).unwrap();
    let text = |number: u128| match number % 3 {
        0 => [SENTINEL, &number.to_string(), " op het plein"].concat(),
        _ => ["een gewone notitie ", &number.to_string()].concat(),
    };
    let records: Vec<_> = (0..300).map(|number| contact(number, &text(number))).collect();
    store
        .write::<_, StoreError>(|w| w.take_records(TEAM, &records))
        .unwrap();
    assert!(traces(directory.path()) > 100);
    let aged = records.iter().step_by(3).map(|record| Removal {
        id: record.id,
        collection: record.collection.clone(),
        kind: RemovalKind::Aged,
    });
    let aged: Vec<_> = aged.collect();
    store
        .write::<_, StoreError>(|w| w.take_removals(TEAM, &aged))
        .unwrap();
    store.scrub().unwrap();
    assert_eq!(traces(directory.path()), 0);
}
