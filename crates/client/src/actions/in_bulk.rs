//! Many records in one go: what moves in from elsewhere, and what is changed in many at once.

use crate::saving::found;
use crate::{Client, ClientError, Saved};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::records::collection;
use drempel_domain::sync_log::Fields;

/// A record of any kind, by its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The kind.
    pub collection: &'static str,
    /// The record.
    pub record: RecordId,
    /// The fields to set; `Null` takes a value out.
    pub set: Fields,
}

impl Client {
    /// Makes all these records in one go, or none of them.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when a kind is not known here; [`ClientError::Refused`] with every field of the first
    /// record that cannot be taken.
    pub fn create_all(&self, space: SpaceId, records: Vec<Given>) -> Result<Saved, ClientError> {
        let mut saving = self.begin();
        for given in records {
            let kind = collection(given.collection).ok_or(ClientError::NotFound)?;
            saving.create_fields(kind, given.record, space, given.set);
        }
        saving.commit()
    }

    /// Changes all these records, seen as they are now, in one go, or none of them.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when a kind or a record is not known here; [`ClientError::Refused`] as in
    /// [`Client::create_all`].
    pub fn set_all(&self, changes: Vec<Given>) -> Result<Saved, ClientError> {
        let mut saving = self.begin();
        self.store.read(|reader| {
            for given in changes {
                let kind = collection(given.collection).ok_or(ClientError::NotFound)?;
                let stored = found(reader, kind.name, given.record)?;
                saving.set(kind, &stored, given.set);
            }
            Ok::<_, ClientError>(())
        })?;
        saving.commit()
    }
}
