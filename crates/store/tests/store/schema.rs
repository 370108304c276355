//! The migrations and the kinds of record agree.

use crate::support::ana;
use drempel_domain::records::collections;
use drempel_domain::schema::{Holds, Kind};
use std::collections::BTreeMap;

/// The type of the column that keeps a value of this kind.
fn column_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Texts | Kind::Code(_) | Kind::Day(_) | Kind::AnyRecord | Kind::Opaque => "TEXT",
        Kind::Bool | Kind::Integer(..) | Kind::Moment(_) => "INTEGER",
        Kind::Record(_) | Kind::User | Kind::Space => "BLOB",
        Kind::Score => unreachable!("only under keys"),
    }
}

const KEEPING: &[(&str, &str)] = &[
    ("key", "INTEGER"),
    ("id", "BLOB"),
    ("space", "INTEGER"),
    ("generation", "INTEGER"),
    ("eff", "INTEGER"),
    ("effs", "TEXT"),
    ("under", "TEXT"),
    ("extra", "TEXT"),
    ("share", "BLOB"),
    ("own_seq", "INTEGER"),
    ("dropped", "INTEGER"),
];

#[test]
fn every_kind_of_record_has_a_table_with_exactly_its_columns() {
    let ana = ana();
    let raw = ana.raw();
    for collection in collections() {
        let mut expected: BTreeMap<String, String> = KEEPING
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned()))
            .collect();
        for field in collection.all_fields() {
            match &field.holds {
                Holds::One(kind) => {
                    expected.insert(field.name.to_owned(), column_type(*kind).to_owned());
                }
                Holds::Keyed(_) => {
                    expected.insert(field.name.to_owned(), "TEXT".to_owned());
                }
                Holds::Group(members) => expected.extend(members.iter().map(|(member, kind)| {
                    ([field.name, "_", member].concat(), column_type(*kind).to_owned())
                })),
            }
        }
        let mut statement = raw
            .prepare("select name, type from pragma_table_info(?1)")
            .unwrap();
        let found: BTreeMap<String, String> = statement
            .query_map([collection.name], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(found, expected, "{}", collection.name);
    }
}

#[test]
fn every_table_is_strict() {
    let ana = ana();
    let raw = ana.raw();
    let sql = "
        select name from pragma_table_list
        where type = 'table' and schema = 'main' and not strict
          and name not in ('sqlite_schema', 'refinery_schema_history')";
    let loose: Vec<String> = raw
        .prepare(sql)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(loose, Vec::<String>::new());
}

#[test]
fn every_column_of_the_migrations_is_commented() {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/device");
    let mut tables = 0;
    for file in std::fs::read_dir(directory).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut before = "";
        let mut inside = false;
        for line in text.lines() {
            if line.starts_with("create table") {
                assert!(before.starts_with("-- "), "no comment above: {line}");
                inside = true;
                tables += 1;
            } else if line.starts_with(") strict") {
                inside = false;
            } else if inside
                && !["    check (", "    primary key ("]
                    .iter()
                    .any(|start| line.starts_with(start))
            {
                assert!(line.contains(" -- "), "no comment in: {line}");
            }
            before = line;
        }
    }
    assert!(tables > collections().count());
}
