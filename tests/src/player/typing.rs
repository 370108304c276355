//! Typing in a form, a letter at a time.

use super::PlayError;
use drempel_client::Client;
use drempel_domain::id::RecordId;
use serde_json::{Map, Value};

/// Fills a form in, a field after the other and each text a letter after the other. Every letter is kept before the
/// next one is typed.
///
/// # Errors
/// When the library cannot be written.
pub(crate) fn type_letter_by_letter(
    client: &Client,
    id: RecordId,
    form: &str,
    typed: &Value,
) -> Result<(), PlayError> {
    let mut so_far = Map::new();
    for (field, value) in typed.as_object().into_iter().flatten() {
        for step in steps(value) {
            so_far.insert(field.clone(), step);
            client.keep_draft(id, form, Value::Object(so_far.clone()))?;
        }
    }
    Ok(())
}

/// A text in all its lengths; anything else at once.
fn steps(value: &Value) -> Vec<Value> {
    let Value::String(text) = value else {
        return vec![value.clone()];
    };
    let ends = text
        .char_indices()
        .map(|(start, letter)| start + letter.len_utf8());
    ends.filter_map(|end| text.get(..end)).map(Value::from).collect()
}
