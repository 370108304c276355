//! Taking a space off this device.

use crate::settings::{SCRUB, SCRUB_ALL};
use crate::spaces::SpaceRow;
use crate::table::tables;
use crate::{StoreError, Writer};
use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::Digest;

/// The tables that hold something of a space besides its records.
const BESIDES: &[&str] = &[
    "delete from unread where space = ?1",
    "delete from sync_log where space = ?1",
    "delete from captured where space = ?1",
    "delete from receipt where space = ?1",
    // What its author wrote after the membership ended never was the space's: it stays until it is filed elsewhere.
    "delete from problem where space = ?1 and code not in ('membership_ended', 'not_a_member')",
    "delete from want where space = ?1",
    "delete from settled where space = ?1",
];

impl Writer<'_> {
    /// Takes everything of a space off this device: records, drafts, problems, receipts, changes and words.
    ///
    /// Only what the author wrote after the membership had ended stays among the problems, until it is filed
    /// elsewhere or discarded.
    ///
    /// The space itself stays, marked as removed, until the server knows. [`crate::Store::scrub`] must follow.
    pub fn remove_space(&self, space: SpaceId) -> Result<(), StoreError> {
        // One that this device does not hold is marked all the same: the server waits to hear that it is gone.
        let mut row = self.space_row_or_new(space)?;
        for table in tables() {
            let sql = table.statement("delete_space");
            self.connection.prepare_cached(sql)?.execute([row.key])?;
        }
        for sql in BESIDES {
            self.connection.prepare_cached(sql)?.execute([row.key])?;
        }
        self.remove_drafts_of(space)?;
        self.set_setting(SCRUB, SCRUB_ALL)?;
        row.removed = true;
        row.granted = None;
        row.cursor = None;
        row.rereading = false;
        row.differed_on = None;
        row.digest = Digest::default();
        self.save_space(&row)?;
        // Only an index that is made anew has no trace of the words either.
        self.index_everything_anew()
    }

    /// The server knows that the space was removed: it is forgotten, unless it was granted again, or a problem or
    /// something that waits is left.
    pub fn forget_removed(&self, space: SpaceId) -> Result<(), StoreError> {
        let Some(row) = self.space_row(space)?.filter(|row| row.removed) else {
            return Ok(());
        };
        if self.is_waited_for(&row)? {
            return Ok(());
        }
        // What the server said of it since, such as a receipt.
        for sql in BESIDES {
            self.connection.prepare_cached(sql)?.execute([row.key])?;
        }
        let sql = "delete from space where key = ?1";
        self.connection.prepare_cached(sql)?.execute([row.key])?;
        Ok(())
    }

    /// Whether something of the space waits: for its author, or for the server.
    fn is_waited_for(&self, row: &SpaceRow) -> Result<bool, StoreError> {
        let sql = "
            select exists (select 1 from problem where space = ?1)
                or exists (select 1 from sync_log where space = ?1 and verdict is null)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([row.key], |found| found.get(0))?)
    }
}

#[cfg(test)]
mod tests;
