//! The inbox: quick notes that wait to be put where they belong.

use crate::{Client, ClientError};
use drempel_domain::id::Id;
use drempel_domain::records::lists::NoteState;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::Day;
use drempel_store::Query;

/// A note that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingNote {
    /// Its identifier.
    pub id: Id<QuickNote>,
    /// The note.
    pub note: QuickNote,
    /// The day on which it goes when nobody processed it.
    pub goes_on: Option<Day>,
}

impl Client {
    /// The notes that wait to be processed, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn inbox(&self) -> Result<Vec<WaitingNote>, ClientError> {
        self.store.read(|reader| {
            let waiting = Query::of::<QuickNote>().whose("state", NoteState::Inbox.as_str());
            let notes = reader.find(&waiting)?;
            let waiting = notes.iter().map(|stored| {
                let note: QuickNote = stored.typed();
                WaitingNote {
                    id: Id::new(stored.id),
                    goes_on: note.discard_after.map(|at| at.0.local_day()),
                    note,
                }
            });
            Ok(waiting.collect())
        })
    }
}
