//! The digest of a space, counted again from what the rows hold.

use crate::rows::RecordRow;
use crate::table::tables;
use crate::{Reader, StoreError};
use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::{Digest, Share};

impl Reader<'_> {
    /// The digest of a space from the values themselves, not from the sum that is kept up: reads every row.
    ///
    /// Of a record whose content was dropped only its part in the digest is left, so that it counts as that.
    pub fn digest_of_values(&self, space: SpaceId) -> Result<Digest, StoreError> {
        let mut digest = Digest::default();
        let Some(space) = self.space_row(space)? else {
            return Ok(digest);
        };
        for table in tables() {
            let mut statement = self.connection.prepare_cached(&table.of_space)?;
            let mut rows = statement.query([space.key])?;
            while let Some(row) = rows.next()? {
                let row = RecordRow::read(table, row)?;
                let share = if row.dropped {
                    row.share
                } else {
                    self.held(&row)?.share(row.id)
                };
                if let Some(share) = share {
                    digest.add(share);
                }
            }
        }
        for share in self.unread_shares(space.key)? {
            digest.add(share);
        }
        Ok(digest)
    }

    fn unread_shares(&self, space: i64) -> Result<Vec<Share>, StoreError> {
        let sql = "select share from unread where space = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let shares = statement.query_map([space], |row| row.get(0))?;
        shares.map(|share| Ok(Share::from_bytes(share?))).collect()
    }
}
