//! Hashes: of tokens and codes, of changes, and the tags of what is sent only when it changed.

use drempel_domain::sync_log::Change;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Characters of a tag: 96 bits.
const TAG: usize = 24;

/// SHA-256 of the parts, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    let mut hash = [0; 32];
    hash.iter_mut()
        .zip(hasher.finalize())
        .for_each(|(to, from)| *to = from);
    hash
}

/// The text of a hash: lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The 32 bytes that 64 lower-case hexadecimal digits stand for.
pub(crate) fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    (hex(&bytes) == text).then_some(bytes)
}

/// A name for a state of affairs: equal content, equal tag.
pub(crate) fn tag_of(content: &impl Serialize) -> String {
    // These shapes have only text keys, so that serialising them cannot fail.
    let text = serde_json::to_vec(content).unwrap_or_default();
    hex(&sha256(&[&text])).chars().take(TAG).collect()
}

/// The text of a change as it is kept: without what a server had given it, so that sending it again after a
/// restore changes nothing in it.
pub(crate) fn change_text(change: &Change) -> String {
    let kept = Change {
        given: None,
        ..change.clone()
    };
    serde_json::to_string(&kept).unwrap_or_default()
}
