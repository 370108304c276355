//! Content that ages off this device before the server says so.

use crate::table::table;
use crate::{StoreError, Writer};
use drempel_domain::id::RecordId;

impl Writer<'_> {
    /// Drops the content of a record and its words; its effective times and its part in the digest stay.
    ///
    /// It is not on this device then, until the server sends it whole again. Nothing happens to a record that the
    /// server does not have, or over which own changes lie.
    pub fn drop_content(&self, collection: &str, id: RecordId) -> Result<(), StoreError> {
        let Some(table) = table(collection) else {
            return Ok(());
        };
        let Some(row) = self.record_row(table, id)? else {
            return Ok(());
        };
        if !row.has_base() || self.has_pending(row.space, id)? {
            return Ok(());
        }
        self.unindex(table, row.key, &row.shown)?;
        self.connection
            .prepare_cached(&table.drop_content)?
            .execute([row.key])?;
        Ok(())
    }
}
