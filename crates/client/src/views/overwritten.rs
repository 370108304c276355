//! Values that lost without the winner's author having seen them, shown to both authors.

use crate::reference::reference;
use crate::{Client, ClientError};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::records::questions::Overwritten;
use drempel_store::Query;

/// A value that lost.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptValue {
    /// Under this identifier it can be put back.
    pub id: Id<Overwritten>,
    /// The value, its author, and who wrote what stands now.
    pub kept: Overwritten,
}

impl Client {
    /// Every overwritten value that this person wrote or won over, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn overwritten(&self) -> Result<Vec<KeptValue>, ClientError> {
        let me = self.person()?.id;
        let mut all = self.kept_values(&Query::of::<Overwritten>())?;
        all.retain(|value| value.kept.author == Some(me) || value.kept.winner == Some(me));
        all.sort_by_key(|value| std::cmp::Reverse(value.kept.won_at));
        Ok(all)
    }

    /// The overwritten values of one record.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn overwritten_of(&self, record: RecordId) -> Result<Vec<KeptValue>, ClientError> {
        self.kept_values(&Query::of::<Overwritten>().whose("of.id", reference(record)))
    }

    fn kept_values(&self, query: &Query) -> Result<Vec<KeptValue>, ClientError> {
        self.store.read(|reader| {
            let found = reader.find(query)?;
            let values = found.iter().map(|stored| KeptValue {
                id: Id::new(stored.id),
                kept: stored.typed(),
            });
            Ok(values.collect())
        })
    }
}
