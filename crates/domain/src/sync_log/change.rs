//! What a person did in one space with one record, as it travels and as it is kept.

use super::Eff;
use crate::id::{DeviceId, RecordId};
use crate::time::Clocks;
use crate::value::Value;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;

/// A device's running number within one space, from 1 without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// The number before the first.
    pub const ZERO: Seq = Seq(0);

    /// The number before this one; zero has none before it.
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The number after this one.
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// The name of a field, or of one key of a field that has keys: `note`, `topics/drugs`.
///
/// At most 130 characters: a name of lower-case letters, digits and underscores, and a key of
/// ASCII characters other than `/`, `"`, `\` and spaces, each at most 64 long.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct FieldName(Box<str>);

/// The text is no field name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a field name: expected a name such as note, or a name and a key such as topics/school")]
pub struct NotAFieldName;

impl FieldName {
    /// The field of that name.
    pub fn new(text: &str) -> Result<Self, NotAFieldName> {
        let (name, key) = match text.split_once('/') {
            Some((name, key)) => (name, Some(key)),
            None => (text, None),
        };
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let name_holds = (1..=64).contains(&name.len()) && name.bytes().all(plain);
        if name_holds && key.is_none_or(is_key) {
            Ok(Self(text.into()))
        } else {
            Err(NotAFieldName)
        }
    }

    /// The field `name` under `key`; nothing when the key has a character that keys do not have.
    pub fn keyed(name: &str, key: &str) -> Result<Self, NotAFieldName> {
        let mut text = String::with_capacity(name.len() + 1 + key.len());
        text.push_str(name);
        text.push('/');
        text.push_str(key);
        Self::new(&text)
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without its key.
    pub fn name(&self) -> &str {
        self.0.split_once('/').map_or(&*self.0, |(name, _)| name)
    }

    /// The key, when the field has keys.
    pub fn key(&self) -> Option<&str> {
        self.0.split_once('/').map(|(_, key)| key)
    }
}

/// Whether a text can be a code of a list or another key of a field.
pub(crate) fn is_key(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'/' | b'"' | b'\\'))
}

impl Borrow<str> for FieldName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::new(&text).map_err(D::Error::custom)
    }
}

/// Fields with their values, in the order of their names.
pub type Fields = BTreeMap<FieldName, Value>;

/// What the writer saw in a field on opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Base {
    /// A value of the server's.
    Seen(Eff),
    /// A change of the writer's own that the server had not yet decided on.
    Own {
        /// The device that made it.
        device: DeviceId,
        /// Its number there.
        seq: Seq,
    },
}

/// One action of one person on one record: only the fields that it set.
///
/// `(space, device, seq)` names it for ever, so that it may be sent any number of times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The device's number of it in this space.
    pub seq: Seq,
    /// The kind of record, also one that this version does not know.
    pub collection: String,
    /// The record.
    pub record: RecordId,
    /// Whether the record was made by this change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub new: bool,
    /// The fields that were set; `null` takes a value out.
    pub set: Fields,
    /// What was seen in those fields; a field that had no value is left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub base: BTreeMap<FieldName, Base>,
    /// What the device's clocks showed.
    pub made: Clocks,
    /// The quarantined change of the same device that this one mends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Seq>,
    /// The effective time that a server gave before its data were restored from a backup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Eff>,
}

/// Why a change cannot be taken as one at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeFault {
    /// It sets nothing.
    #[error("the change sets no field")]
    Empty,
    /// The kind of record has no usable name.
    #[error("the collection is not a name of lower-case letters, digits and underscores")]
    Collection,
    /// A value is nested too deep, or holds U+0000, too large a number or a key that is not ASCII.
    #[error("a value breaks the limits of the protocol")]
    Value,
}

impl Change {
    /// Checks what holds for every change, of a kind that is known here or not.
    pub fn check_form(&self) -> Result<(), ChangeFault> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit();
        if !(1..=64).contains(&self.collection.len()) || !self.collection.bytes().all(plain) {
            return Err(ChangeFault::Collection);
        }
        if self.set.is_empty() {
            return Err(ChangeFault::Empty);
        }
        if self.set.values().all(Value::is_well_formed) {
            Ok(())
        } else {
            Err(ChangeFault::Value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_have_one_form() {
        for good in [
            "note",
            "topics/school",
            "age_bands/<12",
            "age_bands/27+",
            "scores/housing",
        ] {
            assert!(FieldName::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "Note",
            "note/",
            "/x",
            "a/b/c",
            "topics/é",
            "topics/a b",
            "topics/\"",
            "naïf",
        ] {
            assert_eq!(FieldName::new(bad), Err(NotAFieldName), "{bad}");
        }
        let name = FieldName::new("scores/housing").unwrap();
        assert_eq!((name.name(), name.key()), ("scores", Some("housing")));
    }
}
