//! Taking back: deleting, restoring, undoing what was just saved.

use crate::saving::{Saving, found};
use crate::{Client, ClientError, Saved, Touched};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{FieldType, Named, Record};
use drempel_domain::records::collection;
use drempel_domain::schema::Collection;
use drempel_domain::sync_log::Fields;
use drempel_store::Draft;

impl Client {
    /// Deletes a record; it can be restored for as long as it is kept.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn delete<K: Record + Named>(&self, id: Id<K>) -> Result<Saved, ClientError> {
        self.set(K::collection(), id.record(), deleted(true))
    }

    /// Restores a deleted record.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn restore<K: Record + Named>(&self, id: Id<K>) -> Result<Saved, ClientError> {
        self.set(K::collection(), id.record(), deleted(false))
    }

    /// Deletes or restores a record of any kind.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn set_deleted(
        &self,
        kind: &'static Collection,
        record: RecordId,
        yes: bool,
    ) -> Result<Saved, ClientError> {
        self.set(kind, record, deleted(yes))
    }

    /// Undoes what was saved: what was made is deleted, what was changed gets its values back. A change like any other,
    /// so it makes no difference whether the municipality has the first one already.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when a record has left this device meanwhile; nothing is undone then.
    pub fn undo(&self, saved: &Saved) -> Result<Saved, ClientError> {
        self.undo_with(saved, None)
    }

    /// Undoes what a form saved and keeps the form as a draft, in one go: no text is ever lost by it.
    ///
    /// # Errors
    /// As [`Client::undo`].
    pub fn undo_into_draft(&self, saved: &Saved, draft: Draft) -> Result<Saved, ClientError> {
        self.undo_with(saved, Some(draft))
    }

    fn undo_with(&self, saved: &Saved, draft: Option<Draft>) -> Result<Saved, ClientError> {
        let mut saving = self.begin();
        if let Some(draft) = draft {
            saving.keep(draft);
        }
        for touched in saved.touched.iter().rev() {
            self.undo_one(&mut saving, touched)?;
        }
        saving.commit()
    }

    fn undo_one(&self, saving: &mut Saving<'_>, touched: &Touched) -> Result<(), ClientError> {
        let kind = collection(touched.collection).ok_or(ClientError::NotFound)?;
        let stored = self
            .store
            .read(|reader| found(reader, kind.name, touched.record))?;
        let set = match touched.new {
            true => deleted(true),
            false => touched.before.clone(),
        };
        saving.set(kind, &stored, set);
        Ok(())
    }
}

fn deleted(yes: bool) -> Fields {
    let mut set = Fields::new();
    FieldType::put(&Some(yes), "deleted", &mut set);
    set
}
