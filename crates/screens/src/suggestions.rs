//! Whose name a note may hold, by matching on this device only.

use crate::failure::{CommandError, FailureCode};
use crate::screens::Screens;
use crate::shapes::NoteSuggestions;
use drempel_domain::id::{Id, RecordId};
use drempel_domain::records::notes::QuickNote;

/// The most young people that are proposed for a note.
const MOST: usize = 5;

impl Screens<'_> {
    /// Young people whose name the note may hold; nothing is chosen by it.
    ///
    /// # Errors
    /// `not_found` when the note is not on this device.
    pub fn note_suggestions(&self, note: RecordId) -> Result<NoteSuggestions, CommandError> {
        let opened = self.client.open_record(Id::<QuickNote>::new(note))?;
        let text = opened.record.text.unwrap_or_default();
        let named = self
            .client
            .store()
            .read(|reader| reader.youths_named_in(&text, MOST))?;
        let youths = self.youth_rows(named.iter().map(|(_, youth)| *youth))?;
        let team = self.readers_of(self.team()?)?;
        let word = named.into_iter().next().map(|(word, _)| word);
        Ok(NoteSuggestions {
            words: word.filter(|_| !youths.is_empty()),
            youths,
            audience: team.ok_or(FailureCode::NotFound)?,
        })
    }
}
