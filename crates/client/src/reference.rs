//! References between records, as values.

use drempel_domain::id::RecordId;
use drempel_domain::value::Value;

/// A record as the value that a reference to it holds.
pub(crate) fn reference(record: RecordId) -> Value {
    Value::Text(record.to_string())
}
