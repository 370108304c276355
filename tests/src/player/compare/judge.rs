//! The comparison as a whole: what is looked at, and what came of it.

use super::replica::Replica;
use super::{
    actions, bytes, derived, digests, events, overwritten, questions, records, reports, search, texts, users,
};
use crate::player::expected::Expected;
use crate::player::names::Names;
use crate::player::phone::Phone;
use crate::player::play::Played;
use crate::player::refs::Refs;
use crate::player::town::Town;
use crate::player::{PlayError, fields};
use drempel_domain::id::RecordId;
use std::collections::BTreeMap;
use std::fmt::Display;

/// What came of a comparison.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What is otherwise than it must be, each in one line with the record and the field.
    pub differences: Vec<String>,
    /// Where the expectations and the product each have a reading of their own, and what it concerns.
    pub readings: BTreeMap<Reading, Vec<String>>,
    /// How many single things were compared.
    pub compared: usize,
}

/// Where the expectations say one thing, the product does another, and both are right by what they go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// Of two contacts that are the same moment the expectations keep the one that the line names.
    OtherOneShown,
    /// The expectations count a value that its own author had already replaced as overwritten.
    ReplacedByItsAuthor,
    /// The expectations name no space of their own for somebody who works with content.
    OwnSpaceMade,
    /// The expectations count a word as one record's own, also where its author put a copy in another space.
    WordInACopy,
    /// The server mirrors a referral in the casemanagers' space.
    ReferralMirrored,
    /// A share names a field that has no value, so that the copy has none either.
    SharedWithoutValue,
    /// A search for a word that may not be found finds a near word that may.
    NearWordFound,
}

impl Reading {
    /// In words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::OtherOneShown => {
                "the least identifier of two equal moments is shown, not the one the line keeps"
            }
            Self::ReplacedByItsAuthor => {
                "a value that its own author had replaced before anybody met it is in the log, not among the overwritten"
            }
            Self::OwnSpaceMade => {
                "everybody who works with content has a space of their own, named in the file or not"
            }
            Self::WordInACopy => {
                "a word that may not be found stands in a copy which the expectations give this person themselves"
            }
            Self::ReferralMirrored => "a referral is mirrored in the casemanager's space",
            Self::SharedWithoutValue => "a shared field that has no value is not in the copy",
            Self::NearWordFound => {
                "a search forgives one typo, so that a near word of one's own is found instead"
            }
        }
    }
}

impl Comparison {
    /// Notes that something was compared, and a difference when it does not hold.
    pub fn check(&mut self, holds: bool, difference: impl FnOnce() -> String) {
        self.compared += 1;
        if !holds {
            self.differences.push(difference());
        }
    }

    /// Notes that two things were compared, and a difference when they are not the same.
    pub fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: impl Display, found: &T, expected: &T) {
        self.check(found == expected, || {
            format!("{what}: found {found:?}, expected {expected:?}")
        });
    }

    /// Notes that something holds by another reading.
    pub fn read_otherwise(&mut self, reading: Reading, what: impl Into<String>) {
        self.compared += 1;
        self.readings.entry(reading).or_default().push(what.into());
    }
}

/// Everything that is compared.
pub(super) struct Judge<'a> {
    pub names: &'a Names,
    pub refs: &'a Refs,
    pub phones: &'a BTreeMap<String, Phone>,
    pub town: &'a mut Town,
    pub expected: &'a Expected,
    pub replicas: Vec<Replica>,
    pub comparison: Comparison,
}

impl Judge<'_> {
    fn look_at_everything(&mut self) -> Result<(), PlayError> {
        records::compare(self)?;
        users::compare(self)?;
        texts::compare(self)?;
        overwritten::compare(self)?;
        questions::compare(self)?;
        search::compare(self)?;
        bytes::compare(self)?;
        actions::compare(self)?;
        reports::compare(self)?;
        derived::compare(self)
    }

    /// The name of a record, or its identifier.
    pub(super) fn name(&self, id: RecordId) -> String {
        self.refs.name(id).map_or_else(|| id.to_string(), str::to_owned)
    }

    /// Reads what the expectations write as the lines write it.
    pub(super) fn reading(&self) -> fields::Reading<'_> {
        fields::Reading {
            names: self.names,
            refs: self.refs,
        }
    }
}

/// Compares what is there when a file has been played with what must be.
///
/// # Errors
/// [`PlayError`] when something cannot be read at all.
pub fn compare(played: &mut Played, expected: &Expected) -> Result<Comparison, PlayError> {
    let town_digests = played.town.digests()?;
    let mut comparison = Comparison::default();
    comparison.same("lines", &played.lines, &expected.lines);
    comparison.differences.extend(played.differences.iter().cloned());
    events::compare(&mut comparison, played, expected);
    let replicas = played
        .phones
        .values()
        .map(|phone| Replica::of(phone, &played.names));
    let mut judge = Judge {
        replicas: replicas.collect::<Result<_, _>>()?,
        names: &played.names,
        refs: &played.refs,
        phones: &played.phones,
        town: &mut played.town,
        expected,
        comparison,
    };
    digests::compare(&mut judge, &town_digests);
    match judge.look_at_everything() {
        // What a line did not make cannot be looked at: the line's own difference says why.
        Err(error) if judge.comparison.differences.is_empty() => return Err(error),
        Err(error) => judge.comparison.differences.push(error.to_string()),
        Ok(()) => {}
    }
    Ok(judge.comparison)
}
