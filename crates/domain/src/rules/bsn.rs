//! Citizen service numbers in free text.

use crate::id::RecordId;
use crate::schema::{Fault, FieldFault};
use crate::space::Regime;
use crate::sync_log::Fields;
use crate::value::Value;
use std::ops::Range;

/// Whether a text holds nine digits that pass the eleven test (Besluit BSN, art. 2), with or without dots, spaces or
/// hyphens between them. Longer runs of digits are something else: an order, a phone number with its country.
pub fn looks_like_bsn(text: &str) -> bool {
    !found(text).is_empty()
}

/// The text without what looks like a citizen service number; everything else stays letter for letter.
pub fn without_bsn(text: &str) -> String {
    let mut left = text.to_owned();
    for place in found(text).into_iter().rev() {
        left.replace_range(place, "");
    }
    left
}

/// Where in a text the digits stand, in bytes.
fn found(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut run = Run::default();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if let Some(digit) = character.to_digit(10) {
            run.push(at, digit);
            continue;
        }
        let joins = matches!(character, ' ' | '.' | '-' | '\u{a0}')
            && !run.digits.is_empty()
            && characters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if !joins {
            all.extend(run.end());
        }
    }
    all.extend(run.end());
    all
}

/// Digits in a row, with what may stand between them.
#[derive(Default)]
struct Run {
    digits: Vec<u32>,
    place: Range<usize>,
}

impl Run {
    fn push(&mut self, at: usize, digit: u32) {
        if self.digits.is_empty() {
            self.place.start = at;
        }
        self.place.end = at + 1;
        self.digits.push(digit);
    }

    fn end(&mut self) -> Option<Range<usize>> {
        let run = std::mem::take(self);
        passes(&run.digits).then_some(run.place)
    }
}

fn passes(digits: &[u32]) -> bool {
    let [first @ .., last] = digits else {
        return false;
    };
    if digits.len() != 9 || digits.iter().all(|digit| *digit == 0) {
        return false;
    }
    let weighted: u32 = first
        .iter()
        .zip((2..=9).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    weighted % 11 == last % 11 && weighted >= *last
}

/// A fault for every text that looks like a citizen service number where the regime allows none.
///
/// Its author may answer that it is none: `not_bsn` in the same change, or in the record already (`told`).
pub fn check(set: &Fields, regime: Regime, told: bool) -> Vec<FieldFault> {
    let told = told || set.get("not_bsn").and_then(Value::as_bool) == Some(true);
    if regime == Regime::LeerplichtAvg || told {
        return Vec::new();
    }
    set.iter()
        .filter(|(_, value)| {
            let mut found = false;
            value.each_text(&mut |text| found = found || (!is_identifier(text) && looks_like_bsn(text)));
            found
        })
        .map(|(name, _)| FieldFault::new(name.as_str(), Fault::LooksLikeBsn))
        .collect()
}

/// Whether a text is a UUID, whose digits stand in a row by chance.
fn is_identifier(text: &str) -> bool {
    text.parse::<RecordId>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_number_is_taken_out_of_a_text() {
        for (text, expected) in [
            (
                "BSN van Dennis is 111.222.333, bel terug",
                "BSN van Dennis is , bel terug",
            ),
            ("111222333 en 123456782", " en "),
            ("bestelnr 123456789 – é", "bestelnr 123456789 – é"),
            ("", ""),
        ] {
            assert_eq!(without_bsn(text), expected, "{text}");
            assert!(!looks_like_bsn(&without_bsn(text)), "{text}");
        }
    }

    #[test]
    fn nine_digits_that_pass_the_eleven_test_are_found_however_they_are_written() {
        for text in [
            "BSN van Dennis is 111222333",
            "111.222.333",
            "1 1 1 2 2 2 3 3 3",
            "nr 111-222-333!",
            "123456782",
        ] {
            assert!(looks_like_bsn(text), "{text}");
        }
        for text in [
            "bestelnr 123456789",
            "1112223334",
            "0111222333",
            "000000000",
            "11122233",
            "06 1112223 33",
            "",
        ] {
            assert!(!looks_like_bsn(text), "{text}");
        }
    }

    #[test]
    fn leerplicht_may_and_an_author_may_say_that_it_is_none() {
        let name = |text| crate::sync_log::FieldName::new(text).unwrap();
        let mut set = Fields::from([(name("note"), "111222333".into())]);
        assert_eq!(check(&set, Regime::CoachingAvg, false).len(), 1);
        assert_eq!(check(&set, Regime::CoachingAvg, true), []);
        assert_eq!(check(&set, Regime::LeerplichtAvg, false), []);
        let reference = "019cb2f4-a1b3-7abc-ad11-1222333abcde";
        assert!(looks_like_bsn(reference));
        let youth = Fields::from([(name("youth"), reference.into())]);
        assert_eq!(check(&youth, Regime::CoachingAvg, false), []);
        set.insert(name("not_bsn"), true.into());
        assert_eq!(check(&set, Regime::CoachingAvg, false), []);
    }
}
