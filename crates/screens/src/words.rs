//! The words of a screen: what the municipality calls things, and how names may be shown now.

use crate::failure::CommandError;
use crate::places::place_label;
use crate::screens::Screens;
use crate::shapes::{Configuration, Names};
use drempel_domain::records::contacts::Place;

/// What a screen needs to put records into words, read once.
pub(crate) struct Words {
    pub(crate) names: Names,
    pub(crate) lists: Configuration,
}

impl Screens<'_> {
    pub(crate) fn words(&self) -> Result<Words, CommandError> {
        Ok(Words {
            names: self.names()?,
            lists: self.configuration()?,
        })
    }

    /// Where something was: in the author's own words, else the spot, else the neighbourhood.
    pub(crate) fn place_words(
        &self,
        words: &Words,
        place: Option<&Place>,
        text: Option<&str>,
    ) -> Result<Option<String>, CommandError> {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Ok(Some(text.to_owned())),
            None => Ok(self
                .client
                .store()
                .read(|reader| place_label(reader, &words.lists, place))?),
        }
    }
}
