//! Invariants 10, 11 and 16 on what lies on the phones and on the server: what was removed or erased is gone from every page.

use crate::simulation::books::Books;
use crate::simulation::broken::{Broken, must};
use crate::simulation::phone::{Phone, is_kept};
use crate::simulation::run::Run;
use crate::simulation::story::{words_in, words_of};
use drempel_domain::id::{RecordId, SpaceId};
use std::collections::{BTreeMap, BTreeSet};

/// How many words each phone is asked to search for.
const SEARCHED: usize = 4;

impl Run {
    /// What must hold at rest.
    pub(super) fn check_privacy(&self, books: &Books) -> Result<(), Broken> {
        let places = self.story.places_of_words();
        let erased = self.words_only_in(&erased_in(books));
        for phone in &self.phones {
            let allowed = self.allowed_words(phone, &places, &erased)?;
            self.check_pages(phone, &phone.device.library().plaintext(), &allowed)?;
            // What its author wrote in vain stays in the file until the log beside it is emptied.
            let refused = self.refused_words(phone, books);
            let in_file = &allowed | &refused;
            self.check_pages(phone, &phone.device.library().plaintext_of_file(), &in_file)?;
            self.check_search(phone, &allowed)?;
        }
        Ok(())
    }

    /// The words that may be on a phone: those of its spaces, and of its user's own changes that it still keeps.
    fn allowed_words(
        &self,
        phone: &Phone,
        places: &BTreeMap<u64, BTreeSet<SpaceId>>,
        erased: &BTreeSet<u64>,
    ) -> Result<BTreeSet<u64>, Broken> {
        let app = phone.device.app();
        let spaces = app.spaces().map_err(|error| Broken::new(0, error.to_string()))?;
        let spaces: BTreeSet<SpaceId> = spaces.iter().map(|granted| granted.space.id).collect();
        let in_spaces = places.iter().filter(|(_, places)| !places.is_disjoint(&spaces));
        let mut allowed: BTreeSet<u64> = in_spaces.map(|(word, _)| *word).collect();
        let problems = app
            .problems()
            .map_err(|error| Broken::new(0, error.to_string()))?;
        allowed.extend(problems.iter().flat_map(|problem| words_of(&problem.set)));
        let own = self
            .story
            .written
            .iter()
            .filter(|written| is_kept(phone, written));
        allowed.extend(own.flat_map(|written| words_of(&written.change.set)));
        allowed.retain(|word| !erased.contains(word));
        Ok(allowed)
    }

    /// The words of its user's changes that were not taken.
    fn refused_words(&self, phone: &Phone, books: &Books) -> BTreeSet<u64> {
        let own = self
            .story
            .written
            .iter()
            .filter(|written| self.phone(written.phone).user == phone.user);
        let refused = own.filter(|written| {
            written.thrown_away
                || books
                    .entries_of(written)
                    .any(|entry| entry.verdict == "quarantined")
        });
        refused
            .flat_map(|written| words_of(&written.change.set))
            .collect()
    }

    /// No page of the library, used or free, has a word that does not belong there.
    fn check_pages(&self, phone: &Phone, pages: &[u8], allowed: &BTreeSet<u64>) -> Result<(), Broken> {
        let stray: Vec<u64> = words_in(pages).difference(allowed).copied().collect();
        must(stray.is_empty(), 10, || {
            format!(
                "{} still has the words {stray:?} in its library",
                phone.device.name()
            )
        })
    }

    /// Searching finds nothing that does not belong there.
    fn check_search(&self, phone: &Phone, allowed: &BTreeSet<u64>) -> Result<(), Broken> {
        let app = phone.device.app();
        let foreign = (1..=self.story.last_word()).filter(|word| !allowed.contains(word));
        for word in foreign.take(SEARCHED) {
            let words = ["woord", &word.to_string(), "x"].concat();
            let hits = app
                .search(&words, 5)
                .map_err(|error| Broken::new(0, error.to_string()))?;
            let exact = hits
                .iter()
                .filter(|hit| self.is_written_in(hit.record, word))
                .count();
            must(exact == 0, 16, || {
                format!("{} finds {words}", phone.device.name())
            })?;
        }
        Ok(())
    }

    fn is_written_in(&self, record: RecordId, word: u64) -> bool {
        let of_record = self
            .story
            .written
            .iter()
            .filter(|written| written.change.record == record);
        of_record
            .flat_map(|written| words_of(&written.change.set))
            .any(|other| other == word)
    }

    /// Nothing of an erased record is left at the server.
    pub(super) fn check_erased(&self, books: &Books) -> Result<(), Broken> {
        let erased = erased_in(books);
        for key in &self.story.erased {
            must(erased.contains(key), 11, || {
                format!("{} in {} was erased and is there again", key.1, key.0)
            })?;
        }
        for (key, kept) in books.records.iter().filter(|(key, _)| erased.contains(*key)) {
            must(kept.cells.is_empty(), 11, || {
                format!("{} was erased and still has fields", key.1)
            })?;
        }
        for entry in books.entries.iter().filter(|entry| entry.change.is_some()) {
            let of_erased = entry
                .record
                .is_some_and(|record| erased.contains(&(entry.space, record)));
            must(!of_erased, 11, || {
                format!("the log still has a change of erased {:?}", entry.record)
            })?;
        }
        Ok(())
    }

    fn words_only_in(&self, erased: &BTreeSet<(SpaceId, RecordId)>) -> BTreeSet<u64> {
        let (mut gone, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for written in &self.story.written {
            let key = (written.space, written.change.record);
            let shared = self
                .story
                .shared
                .iter()
                .any(|(record, _)| *record == written.change.record);
            let words = words_of(&written.change.set);
            match erased.contains(&key) && !shared {
                true => gone.extend(words),
                false => kept.extend(words),
            }
        }
        gone.retain(|word| !kept.contains(word));
        gone
    }
}

fn erased_in(books: &Books) -> BTreeSet<(SpaceId, RecordId)> {
    let erased = books.records.iter().filter(|(_, kept)| kept.standing == "erased");
    erased.map(|(key, _)| *key).collect()
}
