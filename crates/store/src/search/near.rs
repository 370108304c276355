//! Words with one typing error: what the index has that begins almost like a word.

use crate::StoreError;
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeSet;

/// Words shorter than this are not forgiven an error: nearly all others would be near.
const SHORTEST: usize = 4;
/// An error further on in a word is not looked for.
const FURTHEST: usize = 12;
/// The most beginnings that are looked for instead of one word.
const MOST: usize = 64;

/// The beginnings of words in the index that differ from `word` by one letter too many, too few or other, or by two
/// neighbours changed round.
///
/// Only letters that follow in the index are tried, so that the work grows with the length of the word and hardly
/// with the size of the index.
pub(super) fn near(connection: &Connection, word: &str) -> Result<BTreeSet<String>, StoreError> {
    let letters: Vec<char> = word.chars().collect();
    let mut found = BTreeSet::new();
    if letters.len() < SHORTEST {
        return Ok(found);
    }
    let vocabulary = Vocabulary { connection };
    for place in 0..letters.len().min(FURTHEST) {
        let (before, after) = letters.split_at(place);
        let before: String = before.iter().collect();
        let follow = vocabulary.letters_after(&before)?;
        if follow.is_empty() {
            break;
        }
        for candidate in candidates(&before, after, &follow) {
            if found.len() < MOST && vocabulary.has(&candidate)? {
                found.insert(candidate);
            }
        }
    }
    Ok(found)
}

/// All words with one error right behind `before`.
fn candidates(before: &str, after: &[char], follow: &[char]) -> Vec<String> {
    let with = |middle: &[char], rest: &[char]| -> String {
        before
            .chars()
            .chain(middle.iter().copied())
            .chain(rest.iter().copied())
            .collect()
    };
    let mut all = Vec::new();
    if let [_, rest @ ..] = after {
        all.push(with(&[], rest));
        all.extend(follow.iter().map(|letter| with(&[*letter], rest)));
    }
    if let [first, second, rest @ ..] = after {
        all.push(with(&[*second, *first], rest));
    }
    all.extend(follow.iter().map(|letter| with(&[*letter], after)));
    all
}

/// The words in the index, in their order.
struct Vocabulary<'a> {
    connection: &'a Connection,
}

impl Vocabulary<'_> {
    fn first_from(&self, start: &str) -> Result<Option<String>, StoreError> {
        let sql = "select term from search_word where term >= ?1 limit 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([start], |row| row.get(0)).optional()?)
    }

    /// Whether a word begins like this.
    fn has(&self, beginning: &str) -> Result<bool, StoreError> {
        let first = self.first_from(beginning)?;
        Ok(first.is_some_and(|word| word.starts_with(beginning)))
    }

    /// The letters with which words go on that begin like this.
    fn letters_after(&self, beginning: &str) -> Result<Vec<char>, StoreError> {
        let mut letters = Vec::new();
        let mut start = beginning.to_owned();
        while let Some(word) = self.first_from(&start)? {
            let Some(rest) = word.strip_prefix(beginning) else {
                break;
            };
            // The word itself comes before all that go on.
            let next = match rest.chars().next() {
                Some(letter) => {
                    letters.push(letter);
                    following(letter)
                }
                None => Some('\u{1}'),
            };
            let Some(next) = next else { break };
            start = beginning.to_owned();
            start.push(next);
        }
        Ok(letters)
    }
}

fn following(letter: char) -> Option<char> {
    (letter..).nth(1)
}
