//! How young people are called on a screen: in full, or as street name or initials where somebody may look along.

use crate::failure::CommandError;
use crate::screens::Screens;
use crate::shapes::{Names, YouthChip};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::Named as _;
use drempel_domain::records::youths::Youth;
use drempel_store::{Reader, StoreError};
use std::collections::BTreeMap;

/// The setting that the person chose: names short everywhere.
pub(crate) const SHORT_NAMES: &str = "screens.short_names";

/// What is shown of somebody whose name nobody knows.
const NAMELESS: &str = "?";

/// How many colours an avatar can have.
const TINTS: u8 = 4;

impl Screens<'_> {
    /// How names are shown now: short on a round, and when the person wants so.
    pub(crate) fn names(&self) -> Result<Names, CommandError> {
        let wanted = self.client.store().read(|reader| reader.setting(SHORT_NAMES))?;
        let short = wanted.as_deref() == Some("true") || self.walking()?.is_some();
        Ok(if short { Names::Short } else { Names::Full })
    }

    /// Those young people that are on this device, as may be shown now, in the order asked.
    pub(crate) fn chips(
        &self,
        youths: impl IntoIterator<Item = RecordId>,
        names: Names,
    ) -> Result<Vec<YouthChip>, CommandError> {
        self.client.store().read(|reader| {
            let mut people = People::new(reader, names);
            let chips = youths.into_iter().map(|youth| people.chip(Id::new(youth)));
            Ok(chips
                .collect::<Result<Vec<_>, StoreError>>()?
                .into_iter()
                .flatten()
                .collect())
        })
    }
}

/// Young people looked up once each.
pub(crate) struct People<'r> {
    reader: &'r Reader<'r>,
    names: Names,
    known: BTreeMap<Id<Youth>, Option<YouthChip>>,
}

impl<'r> People<'r> {
    pub(crate) fn new(reader: &'r Reader<'r>, names: Names) -> Self {
        Self {
            reader,
            names,
            known: BTreeMap::new(),
        }
    }

    /// A young person as may be shown now; nothing when not on this device.
    pub(crate) fn chip(&mut self, youth: Id<Youth>) -> Result<Option<YouthChip>, StoreError> {
        if let Some(chip) = self.known.get(&youth) {
            return Ok(chip.clone());
        }
        let stored = self.reader.record(Youth::NAME, youth.record())?;
        let chip = stored
            .filter(|stored| !stored.is_deleted())
            .map(|stored| chip(youth, &stored.typed(), self.names));
        self.known.insert(youth, chip.clone());
        Ok(chip)
    }
}

/// A young person as may be shown now.
pub(crate) fn chip(id: Id<Youth>, youth: &Youth, names: Names) -> YouthChip {
    YouthChip {
        id: id.record(),
        shown: shown(youth, names),
        initials: initials(youth),
        tint: id
            .record()
            .uuid()
            .as_bytes()
            .last()
            .map_or(0, |last| last % TINTS),
    }
}

/// The name as may be shown.
pub(crate) fn shown(youth: &Youth, names: Names) -> String {
    match names {
        Names::Full => full_name(youth)
            .or_else(|| said(youth.nickname.as_deref()))
            .unwrap_or_else(|| NAMELESS.to_owned()),
        Names::Short => said(youth.nickname.as_deref()).unwrap_or_else(|| dotted(&initials(youth))),
    }
}

/// How a young person is called in a sentence.
pub(crate) fn called(youth: &Youth, names: Names) -> String {
    match names {
        Names::Full => said(youth.given_name.as_deref()).unwrap_or_else(|| shown(youth, names)),
        Names::Short => shown(youth, names),
    }
}

/// The street name, where it is shown beside the name.
pub(crate) fn nickname_beside(youth: &Youth, names: Names) -> Option<String> {
    match names {
        Names::Full => full_name(youth).and_then(|_| said(youth.nickname.as_deref())),
        Names::Short => None,
    }
}

fn full_name(youth: &Youth) -> Option<String> {
    let parts = [youth.given_name.as_deref(), youth.family_name.as_deref()];
    let parts: Vec<String> = parts.into_iter().filter_map(said).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The first letters of the given name and of the last word of the family name; of a street name the first two.
pub(crate) fn initials(youth: &Youth) -> String {
    let first = |text: Option<&str>| text.and_then(|text| text.trim().chars().next());
    let family = youth
        .family_name
        .as_deref()
        .and_then(|name| name.split_whitespace().last());
    let letters: String = [first(youth.given_name.as_deref()), first(family)]
        .into_iter()
        .flatten()
        .collect();
    let letters = match letters.is_empty() {
        true => youth
            .nickname
            .as_deref()
            .unwrap_or_default()
            .trim()
            .chars()
            .take(2)
            .collect(),
        false => letters,
    };
    match letters.is_empty() {
        true => NAMELESS.to_owned(),
        false => letters.to_uppercase(),
    }
}

fn dotted(initials: &str) -> String {
    let mut text = String::new();
    for letter in initials.chars() {
        text.push(letter);
        text.push('.');
    }
    text
}

fn said(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn youth(nickname: &str, given: &str, family: &str) -> Youth {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Youth {
            nickname: some(nickname),
            given_name: some(given),
            family_name: some(family),
            ..Youth::default()
        }
    }

    #[test]
    fn a_name_is_shown_in_full_or_so_that_who_looks_along_learns_little() {
        let cases = [
            (("Jay", "Jayden", "Pinas"), "Jayden Pinas", "Jay", "JP"),
            (("", "Noor", "van Dalen"), "Noor van Dalen", "N.D.", "ND"),
            (("Lilo", "", ""), "Lilo", "Lilo", "LI"),
            (("", "Ömer", ""), "Ömer", "Ö.", "Ö"),
            (("", "", ""), "?", "?.", "?"),
        ];
        for ((nickname, given, family), full, short, letters) in cases {
            let youth = youth(nickname, given, family);
            assert_eq!(shown(&youth, Names::Full), full);
            assert_eq!(shown(&youth, Names::Short), short);
            assert_eq!(initials(&youth), letters);
            assert_eq!(nickname_beside(&youth, Names::Short), None);
            assert_eq!(called(&youth, Names::Short), short);
        }
    }
}
