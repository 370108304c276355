//! What a kind of record can hold: its fields, their types and limits, described once for all who store or check them.

use crate::record::{Link, Scalar as _};
use crate::sync_log::{FieldName, Fields};
use crate::time::{DAY, Day, Moment};
use crate::value::Value;

/// The longest text, in Unicode scalar values.
pub const LONGEST_TEXT: usize = 20_000;

/// A kind of record.
#[derive(Debug)]
pub struct Collection {
    /// The name on the wire and of the table: `street_contact`.
    pub name: &'static str,
    /// Its own fields; those in [`COMMON`] come besides.
    pub fields: &'static [Field],
    /// The fields of its own whose text can be searched.
    pub search: &'static [&'static str],
    /// What one change alone can break besides the limits of its fields.
    pub rule: Rule,
}

/// Checks one change to a record of a kind: what it sets, and whether it makes the record.
pub type Rule = fn(&Fields, bool) -> Vec<FieldFault>;

/// A field of a kind of record.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire and, for a plain field, of its column.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
}

/// What a field holds.
#[derive(Debug)]
pub enum Holds {
    /// One value, with one version.
    One(Kind),
    /// Several values that move together, with one version: a map of these members.
    Group(&'static [(&'static str, Kind)]),
    /// A value under each of any number of keys, each with a version of its own: `scores/housing`.
    Keyed(Kind),
}

/// The type of a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text of at most [`LONGEST_TEXT`] Unicode scalar values.
    Text,
    /// Short texts in an order, together as long as one text.
    Texts,
    /// A code of the list of that name; codes that are not on the list are kept.
    Code(&'static str),
    /// Yes or no.
    Bool,
    /// A whole number within these limits.
    Integer(i64, i64),
    /// A score from 1 to 5, or the text `not_discussed`.
    Score,
    /// An instant within these limits.
    Moment(Window),
    /// A day within these limits.
    Day(Window),
    /// A record of that collection.
    Record(&'static str),
    /// A record of any collection.
    AnyRecord,
    /// A person who works with Drempel.
    User,
    /// A space.
    Space,
    /// Any value, opaque here.
    Opaque,
}

/// Between which days an instant or a day must lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Something that happened: from 2000 to one day ahead.
    Event,
    /// Something that is planned: from 2000 to ten years ahead.
    Plan,
    /// A birth: from 1900 to one day ahead.
    Birth,
}

/// What every record has, whatever its kind.
pub static COMMON: &[Field] = &[
    Field {
        name: "created_at",
        holds: Holds::One(Kind::Moment(Window::Event)),
    },
    Field {
        name: "created_by",
        holds: Holds::One(Kind::User),
    },
    Field {
        name: "deleted",
        holds: Holds::One(Kind::Bool),
    },
    Field {
        name: "not_bsn",
        holds: Holds::One(Kind::Bool),
    },
    Field {
        name: "recorded_locked",
        holds: Holds::One(Kind::Bool),
    },
];

/// A field whose value cannot be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {fault}")]
pub struct FieldFault {
    /// The field; the name of a group's member stands behind a dot.
    pub field: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl FieldFault {
    /// That fault in that field.
    pub fn new(field: &str, fault: Fault) -> Self {
        Self {
            field: field.to_owned(),
            fault,
        }
    }
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// A value of another type.
    #[error("is of another type than this field holds")]
    WrongType,
    /// More than 20 000 characters.
    #[error("is longer than 20 000 characters")]
    TextTooLong,
    /// The character U+0000.
    #[error("holds a character that cannot be kept (U+0000)")]
    ForbiddenCharacter,
    /// A number outside its limits.
    #[error("is outside the limits of this field")]
    OutOfRange,
    /// A day that the calendar does not have.
    #[error("is no day that exists")]
    NoSuchDate,
    /// A day outside its limits.
    #[error("is too long ago or too far ahead for this field")]
    DateOutOfRange,
    /// Nothing, where something is needed.
    #[error("must be filled in")]
    Missing,
    /// A number that passes the check of a citizen service number, outside leerplicht.
    #[error("looks like a citizen service number (BSN)")]
    LooksLikeBsn,
    /// A kind of record that this space does not take.
    #[error("does not belong in a space with this regime")]
    WrongRegime,
    /// A name where the method forbids names.
    #[error("may hold no names in step 2A")]
    NamesNotAllowedInStep2A,
    /// A scan with life domains that were neither scored nor marked as not discussed.
    #[error("can change only when every life domain is scored or not discussed")]
    ScanNotComplete,
}

impl Fault {
    /// The code that programs and screens react to; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Fault::WrongType => "wrong_type",
            Fault::TextTooLong => "text_too_long",
            Fault::ForbiddenCharacter => "forbidden_character",
            Fault::OutOfRange => "out_of_range",
            Fault::NoSuchDate => "no_such_date",
            Fault::DateOutOfRange => "date_out_of_range",
            Fault::Missing => "missing",
            Fault::LooksLikeBsn => "looks_like_bsn",
            Fault::WrongRegime => "wrong_regime",
            Fault::NamesNotAllowedInStep2A => "names_not_allowed_in_step_2A",
            Fault::ScanNotComplete => "scan_not_complete",
        }
    }
}

impl Collection {
    /// The field of that name, common ones included.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.all_fields().find(|field| field.name == name)
    }

    /// All fields: those of its own first, then the common ones.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().chain(COMMON)
    }

    /// Every fault in what one change sets, known from that change alone; fields of newer versions are kept unchecked.
    pub fn check(&self, set: &Fields, new: bool, now: Moment) -> Vec<FieldFault> {
        let mut faults: Vec<FieldFault> = set
            .iter()
            .filter_map(|(name, value)| self.check_one(name, value, now).err())
            .collect();
        faults.extend((self.rule)(set, new));
        faults
    }

    fn check_one(&self, name: &FieldName, value: &Value, now: Moment) -> Result<(), FieldFault> {
        let in_field = |fault| FieldFault::new(name.as_str(), fault);
        let Some(field) = self.field(name.name()) else {
            return Ok(());
        };
        if value.is_null() {
            return Ok(());
        }
        match (&field.holds, name.key()) {
            (Holds::One(kind), None) | (Holds::Keyed(kind), Some(_)) => {
                kind.check(value, now).map_err(in_field)
            }
            (Holds::Group(members), None) => check_group(name.name(), members, value, now),
            _ => Err(in_field(Fault::WrongType)),
        }
    }
}

fn check_group(
    name: &str,
    members: &[(&'static str, Kind)],
    value: &Value,
    now: Moment,
) -> Result<(), FieldFault> {
    let Value::Map(map) = value else {
        return Err(FieldFault::new(name, Fault::WrongType));
    };
    for (member, kind) in members {
        let held = map.get(*member).unwrap_or(&Value::Null);
        if !held.is_null() {
            let full = [name, ".", member].concat();
            kind.check(held, now)
                .map_err(|fault| FieldFault::new(&full, fault))?;
        }
    }
    Ok(())
}

impl Kind {
    /// Whether a value that is not `Null` is of this type and within its limits.
    pub fn check(self, value: &Value, now: Moment) -> Result<(), Fault> {
        match (self, value) {
            (Kind::Opaque, _) | (Kind::Bool, Value::Bool(_)) => Ok(()),
            (Kind::Text, Value::Text(text)) => check_text(text),
            (Kind::Texts, Value::List(texts)) => check_texts(texts),
            (Kind::Integer(least, most), Value::Integer(number)) => {
                holds((least..=most).contains(number), Fault::OutOfRange)
            }
            (Kind::Score, Value::Integer(score)) => holds((1..=5).contains(score), Fault::OutOfRange),
            (Kind::Score, Value::Text(text)) => holds(text == "not_discussed", Fault::WrongType),
            (Kind::Code(_), Value::Text(code)) => holds(crate::sync_log::is_key(code), Fault::WrongType),
            (Kind::Moment(window), Value::Text(text)) => match text.parse::<Moment>() {
                Ok(moment) => window.check(moment.local_day(), now),
                Err(_) => Err(Fault::WrongType),
            },
            (Kind::Day(window), Value::Text(text)) => match text.parse::<Day>() {
                Ok(day) => window.check(day, now),
                Err(_) => Err(Fault::NoSuchDate),
            },
            (Kind::Record(_) | Kind::User | Kind::Space, Value::Text(text)) => {
                holds(text.parse::<crate::id::RecordId>().is_ok(), Fault::WrongType)
            }
            (Kind::AnyRecord, Value::Map(_)) => holds(Link::read(value).is_some(), Fault::WrongType),
            _ => Err(Fault::WrongType),
        }
    }
}

fn holds(condition: bool, otherwise: Fault) -> Result<(), Fault> {
    if condition { Ok(()) } else { Err(otherwise) }
}

fn check_text(text: &str) -> Result<(), Fault> {
    holds(!text.contains('\0'), Fault::ForbiddenCharacter)?;
    // Most texts are shorter in bytes already, which spares the count.
    holds(
        text.len() <= LONGEST_TEXT || text.chars().count() <= LONGEST_TEXT,
        Fault::TextTooLong,
    )
}

fn check_texts(texts: &[Value]) -> Result<(), Fault> {
    let mut length = 0;
    for text in texts {
        let Value::Text(text) = text else {
            return Err(Fault::WrongType);
        };
        check_text(text)?;
        length += text.chars().count();
    }
    holds(length <= LONGEST_TEXT, Fault::TextTooLong)
}

impl Window {
    fn check(self, day: Day, now: Moment) -> Result<(), Fault> {
        let today = now.local_day();
        let tomorrow = now.plus_millis(DAY).local_day();
        let (first_year, last) = match self {
            Window::Event => (2000, tomorrow),
            Window::Plan => (2000, today.plus_months(120)),
            Window::Birth => (1900, tomorrow),
        };
        holds(day.year() >= first_year && day <= last, Fault::DateOutOfRange)
    }
}

/// The rule of a kind of record that has none of its own.
pub fn no_rule(_: &Fields, _: bool) -> Vec<FieldFault> {
    Vec::new()
}

/// A fault for each of these fields that a change which makes a record leaves empty.
pub fn required(set: &Fields, names: &[&str]) -> Vec<FieldFault> {
    let empty = |name: &&&str| match set.get(**name) {
        None | Some(Value::Null) => true,
        Some(Value::Text(text)) => text.trim().is_empty(),
        Some(_) => false,
    };
    names
        .iter()
        .filter(empty)
        .map(|name| FieldFault::new(name, Fault::Missing))
        .collect()
}
