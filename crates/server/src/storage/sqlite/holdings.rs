//! Which spaces' content each device may hold.

use super::Sqlite;
use super::codes::Column;
use crate::storage::StorageError;
use drempel_domain::id::{DeviceId, SpaceId};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

impl Sqlite {
    /// The spaces whose content a device may hold.
    pub(crate) fn holdings(&self, device: DeviceId) -> Result<BTreeSet<SpaceId>, StorageError> {
        self.read(|transaction| holdings(transaction, device))
    }

    /// Notes which spaces a device was told of, and which it has removed.
    pub(crate) fn set_holdings(
        &self,
        device: DeviceId,
        told: &BTreeSet<SpaceId>,
        removed: &BTreeSet<SpaceId>,
    ) -> Result<(), StorageError> {
        self.write(|transaction| {
            for space in told {
                transaction.execute(
                    "insert into holding (device, space) values (?1, ?2) on conflict do nothing",
                    params![Column(device), Column(*space)],
                )?;
            }
            for space in removed {
                transaction.execute(
                    "delete from holding where device = ?1 and space = ?2",
                    params![Column(device), Column(*space)],
                )?;
            }
            Ok(())
        })
    }
}

pub(super) fn holdings(connection: &Connection, device: DeviceId) -> Result<BTreeSet<SpaceId>, StorageError> {
    let mut statement = connection.prepare_cached("select space from holding where device = ?1")?;
    let rows = statement.query_map([Column(device)], |row| Ok(row.get::<_, Column<SpaceId>>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
