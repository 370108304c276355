//! Questions that this device's user has answered with "leave it": not asked again here, and nobody else's business.

use crate::{Reader, StoreError, Writer};
use drempel_domain::id::{RecordId, SpaceId};
use std::collections::BTreeSet;

impl Reader<'_> {
    /// The records about which the user wants no more questions.
    pub fn settled(&self) -> Result<BTreeSet<RecordId>, StoreError> {
        let mut statement = self.connection.prepare_cached("select record from settled")?;
        let records = statement.query_map([], |row| row.get(0).map(RecordId::new))?;
        Ok(records.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// The user wants no more questions about a record.
    pub fn leave_be(&self, space: SpaceId, record: RecordId) -> Result<(), StoreError> {
        let row = self.space_row_or_new(space)?;
        let sql = "insert into settled (space, record) values (?1, ?2) on conflict do nothing";
        self.connection
            .prepare_cached(sql)?
            .execute((row.key, record.uuid()))?;
        Ok(())
    }

    /// The user may be asked about a record again.
    pub fn ask_again(&self, record: RecordId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("delete from settled where record = ?1")?
            .execute([record.uuid()])?;
        Ok(())
    }
}
