//! Values that lost without the winner's author having seen them: to be put back by a new change.

use crate::saving::found;
use crate::{Client, ClientError, Saved};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::records::collection;
use drempel_domain::records::questions::Overwritten;
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::value::Value;

impl Client {
    /// Puts an overwritten value back, as a new change of this person.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the record, or the kept value, is not on this device.
    pub fn put_back(&self, kept: Id<Overwritten>) -> Result<Saved, ClientError> {
        let kept = self.open_record(kept)?.record;
        let (Some(of), Some(field)) = (kept.of, kept.field) else {
            return Err(ClientError::NotFound);
        };
        self.set_field(&of.collection, of.record, &field, kept.value.unwrap_or_default())
    }

    /// Puts an overwritten text under the one that stands now, as a new change of this person.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the record or the kept value is not on this device, or one of both is no text.
    pub fn put_below(&self, kept: Id<Overwritten>) -> Result<Saved, ClientError> {
        let kept = self.open_record(kept)?.record;
        let (Some(of), Some(field), Some(Value::Text(lost))) = (kept.of, kept.field, kept.value) else {
            return Err(ClientError::NotFound);
        };
        let stored = self
            .store
            .read(|reader| found(reader, &of.collection, of.record))?;
        let Some(Value::Text(now)) = stored.fields.get(field.as_str()) else {
            return Err(ClientError::NotFound);
        };
        let both = [now, "\n\n", &lost].concat();
        self.set_field(&of.collection, of.record, &field, Value::Text(both))
    }

    /// Sets one field of a record of any kind.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the kind or the record is not known here.
    pub fn set_field(
        &self,
        kind: &str,
        record: RecordId,
        field: &str,
        value: Value,
    ) -> Result<Saved, ClientError> {
        let kind = collection(kind).ok_or(ClientError::NotFound)?;
        let field = FieldName::new(field).map_err(|_| ClientError::NotFound)?;
        let stored = self.store.read(|reader| found(reader, kind.name, record))?;
        let mut saving = self.begin();
        saving.set(kind, &stored, Fields::from([(field, value)]));
        saving.commit()
    }
}
