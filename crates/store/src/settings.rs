//! What the device remembers by name.

use crate::{Reader, StoreError, Writer};
use drempel_domain::id::DeviceId;
use rusqlite::OptionalExtension as _;

/// The setting that holds the identity of this device.
pub(crate) const DEVICE: &str = "device";
/// The setting that holds the life of the server's log that the cursors belong to.
pub(crate) const EPOCH: &str = "epoch";
/// The setting that says what must still be done so that no page holds what was removed.
pub(crate) const SCRUB: &str = "scrub";
/// Everything is written anew: a space was removed.
pub(crate) const SCRUB_ALL: &str = "all";
/// The same, the index of words as well, when there is room for it: a record was erased.
pub(crate) const SCRUB_ERASED: &str = "erased";
/// The write-ahead log is emptied: a record went, and its pages are overwritten there.
pub(crate) const SCRUB_LOG: &str = "log";

impl Reader<'_> {
    /// The value of that name; nothing when it was never set or was removed.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "select value from setting where name = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// The identity under which own changes are made; nothing before the device is enrolled.
    pub(crate) fn device(&self) -> Result<Option<DeviceId>, StoreError> {
        Ok(self.setting(DEVICE)?.and_then(|text| text.parse().ok()))
    }
}

impl Writer<'_> {
    /// Sets the value of that name.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "
            insert into setting (name, value) values (?1, ?2)
            on conflict (name) do update set value = excluded.value";
        self.connection.prepare_cached(sql)?.execute((name, value))?;
        Ok(())
    }

    /// The write-ahead log is emptied at the next scrub, so that no page holds what was just overwritten.
    pub(crate) fn scrub_log_later(&self) -> Result<(), StoreError> {
        let sql = "insert into setting (name, value) values (?1, ?2) on conflict (name) do nothing";
        self.connection.prepare_cached(sql)?.execute((SCRUB, SCRUB_LOG))?;
        Ok(())
    }

    /// Everything is written anew at the next scrub, because a record was erased.
    pub(crate) fn scrub_erased_later(&self) -> Result<(), StoreError> {
        let sql = "
            insert into setting (name, value) values (?1, ?2)
            on conflict (name) do update set value = excluded.value where value = ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.execute((SCRUB, SCRUB_ERASED, SCRUB_LOG))?;
        Ok(())
    }

    /// Takes the value of that name out.
    pub fn remove_setting(&self, name: &str) -> Result<(), StoreError> {
        let sql = "delete from setting where name = ?1";
        self.connection.prepare_cached(sql)?.execute([name])?;
        Ok(())
    }
}
