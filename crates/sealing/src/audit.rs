//! An audit log in which no line can be changed, removed or put in between without a trace.
//!
//! Each entry's hash covers the hash before it. The server appends in one transaction with what the entry is about;
//! the verify command reads all of it back. Whoever can write the database could make a new chain from a changed entry
//! on, and could cut off the end: so the head is written down elsewhere, with each backup, and compared.

use crate::fields::Writing;
use crate::text;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// An entry: its number from 1 without gaps, and its fields by name. A field without a value is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number.
    pub number: u64,
    /// Who, what, when, about whom: as text in one form.
    pub fields: BTreeMap<String, String>,
}

/// The hash of an entry and of all before it: 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryHash([u8; 32]);

/// The text is no hash of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the hash of an audit entry: expected 64 lower-case hexadecimal digits")]
pub struct NotAnEntryHash;

/// The log does not hold from this entry on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the audit log does not hold from entry {number} on: it was changed, removed or put in between")]
pub struct Broken {
    /// The number that the first entry which does not hold should have had.
    pub number: u64,
}

/// A log that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries it has.
    pub entries: u64,
    /// The hash of the last, to be compared with the one that was written down elsewhere.
    pub head: EntryHash,
}

impl EntryHash {
    /// What stands before the first entry of a log; the log's own identifier makes each log another.
    pub fn before_first(log: Uuid) -> Self {
        Self(Sha256::digest(Writing::of("drempel audit log 1").id(log).done()).into())
    }

    /// The hash with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for storing.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for EntryHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write_hex(&self.0, out)
    }
}

impl FromStr for EntryHash {
    type Err = NotAnEntryHash;

    fn from_str(text: &str) -> Result<Self, NotAnEntryHash> {
        text::read_hex(text).map(Self).ok_or(NotAnEntryHash)
    }
}

impl AuditEntry {
    /// The entry's hash after the one before.
    pub fn hash(&self, before: EntryHash) -> EntryHash {
        let fields = self.fields.iter().fold(
            Writing::of("drempel audit entry 1")
                .fixed(&before.0)
                .number(self.number),
            |writing, (name, value)| writing.text(name).text(value),
        );
        EntryHash(Sha256::digest(fields.done()).into())
    }
}

/// Reads a log in order and finds the first entry that does not hold.
///
/// # Errors
/// [`Broken`].
pub fn verify(
    log: Uuid,
    entries: impl IntoIterator<Item = (AuditEntry, EntryHash)>,
) -> Result<Verified, Broken> {
    let mut verified = Verified {
        entries: 0,
        head: EntryHash::before_first(log),
    };
    for (entry, hash) in entries {
        let number = verified.entries.saturating_add(1);
        if entry.number != number || entry.hash(verified.head) != hash {
            return Err(Broken { number });
        }
        verified = Verified {
            entries: number,
            head: hash,
        };
    }
    Ok(verified)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(number: u64, fields: &[(&str, &str)]) -> AuditEntry {
        AuditEntry {
            number,
            fields: fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        }
    }

    fn log(length: u64) -> Vec<(AuditEntry, EntryHash)> {
        let mut head = EntryHash::before_first(Uuid::from_u128(1));
        (1..=length)
            .map(|number| {
                let entry = entry(
                    number,
                    &[("action", "read"), ("actor", "ana"), ("at", &number.to_string())],
                );
                head = entry.hash(head);
                (entry, head)
            })
            .collect()
    }

    fn check(entries: Vec<(AuditEntry, EntryHash)>) -> Result<u64, Broken> {
        verify(Uuid::from_u128(1), entries).map(|verified| verified.entries)
    }

    #[test]
    fn a_log_that_nobody_touched_holds() {
        assert_eq!(check(log(5)), Ok(5));
        assert_eq!(check(Vec::new()), Ok(0));
    }

    #[test]
    fn an_entry_that_was_changed_removed_moved_or_put_in_is_found() {
        let whole = log(5);
        let mut changed = whole.clone();
        changed[2].0.fields.insert("actor".to_owned(), "bo".to_owned());
        let mut removed = whole.clone();
        removed.remove(2);
        let mut swapped = whole.clone();
        swapped.swap(2, 3);
        let mut put_in = whole.clone();
        put_in.insert(2, whole[2].clone());
        let mut rehashed = whole.clone();
        rehashed[2].0.fields.insert("actor".to_owned(), "bo".to_owned());
        rehashed[2].1 = rehashed[2].0.hash(rehashed[1].1);
        let mut skipping = log(2);
        let fourth = entry(4, &[("action", "read")]);
        let hash = fourth.hash(skipping[1].1);
        skipping.push((fourth, hash));
        for (name, log, first) in [
            ("a number left out by the writer", skipping, 3),
            ("changed", changed, 3),
            ("removed", removed, 3),
            ("swapped", swapped, 3),
            ("put in", put_in, 4),
            ("changed with a new hash", rehashed, 4),
        ] {
            assert_eq!(check(log), Err(Broken { number: first }), "{name}");
        }
    }

    #[test]
    fn a_cut_end_shows_in_the_head_and_another_log_does_not_pass_for_this_one() {
        let whole = verify(Uuid::from_u128(1), log(5)).unwrap();
        let cut = verify(Uuid::from_u128(1), log(4)).unwrap();
        assert_ne!(whole.head, cut.head);
        assert_eq!(verify(Uuid::from_u128(2), log(5)), Err(Broken { number: 1 }));
    }

    #[test]
    fn the_chain_has_this_form() {
        let head = log(2)[1].1;
        assert_eq!(
            head.to_string(),
            "c71bde5cfdd208e62ba7e04d43d4cf5b4a6dd688bb7fe6bed0781d5673fce9f6"
        );
        assert_eq!(head.to_string().parse(), Ok(head));
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_a_hash_without_a_panic(text in "\\PC{0,70}") {
            prop_assert!(text.parse::<EntryHash>().is_err());
        }

        #[test]
        fn entries_that_differ_never_have_the_same_hash(
            one in prop::collection::btree_map("[ab]{0,3}", "[ab]{0,3}", 0..4),
            other in prop::collection::btree_map("[ab]{0,3}", "[ab]{0,3}", 0..4),
        ) {
            let before = EntryHash::before_first(Uuid::nil());
            let hash = |fields: &BTreeMap<String, String>| AuditEntry { number: 1, fields: fields.clone() }.hash(before);
            prop_assert_eq!(hash(&one) == hash(&other), one == other);
        }
    }
}
