//! The workload's records as ours and back, exactly: what a column can hold goes there, the rest travels as fields of a
//! newer version would.

use drempel_domain::id::RecordId;
use drempel_domain::record::computed_id;
use drempel_domain::records::collection;
use drempel_domain::schema::Collection;
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The fields of the workload's records, in the order in which their digest takes them.
pub const FIELDS: [&str; 14] = [
    "id",
    "kind",
    "happened_at",
    "neighbourhood",
    "location",
    "participants",
    "themes",
    "note",
    "follow_up",
    "youth_id",
    "author",
    "duration_min",
    "mood",
    "created_at",
];

/// The kinds of record that the workload has.
pub const KINDS: [&str; 3] = ["street_contact", "doorstep_talk", "quick_note"];

/// Why a record of the workload is none of ours.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// There is no text under `id`.
    #[error("a record without an id")]
    NoId,
    /// Its kind is not one of [`KINDS`].
    #[error("a record of a kind that is not known here")]
    Kind,
    /// Its name is no name of a field.
    #[error("a field with an unusable name")]
    Name,
    /// A value that records cannot hold, such as a number with a fraction.
    #[error("a value that cannot be kept")]
    Value,
}

/// The identifier of ours for one of the workload's.
pub fn record_id(id: &str) -> RecordId {
    id.parse()
        .unwrap_or_else(|_| computed_id("workload", &[id.as_bytes()]))
}

/// The kind of record, by name.
///
/// # Errors
/// [`MappingError::Kind`].
pub fn kind(name: &str) -> Result<&'static Collection, MappingError> {
    collection(name)
        .filter(|_| KINDS.contains(&name))
        .ok_or(MappingError::Kind)
}

/// A whole record: its kind, identifier and fields, for a device on which it is `now`.
///
/// # Errors
/// See [`MappingError`].
pub fn to_ours(
    record: &Map<String, Json>,
    now: Moment,
) -> Result<(&'static Collection, RecordId, Fields), MappingError> {
    let id = record
        .get("id")
        .and_then(Json::as_str)
        .ok_or(MappingError::NoId)?;
    let collection = kind(record.get("kind").and_then(Json::as_str).unwrap_or_default())?;
    let mut fields = Fields::new();
    for (name, value) in record {
        let implied = name == "kind" || name == "id" && record_id(id).to_string() == id;
        if !implied && !value.is_null() {
            let (field, value) = place(collection, name, value, now)?;
            fields.insert(field, value);
        }
    }
    Ok((collection, record_id(id), fields))
}

/// What to set in a record that has these fields, so that the workload's fields get these values.
///
/// # Errors
/// See [`MappingError`].
pub fn changes(
    collection: &Collection,
    has: &Fields,
    set: &Map<String, Json>,
    now: Moment,
) -> Result<Fields, MappingError> {
    let mut changes = Fields::new();
    for (name, value) in set {
        let homes = [
            home(collection, name).and_then(|home| FieldName::new(home).ok()),
            Some(carried(collection, name)?),
        ];
        for field in homes
            .into_iter()
            .flatten()
            .filter(|field| has.contains_key(field))
        {
            changes.insert(field, Value::Null);
        }
        if !value.is_null() {
            let (field, value) = place(collection, name, value, now)?;
            changes.insert(field, value);
        }
    }
    Ok(changes)
}

/// One of the workload's fields, as it was given.
pub fn field(collection: &Collection, id: RecordId, fields: &Fields, name: &str) -> Json {
    let held = match home(collection, name).and_then(|home| fields.get(home)) {
        Some(value) if name == "neighbourhood" => value.member("district"),
        Some(value) => Some(value),
        None => carried(collection, name)
            .ok()
            .and_then(|carried| fields.get(&carried)),
    };
    match (held, name) {
        (Some(value), _) => serde_json::to_value(value).unwrap_or_default(),
        (None, "id") => Json::String(id.to_string()),
        (None, "kind") => Json::String(collection.name.to_owned()),
        (None, _) => Json::Null,
    }
}

/// Where a value goes: to its column when that holds exactly such values, else along as it is.
fn place(
    collection: &Collection,
    name: &str,
    value: &Json,
    now: Moment,
) -> Result<(FieldName, Value), MappingError> {
    let value: Value = serde_json::from_value(value.clone()).map_err(|_| MappingError::Value)?;
    if let Some(home) = home(collection, name) {
        let field = FieldName::new(home).map_err(|_| MappingError::Name)?;
        let held = match name {
            "neighbourhood" => Value::Map(BTreeMap::from([("district".to_owned(), value.clone())])),
            _ => value.clone(),
        };
        let alone = Fields::from([(field.clone(), held.clone())]);
        if collection.check(&alone, false, now).is_empty() {
            return Ok((field, held));
        }
    }
    Ok((carried(collection, name)?, value))
}

/// The field of ours whose meaning is that of the workload's, when the kind has one.
fn home(collection: &Collection, name: &str) -> Option<&'static str> {
    match (collection.name, name) {
        ("street_contact" | "doorstep_talk", "happened_at") => Some("occurred_at"),
        ("street_contact", "neighbourhood") => Some("place"),
        ("street_contact", "location") => Some("place_text"),
        ("doorstep_talk", "location") => Some("address"),
        ("street_contact", "participants") => Some("headcount"),
        ("street_contact" | "doorstep_talk", "mood") => Some("mood"),
        ("street_contact", "note") => Some("note"),
        ("doorstep_talk", "note") => Some("how_are_things"),
        ("quick_note", "note") => Some("text"),
        ("doorstep_talk" | "quick_note", "youth_id") => Some("youth"),
        _ => None,
    }
}

/// The name under which a value travels that has no column. Ours is never taken for it.
fn carried(collection: &Collection, name: &str) -> Result<FieldName, MappingError> {
    let ours = name == "id" || collection.field(name).is_some();
    let name = if ours {
        ["source_", name].concat()
    } else {
        name.to_owned()
    };
    FieldName::new(&name).map_err(|_| MappingError::Name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::workload::generate;
    use serde_json::json;

    const NOW: Moment = Moment::from_millis(1_800_000_000_000);

    fn map(value: Json) -> Map<String, Json> {
        match value {
            Json::Object(map) => map,
            _ => unreachable!("an object was given"),
        }
    }

    fn check_comes_back(record: &Map<String, Json>) {
        let (collection, id, fields) = to_ours(record, NOW).unwrap();
        for name in FIELDS {
            let given = record.get(name).cloned().unwrap_or_default();
            assert_eq!(
                field(collection, id, &fields, name),
                given,
                "{name} of {record:?}"
            );
        }
    }

    #[test]
    fn every_record_comes_back_as_it_was_given() {
        for record in generate(300, 3) {
            check_comes_back(&map(serde_json::to_value(record).unwrap()));
        }
        let odd = [
            json!({"id": "contact-7", "kind": "street_contact", "mood": 3, "participants": [1, "twee"], "happened_at": 17}),
            json!({"id": "X", "kind": "doorstep_talk", "youth_id": "youth-4", "happened_at": "2026-03-02T18:52:48Z", "note": null}),
            json!({"id": "", "kind": "quick_note", "happened_at": "2026-03-02T18:52:48.000Z", "neighbourhood": "Oude Markt", "follow_up": true}),
            json!({"id": "Y", "kind": "street_contact", "neighbourhood": "Oude Markt", "themes": [], "note": "", "participants": 501}),
        ];
        for record in odd {
            check_comes_back(&map(record));
        }
    }

    #[test]
    fn what_has_a_column_is_in_it() {
        let record = json!({"id": "1", "kind": "street_contact", "neighbourhood": "noord", "participants": 4, "created_at": "x"});
        let (_, _, fields) = to_ours(&map(record), NOW).unwrap();
        let names: Vec<_> = fields.keys().map(FieldName::as_str).collect();
        assert_eq!(names, ["headcount", "place", "source_created_at", "source_id"]);
    }

    #[test]
    fn an_edit_leaves_one_value_wherever_it_was_before() {
        let collection = kind("street_contact").unwrap();
        let mut has = changes(collection, &Fields::new(), &map(json!({"mood": "calm"})), NOW).unwrap();
        has.extend(changes(collection, &has, &map(json!({"mood": 4})), NOW).unwrap());
        has.retain(|_, value| !value.is_null());
        assert_eq!(field(collection, record_id("1"), &has, "mood"), json!(4));
        has.extend(changes(collection, &has, &map(json!({"mood": null})), NOW).unwrap());
        has.retain(|_, value| !value.is_null());
        assert!(has.is_empty());
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        for record in [
            json!({"kind": "quick_note"}),
            json!({"id": "1", "kind": "youth"}),
            json!({"id": "1", "kind": "quick_note", "mood": 1.5}),
        ] {
            assert!(to_ours(&map(record), NOW).is_err());
        }
    }
}
