//! A record as a type: how each kind turns into fields and back.

pub(crate) use crate::declare::{codes, group, lists, record};
use crate::id::{Id, RecordId, SpaceId, UserId};
use crate::schema::{Collection, Holds, Kind, LONGEST_TEXT, Window};
use crate::sync_log::{FieldName, Fields};
use crate::time::{Day, Moment};
use crate::value::Value;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::Bound;
use uuid::Uuid;

/// A kind of record.
pub trait Record: Sized + Default {
    /// Its fields and limits.
    fn collection() -> &'static Collection;

    /// The fields that have a value.
    fn to_fields(&self) -> Fields;

    /// The record with these fields; a value of another type than the field holds counts as none here, and is
    /// kept by whoever stores the fields.
    fn from_fields(fields: &Fields) -> Self;
}

/// A type whose values are single values of a field.
pub trait Scalar: Sized {
    /// The type and its limits.
    const KIND: Kind;

    /// As a value.
    fn write(&self) -> Value;

    /// From a value, when it is one.
    fn read(value: &Value) -> Option<Self>;
}

/// A type that a field of a record can have.
pub trait FieldType: Sized + Default {
    /// What the field holds.
    const HOLDS: Holds;

    /// Puts what is known into `fields` under `name`.
    fn put(&self, name: &str, fields: &mut Fields);

    /// Takes the field of that name out of `fields`.
    fn take(name: &str, fields: &Fields) -> Self;
}

impl<T: Scalar> FieldType for Option<T> {
    const HOLDS: Holds = Holds::One(T::KIND);

    fn put(&self, name: &str, fields: &mut Fields) {
        if let (Some(value), Ok(name)) = (self, FieldName::new(name)) {
            fields.insert(name, value.write());
        }
    }

    fn take(name: &str, fields: &Fields) -> Self {
        fields.get(name).and_then(T::read)
    }
}

/// A value under each of any number of keys, each merged on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed<L, T> {
    values: BTreeMap<String, T>,
    list: PhantomData<fn() -> L>,
}

impl<L, T> Default for Keyed<L, T> {
    fn default() -> Self {
        Self {
            values: BTreeMap::new(),
            list: PhantomData,
        }
    }
}

impl<L, T> Keyed<L, T> {
    /// Whether no key has a value.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The keys and their values, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.values.get(key)
    }

    /// Sets the value under a key; a key that no field can have is left out by [`FieldType::put`].
    pub fn set(&mut self, key: &str, value: T) {
        self.values.insert(key.to_owned(), value);
    }

    /// Takes the value under a key out.
    pub fn remove(&mut self, key: &str) {
        self.values.remove(key);
    }
}

impl<L, T> FromIterator<(String, T)> for Keyed<L, T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(pairs: I) -> Self {
        Self {
            values: pairs.into_iter().collect(),
            list: PhantomData,
        }
    }
}

impl<L, T: Scalar> FieldType for Keyed<L, T> {
    const HOLDS: Holds = Holds::Keyed(T::KIND);

    fn put(&self, name: &str, fields: &mut Fields) {
        for (key, value) in &self.values {
            if let Ok(name) = FieldName::keyed(name, key) {
                fields.insert(name, value.write());
            }
        }
    }

    fn take(name: &str, fields: &Fields) -> Self {
        // All keys of `name` stand behind `name/` in the order of the map.
        let first = [name, "/"].concat();
        let last = [name, "0"].concat();
        fields
            .range::<str, _>((Bound::Included(first.as_str()), Bound::Excluded(last.as_str())))
            .filter_map(|(name, value)| Some((name.key()?.to_owned(), T::read(value)?)))
            .collect()
    }
}

/// A set of codes of a list, each merged on its own.
pub type Codes<L> = Keyed<L, bool>;

/// The name of a list of codes that a municipality configures.
pub trait List {
    /// The list's name on the wire.
    const NAME: &'static str;
}

/// A code of a list; the municipality's list gives its label, and codes that are not on it are kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code<L> {
    code: String,
    list: PhantomData<fn() -> L>,
}

impl<L> Code<L> {
    /// The code itself.
    pub fn as_str(&self) -> &str {
        &self.code
    }
}

impl<L> From<&str> for Code<L> {
    fn from(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            list: PhantomData,
        }
    }
}

impl<L: List> Scalar for Code<L> {
    const KIND: Kind = Kind::Code(L::NAME);

    fn write(&self) -> Value {
        Value::Text(self.code.clone())
    }

    fn read(value: &Value) -> Option<Self> {
        value.as_text().map(Self::from)
    }
}

/// Text of at most 20 000 characters.
pub type Text = String;

impl Scalar for Text {
    const KIND: Kind = Kind::Text;

    fn write(&self) -> Value {
        Value::Text(self.clone())
    }

    fn read(value: &Value) -> Option<Self> {
        value.as_text().map(str::to_owned)
    }
}

/// Short texts in an order, together at most 20 000 characters, one field.
pub type Texts = Vec<String>;

impl Scalar for Texts {
    const KIND: Kind = Kind::Texts;

    fn write(&self) -> Value {
        Value::List(self.iter().cloned().map(Value::Text).collect())
    }

    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::List(texts) => texts.iter().map(Text::read).collect(),
            _ => None,
        }
    }
}

impl Scalar for bool {
    const KIND: Kind = Kind::Bool;

    fn write(&self) -> Value {
        Value::Bool(*self)
    }

    fn read(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

/// A whole number from `LEAST` to `MOST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const LEAST: i64, const MOST: i64>(pub i64);

impl<const LEAST: i64, const MOST: i64> Scalar for Whole<LEAST, MOST> {
    const KIND: Kind = Kind::Integer(LEAST, MOST);

    fn write(&self) -> Value {
        Value::Integer(self.0)
    }

    fn read(value: &Value) -> Option<Self> {
        value.as_integer().map(Self)
    }
}

/// How many people were there: 0 to 500.
pub type Headcount = Whole<0, 500>;
/// A number of something, up to a million.
pub type Count = Whole<0, 1_000_000>;
/// Money in cents, 0 up to a million euros.
pub type Cents = Whole<0, 100_000_000>;

/// How a life domain goes, according to the young person. A scale of our own, without a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Score {
    /// It was not spoken of, which is never a zero.
    NotDiscussed,
    /// From 1, goes badly, to 5, goes well.
    Scored(u8),
}

impl Scalar for Score {
    const KIND: Kind = Kind::Score;

    fn write(&self) -> Value {
        match self {
            Score::NotDiscussed => Value::from("not_discussed"),
            Score::Scored(score) => Value::Integer(i64::from(*score)),
        }
    }

    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) if text == "not_discussed" => Some(Score::NotDiscussed),
            Value::Integer(score @ 1..=5) => u8::try_from(*score).ok().map(Score::Scored),
            _ => None,
        }
    }
}

macro_rules! windowed {
    ($(#[$doc:meta])* $name:ident($inner:ident) in $kind:ident $window:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub $inner);

        impl Scalar for $name {
            const KIND: Kind = Kind::$kind(Window::$window);

            fn write(&self) -> Value {
                Value::Text(self.0.to_string())
            }

            fn read(value: &Value) -> Option<Self> {
                value.as_text()?.parse().ok().map(Self)
            }
        }
    };
}

windowed! {
    /// When something happened: from 2000, at most a day ahead.
    EventMoment(Moment) in Moment Event
}
windowed! {
    /// When something is planned: from 2000, at most ten years ahead.
    PlanMoment(Moment) in Moment Plan
}
windowed! {
    /// The day on which something happened: from 2000, at most a day ahead.
    EventDay(Day) in Day Event
}
windowed! {
    /// The day for which something is planned: from 2000, at most ten years ahead.
    PlanDay(Day) in Day Plan
}
windowed! {
    /// A day of birth: from 1900.
    BirthDay(Day) in Day Birth
}

impl<K: Record + Named> Scalar for Id<K> {
    const KIND: Kind = Kind::Record(K::NAME);

    fn write(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn read(value: &Value) -> Option<Self> {
        value.as_text()?.parse().ok().map(Self::new)
    }
}

/// The name of a kind of record, known when compiling.
pub trait Named {
    /// The collection's name on the wire.
    const NAME: &'static str;
}

impl Scalar for UserId {
    const KIND: Kind = Kind::User;

    fn write(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn read(value: &Value) -> Option<Self> {
        value.as_text()?.parse().ok()
    }
}

impl Scalar for SpaceId {
    const KIND: Kind = Kind::Space;

    fn write(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn read(value: &Value) -> Option<Self> {
        value.as_text()?.parse().ok()
    }
}

/// A value that is kept as it is, such as one that lost.
impl Scalar for Value {
    const KIND: Kind = Kind::Opaque;

    fn write(&self) -> Value {
        self.clone()
    }

    fn read(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

/// A record of any kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// Its kind.
    pub collection: String,
    /// The record.
    pub record: RecordId,
}

impl Link {
    /// A record of kind `K`.
    pub fn to<K: Named>(id: Id<K>) -> Self {
        Self {
            collection: K::NAME.to_owned(),
            record: id.record(),
        }
    }
}

impl Scalar for Link {
    const KIND: Kind = Kind::AnyRecord;

    fn write(&self) -> Value {
        Value::Map(BTreeMap::from([
            ("collection".to_owned(), Value::from(self.collection.as_str())),
            ("id".to_owned(), Value::Text(self.record.to_string())),
        ]))
    }

    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            collection: value.member("collection")?.as_text()?.to_owned(),
            record: value.member("id")?.as_text()?.parse().ok()?,
        })
    }
}

/// The identifier that two devices compute alike from the same parts (UUID version 5).
pub fn computed_id(purpose: &str, parts: &[&[u8]]) -> RecordId {
    // The namespace is Drempel's own, a random UUID fixed for ever.
    const NAMESPACE: Uuid = Uuid::from_u128(0x6d0f_5f0e_3c5b_4f0a_9a44_5a1e_7c1d_2b90);
    let mut name = purpose.as_bytes().to_vec();
    for part in parts {
        name.push(0);
        name.extend_from_slice(part);
    }
    RecordId::new(Uuid::new_v5(&NAMESPACE, &name))
}

/// What every record has besides the fields of its kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Common {
    /// When it was made, by the device's settable clock.
    pub created_at: Option<EventMoment>,
    /// Who made it.
    pub created_by: Option<UserId>,
    /// Whether it was deleted, and not restored since.
    pub deleted: Option<bool>,
    /// Whether its author said that a number in it is no citizen service number.
    pub not_bsn: Option<bool>,
    /// Whether it was recorded on a locked phone.
    pub recorded_locked: Option<bool>,
}

impl Common {
    /// Reads what every record has.
    pub fn from_fields(fields: &Fields) -> Self {
        Self {
            created_at: FieldType::take("created_at", fields),
            created_by: FieldType::take("created_by", fields),
            deleted: FieldType::take("deleted", fields),
            not_bsn: FieldType::take("not_bsn", fields),
            recorded_locked: FieldType::take("recorded_locked", fields),
        }
    }
}

const _: () = assert!(LONGEST_TEXT == 20_000, "the docs say 20 000");
