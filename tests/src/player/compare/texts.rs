//! Every text is unchanged, letter for letter, on every device that may see it.

use super::judge::Judge;
use crate::player::PlayError;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Compares the texts.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for (place, expected) in &judge.expected.text_sha256_first_16 {
        let (name, field) = place
            .rsplit_once('.')
            .ok_or_else(|| PlayError::line(format!("{place} names no field")))?;
        let id = judge.refs.get(name)?.id;
        let mut holders = 0;
        for replica in &judge.replicas {
            if let Some(kept) = replica.records.get(&id) {
                holders += 1;
                let found = kept.text(&names_of(field)).map(hash);
                let what = format!("text of {place} on {}", replica.device);
                judge
                    .comparison
                    .same(what, &found.as_deref(), &Some(expected.as_str()));
            }
        }
        judge
            .comparison
            .check(holders > 0, || format!("{place}: is on no device"));
    }
    Ok(())
}

/// What lines call a result is a code in one field or words in another.
fn names_of(field: &str) -> Vec<&str> {
    match field {
        "result" => vec!["result_text", "result"],
        other => vec![other],
    }
}

/// The first sixteen digits of the SHA-256 of a text.
fn hash(text: &str) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(text.as_bytes()).iter().take(8) {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}
