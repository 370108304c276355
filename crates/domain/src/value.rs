//! The values that a field can hold: JSON without floating point numbers.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// The largest whole number that every JSON implementation reads exactly (2^53 − 1, RFC 7493).
pub const LARGEST_INTEGER: i64 = 9_007_199_254_740_991;

/// How deep a value may be nested.
pub const DEEPEST: usize = 8;

/// One field's content. There is no floating point number, so two programs never disagree about its text.
///
/// Maps are ordered by the bytes of their keys and keys are ASCII, which makes the plain
/// serialisation of a value its canonical form (RFC 8785).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing is known, or what was known has been taken out.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number between −(2^53 − 1) and 2^53 − 1.
    Integer(i64),
    /// Text, without U+0000.
    Text(String),
    /// Values in an order that matters.
    List(Vec<Value>),
    /// Named values; the names are ASCII.
    Map(BTreeMap<String, Value>),
}

impl Value {
    /// Whether nothing is known.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, when it is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Yes or no, when it is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(yes) => Some(*yes),
            _ => None,
        }
    }

    /// The member of that name, when this is a map that has it.
    pub fn member(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Map(map) => map.get(name),
            _ => None,
        }
    }

    /// The canonical JSON text (RFC 8785).
    pub fn to_json(&self) -> String {
        // A value has no non-string keys and no floats, so serialising it cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Calls `see` with every text in the value, however deep.
    pub fn each_text<'a>(&'a self, see: &mut impl FnMut(&'a str)) {
        match self {
            Value::Text(text) => see(text),
            Value::List(values) => values.iter().for_each(|value| value.each_text(see)),
            Value::Map(map) => map.values().for_each(|value| value.each_text(see)),
            Value::Null | Value::Bool(_) | Value::Integer(_) => {}
        }
    }

    /// Whether the value keeps to what the protocol allows everywhere: depth, integers, ASCII keys, no U+0000.
    pub fn is_well_formed(&self) -> bool {
        self.well_formed_within(DEEPEST)
    }

    fn well_formed_within(&self, depth: usize) -> bool {
        match self {
            Value::Null | Value::Bool(_) => true,
            Value::Integer(number) => number.unsigned_abs() <= LARGEST_INTEGER.unsigned_abs(),
            Value::Text(text) => !text.contains('\0'),
            Value::List(values) => {
                depth > 0 && values.iter().all(|value| value.well_formed_within(depth - 1))
            }
            Value::Map(map) => {
                depth > 0
                    && map.iter().all(|(key, value)| {
                        key.bytes().all(|byte| byte.is_ascii_graphic()) && value.well_formed_within(depth - 1)
                    })
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Value::Bool(yes)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Integer(number)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(yes) => serializer.serialize_bool(*yes),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(values) => serializer.collect_seq(values),
            Value::Map(map) => {
                let mut out = serializer.serialize_map(Some(map.len()))?;
                for (key, value) in map {
                    out.serialize_entry(key, value)?;
                }
                out.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("null, true, false, a whole number within ±(2^53−1), a text, a list or a map")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        if number.unsigned_abs() > LARGEST_INTEGER.unsigned_abs() {
            return Err(E::custom("a whole number beyond ±(2^53−1)"));
        }
        Ok(Value::Integer(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number)
            .map_err(|_| E::custom("a whole number beyond ±(2^53−1)"))
            .and_then(|number| self.visit_i64(number))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom("a number with a fraction or an exponent"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, value)) = entries.next_entry::<String, Value>()? {
            if map.insert(key, value).is_some() {
                return Err(A::Error::custom("the same key twice"));
            }
        }
        Ok(Value::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            (-LARGEST_INTEGER..=LARGEST_INTEGER).prop_map(Value::Integer),
            "[^\0]{0,12}".prop_map(Value::Text),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                prop::collection::btree_map("[a-z_]{1,6}", inner, 0..4).prop_map(Value::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_value_survives_its_json(value in any_value()) {
            let back: Value = serde_json::from_str(&value.to_json()).unwrap();
            prop_assert!(back.is_well_formed());
            prop_assert_eq!(back, value);
        }
    }

    #[test]
    fn what_the_protocol_forbids_is_no_value() {
        for text in [
            "1.5",
            "1e3",
            "9007199254740992",
            r#""\ud800""#,
            r#"{"a":1,"a":2}"#,
        ] {
            assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        }
        for text in [r#""a\u0000b""#, r#"{"é":1}"#, "[[[[[[[[[1]]]]]]]]]"] {
            assert!(
                !serde_json::from_str::<Value>(text).unwrap().is_well_formed(),
                "{text}"
            );
        }
    }
}
