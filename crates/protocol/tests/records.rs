//! `docs/records.md` lists every collection and field of this version, as the schema has them.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use drempel_domain::records::collections;
use drempel_domain::schema::{COMMON, Collection, Field, Holds, Kind, Window};
use std::fs;
use std::path::Path;

const OPENING: &str = "\
# Records

Every collection of this version and what its fields hold: the companion of `sync-protocol.md` for whoever writes
another client or server. Written from the schema in `crates/domain/src/records`, where each field is explained.

*Instants* and *days* of what happened lie from 2000 to one day ahead, of what is planned from 2000 to ten years ahead,
of a birth from 1900 to one day ahead. *Texts* have at most 20 000 Unicode scalar values, a list of texts together. A
*code* is one that the municipality's list of that name has, or any other: unknown codes are kept. *Per key* means
one field for each key, such as `topics/school`.
";

fn document() -> String {
    let mut text = OPENING.to_owned();
    text.push_str("\n## Every record\n\n");
    add_fields(&mut text, COMMON);
    for collection in collections() {
        add_collection(&mut text, collection);
    }
    text
}

fn add_collection(text: &mut String, collection: &Collection) {
    text.push_str(&format!("\n## `{}`\n\n", collection.name));
    add_fields(text, collection.fields);
}

fn add_fields(text: &mut String, fields: &[Field]) {
    text.push_str("| field | holds |\n|---|---|\n");
    for field in fields {
        text.push_str(&format!("| `{}` | {} |\n", field.name, holds(&field.holds)));
    }
}

fn holds(holds: &Holds) -> String {
    match holds {
        Holds::One(kind) => words(*kind),
        Holds::Keyed(kind) => format!("per key: {}", words(*kind)),
        Holds::Group(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, kind)| format!("`{name}` {}", words(*kind)))
                .collect();
            format!("map: {}", members.join(", "))
        }
    }
}

fn words(kind: Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Texts => "list of texts".to_owned(),
        Kind::Code(list) => format!("code of `{list}`"),
        Kind::Bool => "true or false".to_owned(),
        Kind::Integer(least, most) => format!("whole number from {least} to {most}"),
        Kind::Score => "whole number from 1 to 5, or the text `not_discussed`".to_owned(),
        Kind::Moment(window) => format!("instant {}", when(window)),
        Kind::Day(window) => format!("day {}", when(window)),
        Kind::Record(collection) => format!("identifier of a `{collection}`"),
        Kind::AnyRecord => "map: `collection`, `id` of a record".to_owned(),
        Kind::User => "identifier of a user".to_owned(),
        Kind::Space => "identifier of a space".to_owned(),
        Kind::Opaque => "any value".to_owned(),
    }
}

fn when(window: Window) -> &'static str {
    match window {
        Window::Event => "of what happened",
        Window::Plan => "of what is planned",
        Window::Birth => "of a birth",
    }
}

#[test]
fn the_document_lists_every_collection_and_field() {
    let expected = document();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/records.md");
    let actual = fs::read_to_string(&path).unwrap_or_default();
    if actual != expected {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("records.md");
        fs::write(&fresh, &expected).unwrap();
        panic!("the schema has changed: cp {} docs/records.md", fresh.display());
    }
}
