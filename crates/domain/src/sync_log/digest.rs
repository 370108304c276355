//! A number that two replicas share exactly when they hold the same records, whatever the order.

use super::{Eff, FieldName};
use crate::id::RecordId;
use crate::value::Value;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// One record's part of the digest: 128 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share(u128);

impl Share {
    /// The sixteen bytes, most significant first, for storing.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The part with these sixteen bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }
}

/// The sum of all parts modulo 2^128, written as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest(u128);

/// The text is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a digest: expected 32 lower-case hexadecimal digits")]
pub struct NotADigest;

impl Digest {
    /// Counts a record in.
    pub fn add(&mut self, share: Share) {
        self.0 = self.0.wrapping_add(share.0);
    }

    /// Takes a record out.
    pub fn remove(&mut self, share: Share) {
        self.0 = self.0.wrapping_sub(share.0);
    }

    /// The sixteen bytes, most significant first, for storing.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The digest with these sixteen bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let digest = u128::from_str_radix(text, 16).map(Self).map_err(|_| NotADigest)?;
        if digest.to_string() == text {
            Ok(digest)
        } else {
            Err(NotADigest)
        }
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// A record's part: the first 128 bits of SHA-256 over its canonical text.
///
/// The text is `<record>\n` and then, for each field that has a value, in the order of the names,
/// `<name>\t<effective time>\t<value as RFC 8785 JSON>\n`. A field without a value does not count, so that a
/// replica need not remember since when it has none.
pub fn share<'a>(record: RecordId, fields: impl Iterator<Item = (&'a FieldName, Eff, &'a Value)>) -> Share {
    let mut text = String::with_capacity(512);
    // Writing to a String cannot fail.
    let _ = fmt::Write::write_fmt(&mut text, format_args!("{record}\n"));
    for (name, eff, value) in fields.filter(|(_, _, value)| !value.is_null()) {
        let _ = fmt::Write::write_fmt(&mut text, format_args!("{name}\t{eff}\t"));
        text.push_str(&value.to_json());
        text.push('\n');
    }
    let hash = Sha256::digest(text.as_bytes());
    let mut bytes = [0u8; 16];
    bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    Share::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn record() -> RecordId {
        RecordId::new(Uuid::from_u128(7))
    }

    #[test]
    fn a_digest_does_not_depend_on_the_order_and_can_be_taken_back() {
        let note = FieldName::new("note").unwrap();
        let value = Value::from("regel 1\n\"twee\"");
        let one = share(record(), [(&note, Eff::from_bits(9), &value)].into_iter());
        let two = share(record(), [(&note, Eff::from_bits(10), &value)].into_iter());
        assert_ne!(one, two);
        let mut left = Digest::default();
        left.add(one);
        left.add(two);
        let mut right = Digest::default();
        right.add(two);
        right.add(one);
        assert_eq!(left, right);
        left.remove(two);
        left.remove(one);
        assert_eq!(left, Digest::default());
    }

    #[test]
    fn a_field_without_a_value_does_not_count() {
        let note = FieldName::new("note").unwrap();
        let none = share(record(), [(&note, Eff::from_bits(9), &Value::Null)].into_iter());
        assert_eq!(none, share(record(), std::iter::empty()));
    }
}
