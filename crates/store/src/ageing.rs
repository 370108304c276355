//! Content that ages off this device before the server says so.

use crate::table::table;
use crate::{Reader, StoreError, Writer};
use drempel_domain::id::RecordId;
use drempel_domain::time::Moment;

/// Contacts up to then in which nobody took part whose dossier is on this device.
const OF_NOBODY_KNOWN: &str = "
    from street_contact
    where dropped = 0
        and occurred_at <= ?1
        and not exists (
            select 1 from participation
            where json_extract(participation.contact, '$.id') =
                    lower(substr(hex(street_contact.id), 1, 8) || '-' || substr(hex(street_contact.id), 9, 4) || '-'
                        || substr(hex(street_contact.id), 13, 4) || '-' || substr(hex(street_contact.id), 17, 4) || '-'
                        || substr(hex(street_contact.id), 21))
                and participation.dropped = 0
                and participation.youth is not null)";

impl Reader<'_> {
    /// The contacts on the street that happened no later than `until`, deleted ones included, and in which nobody took
    /// part whose dossier is known.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn contacts_with_nobody_known(&self, until: Moment) -> Result<Vec<RecordId>, StoreError> {
        let sql = ["select id", OF_NOBODY_KNOWN].concat();
        let mut listing = self.connection.prepare_cached(&sql)?;
        let found = listing.query_map([until.millis()], |row| row.get(0).map(RecordId::new))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

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
