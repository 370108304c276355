//! Fields as columns and back, exactly: what a column cannot give back as it was goes to `extra`.

use crate::table::{Storage, Table};
use drempel_domain::schema::{Holds, Kind};
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use std::collections::BTreeMap;
use std::ops::Bound;
use uuid::Uuid;

/// A row's columns for its fields, and what does not fit in them.
pub(crate) struct Columns<'a> {
    /// The values, in the order of the table's columns.
    pub(crate) values: Vec<ToSqlOutput<'a>>,
    /// JSON of the fields that no column gives back exactly.
    pub(crate) extra: Option<String>,
}

/// Puts fields into columns; those without a value are left out.
pub(crate) fn to_columns<'a>(table: &Table, fields: &'a Fields) -> Columns<'a> {
    let mut values = Vec::with_capacity(table.width);
    let mut fitted = 0;
    for field in table.collection.all_fields() {
        match &field.holds {
            Holds::One(kind) => values.push(
                fields
                    .get(field.name)
                    .and_then(|value| to_column(Storage::of(*kind), value))
                    .inspect(|_| fitted += 1)
                    .unwrap_or(NULL),
            ),
            Holds::Group(members) => {
                let group = fields.get(field.name).and_then(|value| to_group(members, value));
                fitted += usize::from(group.is_some());
                values.extend(group.unwrap_or_else(|| vec![NULL; members.len()]));
            }
            Holds::Keyed(_) => {
                let keyed: BTreeMap<&str, &Value> = keys_of(fields, field.name).collect();
                fitted += keyed.len();
                values.push(if keyed.is_empty() { NULL } else { json(&keyed) });
            }
        }
    }
    let all = fields.values().filter(|value| !value.is_null()).count();
    Columns {
        values,
        extra: (fitted < all).then(|| misfits(table, fields)),
    }
}

/// The fields of a row: its columns from the one at `first` on, and its `extra`.
pub(crate) fn from_columns(
    table: &Table,
    row: &rusqlite::Row<'_>,
    first: usize,
    extra: Option<&str>,
) -> Result<Fields, crate::StoreError> {
    let mut fields: Fields = match extra {
        Some(text) => serde_json::from_str(text)?,
        None => Fields::new(),
    };
    let mut column = first;
    for field in table.collection.all_fields() {
        match &field.holds {
            Holds::One(kind) => {
                if let Some(value) = from_column(Storage::of(*kind), row.get_ref(column)?)? {
                    fields.insert(name(field.name)?, value);
                }
                column += 1;
            }
            Holds::Group(members) => {
                let mut map = BTreeMap::new();
                for (member, kind) in *members {
                    if let Some(value) = from_column(Storage::of(*kind), row.get_ref(column)?)? {
                        map.insert((*member).to_owned(), value);
                    }
                    column += 1;
                }
                if !map.is_empty() {
                    fields.insert(name(field.name)?, Value::Map(map));
                }
            }
            Holds::Keyed(_) => {
                if let ValueRef::Text(text) = row.get_ref(column)? {
                    let keyed: BTreeMap<String, Value> = serde_json::from_slice(text)?;
                    for (key, value) in keyed {
                        let full = FieldName::keyed(field.name, &key);
                        fields.insert(full.map_err(|_| crate::StoreError::Unreadable)?, value);
                    }
                }
                column += 1;
            }
        }
    }
    Ok(fields)
}

/// A value as that column keeps it; nothing when the column could not give it back exactly.
pub(crate) fn to_column(storage: Storage, value: &Value) -> Option<ToSqlOutput<'_>> {
    match (storage, value) {
        (_, Value::Null) => None,
        (Storage::Text, Value::Text(text)) if !text.contains('\0') => {
            Some(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())))
        }
        (Storage::Bool, Value::Bool(yes)) => Some(integer(i64::from(*yes))),
        (Storage::Integer, Value::Integer(number)) => Some(integer(*number)),
        (Storage::Moment, Value::Text(text)) => {
            text.parse::<Moment>().ok().map(|moment| integer(moment.millis()))
        }
        (Storage::Identifier, Value::Text(text)) => {
            identifier(text).map(|id| ToSqlOutput::Owned(Owned::Blob(id.as_bytes().to_vec())))
        }
        (Storage::Json, value) => Some(json(value)),
        _ => None,
    }
}

/// A column's value; nothing when it is null.
fn from_column(storage: Storage, column: ValueRef<'_>) -> Result<Option<Value>, crate::StoreError> {
    let value = match (storage, column) {
        (_, ValueRef::Null) => return Ok(None),
        (Storage::Text, ValueRef::Text(text)) => Value::Text(utf8(text)?.to_owned()),
        (Storage::Bool, ValueRef::Integer(number)) => Value::Bool(number != 0),
        (Storage::Integer, ValueRef::Integer(number)) => Value::Integer(number),
        (Storage::Moment, ValueRef::Integer(millis)) => Value::Text(Moment::from_millis(millis).to_string()),
        (Storage::Identifier, ValueRef::Blob(bytes)) => {
            let id = Uuid::from_slice(bytes).map_err(|_| crate::StoreError::Unreadable)?;
            Value::Text(id.to_string())
        }
        (Storage::Json, ValueRef::Text(text)) => serde_json::from_slice(text)?,
        _ => return Err(crate::StoreError::Unreadable),
    };
    Ok(Some(value))
}

const NULL: ToSqlOutput<'static> = ToSqlOutput::Owned(Owned::Null);

fn to_group<'a>(members: &[(&'static str, Kind)], value: &'a Value) -> Option<Vec<ToSqlOutput<'a>>> {
    let Value::Map(map) = value else { return None };
    let mut fitted = 0;
    let columns = members
        .iter()
        .map(|(member, kind)| match map.get(*member) {
            None => Some(NULL),
            Some(value) => to_column(Storage::of(*kind), value).inspect(|_| fitted += 1),
        })
        .collect::<Option<Vec<_>>>()?;
    // An empty map would come back as nothing, and a member without a column not at all.
    (fitted > 0 && fitted == map.len()).then_some(columns)
}

/// The keys of a field that have a value.
fn keys_of<'a>(fields: &'a Fields, name: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    // All keys of `name` stand behind `name/` in the order of the map.
    let first = [name, "/"].concat();
    let last = [name, "0"].concat();
    fields
        .range::<str, _>((Bound::Included(first.as_str()), Bound::Excluded(last.as_str())))
        .filter(|(_, value)| !value.is_null())
        .filter_map(|(name, value)| Some((name.key()?, value)))
}

/// JSON of the fields that have a value and no column that gives it back.
fn misfits(table: &Table, fields: &Fields) -> String {
    let misfits: BTreeMap<&FieldName, &Value> = fields
        .iter()
        .filter(|(name, value)| !value.is_null() && !fits(table, name, value))
        .collect();
    text_of(&misfits)
}

fn fits(table: &Table, name: &FieldName, value: &Value) -> bool {
    let Some(field) = table.collection.field(name.name()) else {
        return false;
    };
    match (&field.holds, name.key()) {
        (Holds::One(kind), None) => to_column(Storage::of(*kind), value).is_some(),
        (Holds::Group(members), None) => to_group(members, value).is_some(),
        (Holds::Keyed(_), Some(_)) => true,
        _ => false,
    }
}

fn integer(number: i64) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Owned::Integer(number))
}

fn json(value: &impl serde::Serialize) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Owned::Text(text_of(value)))
}

/// JSON of values that have no floating point numbers and only texts as keys, so that it cannot fail.
pub(crate) fn text_of(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn identifier(text: &str) -> Option<Uuid> {
    text.parse::<drempel_domain::id::RecordId>()
        .ok()
        .map(drempel_domain::id::RecordId::uuid)
}

fn utf8(bytes: &[u8]) -> Result<&str, crate::StoreError> {
    std::str::from_utf8(bytes).map_err(|_| crate::StoreError::Unreadable)
}

fn name(text: &str) -> Result<FieldName, crate::StoreError> {
    FieldName::new(text).map_err(|_| crate::StoreError::Unreadable)
}
