//! What really happened: every word that somebody was told is saved, and what may keep it from arriving.

use crate::simulation::books::{Books, Entry};
use crate::simulation::story::words_of;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::time::Moment;
use std::collections::BTreeSet;

/// Something that somebody was told is saved: a word that is written nowhere else.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// On which phone.
    pub phone: usize,
    /// The number of the word.
    pub word: u64,
    /// The numbers of the words in whose place it came.
    pub instead: BTreeSet<u64>,
    /// When, in true time.
    pub at: Moment,
    /// In which space.
    pub space: SpaceId,
    /// In which record; not known of what was set aside.
    pub record: Option<RecordId>,
    /// Whether it is known to lie sealed, or was sealed when it was written.
    pub sealed: bool,
    /// Why it need not be found.
    pub excused: Option<&'static str>,
}

/// Everything that happened.
#[derive(Default)]
pub(super) struct Story {
    words: u64,
    /// Everything that was saved, in true order.
    pub written: Vec<Written>,
    /// Records that were erased by hand.
    pub erased: BTreeSet<(SpaceId, RecordId)>,
    /// The words that the server had in them.
    pub erased_words: BTreeSet<u64>,
    /// Words of changes that were thrown away by somebody who may.
    pub thrown_away: BTreeSet<u64>,
    /// Whether the server's data were put back from a backup.
    pub restored: bool,
    /// Whether files were put back, so that a difference between a phone and the server is explained.
    pub disturbed: bool,
    /// Whether a phone was enrolled, or got other numbers, since the last backup.
    pub backup_is_behind: bool,
}

impl Story {
    /// A number for a word that was never written before.
    pub(super) fn next_word(&mut self) -> u64 {
        self.words += 1;
        self.words
    }

    /// What a phone wrote.
    pub(super) fn of(&mut self, phone: usize) -> impl Iterator<Item = &mut Written> {
        self.written
            .iter_mut()
            .filter(move |written| written.phone == phone)
    }

    /// Whether something was erased, so that nobody may find it.
    pub(super) fn is_erased(&self, written: &Written) -> bool {
        let record = written.record.map(|record| (written.space, record));
        self.erased_words.contains(&written.word)
            || record.is_some_and(|record| self.erased.contains(&record))
    }

    /// Everything that a phone wrote until now lies sealed.
    pub(super) fn seal(&mut self, phone: usize) {
        self.of(phone).for_each(|written| written.sealed = true);
    }
}

/// The word of that number, as it is written.
pub(super) fn word(number: u64) -> String {
    ["woord", &number.to_string(), "x"].concat()
}

/// Every time that the server received a change with that word.
pub(super) fn entries_with(books: &Books, word: u64) -> impl Iterator<Item = &Entry> {
    books.entries.iter().filter(move |entry| {
        let change = entry.change.as_ref();
        change.is_some_and(|change| words_of(&change.set).contains(&word))
    })
}

impl Written {
    /// Whether the server received it, and kept what it says.
    pub(super) fn arrived(&self, books: &Books) -> bool {
        entries_with(books, self.word).next().is_some()
    }
}
