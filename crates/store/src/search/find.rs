//! Answering a query of words.

use super::index::NAMES;
use super::near::near;
use super::words::words;
use crate::{Reader, StoreError};
use drempel_domain::id::{RecordId, SpaceId};
use rusqlite::OptionalExtension as _;
use uuid::Uuid;

/// Words shorter than this are no names: nearly every text has them.
const SHORTEST_NAME: usize = 3;

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its kind.
    pub collection: String,
    /// The record.
    pub record: RecordId,
    /// Its space.
    pub space: SpaceId,
}

impl Reader<'_> {
    /// At most `limit` live records that have all words of the text, each at least as the beginning of a word, young
    /// people by their names first, then the newest on this device.
    ///
    /// Capitals and accents do not matter. Where fewer are found, words of four letters and more are forgiven one
    /// typing error.
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let words = words(text);
        if words.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let exact: Vec<String> = words.iter().map(|word| beginning(word)).collect();
        let mut found = self.matches(&exact.join(" AND "), limit)?;
        if found.len() < limit {
            let forgiving = self.forgiving(&words)?;
            for rowid in self.matches(&forgiving, limit + found.len())? {
                if found.len() < limit && !found.contains(&rowid) {
                    found.push(rowid);
                }
            }
        }
        found
            .into_iter()
            .filter_map(|rowid| self.hit(rowid).transpose())
            .collect()
    }

    /// At most `limit` young people whose names have all words of the text, as [`Reader::search`] finds them, the newest
    /// on this device first. A typing error is forgiven only where nobody is found without.
    pub fn search_youths(&self, text: &str, limit: usize) -> Result<Vec<RecordId>, StoreError> {
        let words = words(text);
        if words.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let exact: Vec<String> = words.iter().map(|word| beginning(word)).collect();
        let mut found = self.matches_from(NAMES, &exact.join(" AND "), limit)?;
        if found.is_empty() {
            found = self.matches_from(NAMES, &self.forgiving(&words)?, limit)?;
        }
        let hits = found.into_iter().filter_map(|rowid| self.hit(rowid).transpose());
        hits.map(|hit| Ok(hit?.record)).collect()
    }

    /// Young people who are called by a name in a text, with the word of the text: only words that begin with a capital
    /// are looked up, and only whole. At most `limit`.
    pub fn youths_named_in(&self, text: &str, limit: usize) -> Result<Vec<(String, RecordId)>, StoreError> {
        let mut named: Vec<(String, RecordId)> = Vec::new();
        let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
        let long = |word: &&str| word.chars().count() >= SHORTEST_NAME;
        for word in text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(capital)
            .filter(long)
        {
            let whole: Vec<String> = words(word)
                .iter()
                .map(|word| ["\"", word, "\""].concat())
                .collect();
            for rowid in self.matches_from(NAMES, &whole.join(" AND "), limit)? {
                let hit = self
                    .hit(rowid)?
                    .filter(|hit| named.iter().all(|(_, known)| *known != hit.record));
                named.extend(hit.map(|hit| (word.to_owned(), hit.record)));
            }
        }
        named.truncate(limit);
        Ok(named)
    }

    /// The query in which each word may have one error.
    fn forgiving(&self, words: &[String]) -> Result<String, StoreError> {
        let mut all = Vec::new();
        for word in words {
            let mut beginnings = vec![beginning(word)];
            beginnings.extend(near(self.connection, word)?.iter().map(|near| beginning(near)));
            all.push(["(", &beginnings.join(" OR "), ")"].concat());
        }
        Ok(all.join(" AND "))
    }

    fn matches(&self, query: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
        self.matches_from(0, query, limit)
    }

    /// What matches among the places in the index from `first` on.
    fn matches_from(&self, first: i64, query: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
        let sql = "
            select rowid from search where search match ?1 and rowid >= ?2 order by rowid desc limit ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rowids = statement.query_map((query, first, limit), |row| row.get(0))?;
        Ok(rowids.collect::<Result<_, _>>()?)
    }

    fn hit(&self, rowid: i64) -> Result<Option<Hit>, StoreError> {
        let Some((table, key)) = self.numbers.row(rowid) else {
            return Ok(None);
        };
        let mut statement = self.connection.prepare_cached(table.statement("record_of"))?;
        let found = statement
            .query_row([key], |row| Ok((row.get::<_, Uuid>(0)?, row.get::<_, i64>(1)?)))
            .optional()?;
        let Some((record, space)) = found else {
            return Ok(None);
        };
        Ok(Some(Hit {
            collection: table.collection.name.to_owned(),
            record: RecordId::new(record),
            space: self.space_of_key(space)?,
        }))
    }
}

/// A word as the beginning of a word; it has letters and digits only, so that the quotes hold.
fn beginning(word: &str) -> String {
    ["\"", word, "\"*"].concat()
}
