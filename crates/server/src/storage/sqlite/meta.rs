//! Single facts about the database: its epoch, the municipality, the versions of what is read once.

use super::{Sqlite, audit};
use crate::audit::Event;
use crate::storage::StorageError;
use drempel_domain::id::EpochId;
use drempel_domain::time::Moment;
use drempel_sealing::keys::KeyId;
use rusqlite::{Connection, OptionalExtension};

/// Which version of the server's keys is in use.
const KEYS: &str = "keys_version";

pub(super) fn get(connection: &Connection, name: &str) -> Result<Option<String>, StorageError> {
    let mut statement = connection.prepare_cached("select value from meta where name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(super) fn set(connection: &Connection, name: &str, value: &str) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "insert into meta (name, value)
         values (?1, ?2)
         on conflict (name) do update set value = excluded.value",
    )?;
    statement.execute([name, value])?;
    Ok(())
}

pub(super) fn number(connection: &Connection, name: &str) -> Result<i64, StorageError> {
    let text = get(connection, name)?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Says that what others have read of it is out of date.
pub(super) fn step(connection: &Connection, name: &str) -> Result<(), StorageError> {
    let next = number(connection, name)?.saturating_add(1);
    set(connection, name, &next.to_string())
}

impl Sqlite {
    /// The life of the log; none before the first.
    pub(crate) fn epoch(&self) -> Result<Option<EpochId>, StorageError> {
        let text = self.read(|transaction| get(transaction, "epoch"))?;
        Ok(text.and_then(|text| text.parse().ok()))
    }

    /// Begins a life of the log.
    pub(crate) fn begin_epoch(&self, epoch: EpochId) -> Result<(), StorageError> {
        self.write(|transaction| set(transaction, "epoch", &epoch.to_string()))
    }

    /// The version of the server's keys, to be compared.
    pub(crate) fn keys_version(&self) -> Result<i64, StorageError> {
        self.read(|transaction| number(transaction, KEYS))
    }

    /// Says that the keys which others have read are out of date.
    pub(crate) fn keys_rotated(&self, key: KeyId, now: Moment) -> Result<(), StorageError> {
        self.write(|transaction| {
            step(transaction, KEYS)?;
            audit::append(transaction, &Event::KeyRotated { key }, now)
        })
    }

    /// A single fact.
    pub(crate) fn fact(&self, name: &'static str) -> Result<Option<String>, StorageError> {
        self.read(|transaction| get(transaction, name))
    }

    /// Notes a single fact.
    pub(crate) fn note(&self, name: &'static str, value: &str) -> Result<(), StorageError> {
        self.write(|transaction| set(transaction, name, value))
    }
}
