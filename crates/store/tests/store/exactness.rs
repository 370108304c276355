//! Whatever a field holds, the database gives it back exactly.

use crate::support::{TEAM, ana, digest_of, eff, feed, id};
use drempel_domain::records::collections;
use drempel_domain::schema::{Collection, Holds};
use drempel_domain::sync_log::{Cursor, FeedRecord, FieldName, Fields};
use drempel_domain::value::Value;
use drempel_store::StoreError;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-5i64..2_000).prop_map(Value::Integer),
        "[^\0]{0,6}".prop_map(Value::Text),
        prop::sample::select(vec![
            "2026-03-02T18:52:48.120Z",
            "2026-03-02T18:52:48Z",
            "2026-03-02",
            "019cb2f4-a1b3-7000-8000-000000000000",
            "019CB2F4-A1B3-7000-8000-000000000000",
            "not_discussed",
            "",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::List),
            prop::collection::btree_map("[a-z_]{1,6}", inner, 0..3).prop_map(Value::Map),
        ]
    })
}

/// A map of a group's own members, some of them null, unknown or of another type.
fn any_group(members: &'static [(&'static str, drempel_domain::schema::Kind)]) -> BoxedStrategy<Value> {
    let names: Vec<&str> = members
        .iter()
        .map(|(member, _)| *member)
        .chain(["newer"])
        .collect();
    prop::collection::btree_map(
        prop::sample::select(names).prop_map(str::to_owned),
        any_value(),
        0..4,
    )
    .prop_map(Value::Map)
    .boxed()
}

fn any_field(collection: &'static Collection) -> BoxedStrategy<(FieldName, Value)> {
    let all: Vec<_> = collection.all_fields().collect();
    let known = prop::sample::select(all).prop_flat_map(|field| {
        let value = match &field.holds {
            Holds::Group(members) => prop_oneof![any_group(members), any_value()].boxed(),
            Holds::One(_) | Holds::Keyed(_) => any_value().boxed(),
        };
        let key = match field.holds {
            Holds::Keyed(_) => prop::option::weighted(0.9, "[a-z<+]{1,4}"),
            Holds::One(_) | Holds::Group(_) => prop::option::weighted(0.1, "[a-z<+]{1,4}"),
        };
        (key, value).prop_map(|(key, value)| {
            let name = match key {
                Some(key) => FieldName::keyed(field.name, &key),
                None => FieldName::new(field.name),
            };
            (name.unwrap(), value)
        })
    });
    let newer = ("[a-z]{1,3}(/[a-z]{1,3})?", any_value())
        .prop_map(|(name, value)| (FieldName::new(&name).unwrap(), value));
    prop_oneof![9 => known, 1 => newer].boxed()
}

fn any_record() -> impl Strategy<Value = FeedRecord> {
    prop::sample::select(collections().collect::<Vec<_>>()).prop_flat_map(|collection| {
        let fields = prop::collection::vec(any_field(collection), 0..12)
            .prop_map(|fields| fields.into_iter().collect::<Fields>());
        let effs = prop::collection::vec(1u64..5, 12);
        (fields, effs).prop_map(|(fields, effs)| FeedRecord {
            effs: fields
                .keys()
                .cloned()
                .zip(effs.into_iter().map(eff))
                .collect::<BTreeMap<_, _>>(),
            ..feed(collection.name, id(1), 3, fields)
        })
    })
}

fn with_a_value(fields: &Fields) -> Fields {
    fields
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect()
}

#[test]
fn every_value_comes_back_as_it_was_and_counts_in_the_digest() {
    let ana = ana();
    let taken_in = |record: &FeedRecord| {
        let taken = ana.store.take_in::<_, StoreError>(|w| {
            w.begin_reread(TEAM)?;
            w.move_cursor(TEAM, Cursor::default(), false)?;
            w.take_records(TEAM, std::slice::from_ref(record))
        });
        taken.unwrap();
        ana.record(&record.collection, id(1)).unwrap()
    };
    proptest!(ProptestConfig::with_cases(400), |(record in any_record())| {
        prop_assert_eq!(taken_in(&record).fields, with_a_value(&record.fields));
        prop_assert_eq!(ana.digest(), digest_of(&[record]));
    });
}

#[test]
fn every_value_of_an_own_change_comes_back_as_it_was() {
    let ana = ana();
    let mut number = 0;
    let mut saved = |record: &FeedRecord| {
        number += 1;
        ana.make(&record.collection, id(number), record.fields.clone());
        let change = ana.read(|r| r.own_changes(id(number))).remove(0).change;
        (ana.record(&record.collection, id(number)).unwrap(), change)
    };
    let saved = std::cell::RefCell::new(&mut saved);
    proptest!(ProptestConfig::with_cases(200), |(record in any_record())| {
        let (stored, change) = (saved.borrow_mut())(&record);
        prop_assert_eq!(stored.fields, with_a_value(&record.fields));
        prop_assert_eq!(change.set, record.fields);
    });
}
