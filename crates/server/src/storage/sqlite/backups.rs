//! Copies of the database as files: making one, looking into one, readying one to be put back.

use super::codes::Column;
use super::connections::check_ours;
use super::{Sqlite, log, state};
use crate::storage::{OpenError, StorageError};
use drempel_domain::id::{DeviceId, SpaceId};
use rusqlite::{Connection, OpenFlags, params};
use std::path::Path;

impl Sqlite {
    /// Copies one state of the database into a new file.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), StorageError> {
        let reader = self.new_reader()?;
        reader.pragma_update(None, "query_only", false)?;
        reader.execute("vacuum into ?1", [file.to_string_lossy()])?;
        Ok(())
    }

    /// Up to which number each device has delivered in each space, in a backup.
    pub(crate) fn delivered_in(file: &Path) -> Result<Vec<(SpaceId, DeviceId, u64)>, StorageError> {
        let backup = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        delivered(&backup)
    }

    /// Marks everything that these devices delivered up to these numbers as covered by a backup.
    pub(crate) fn set_durable(&self, reached: &[(SpaceId, DeviceId, u64)]) -> Result<(), StorageError> {
        self.write(|transaction| {
            for (space, device, through) in reached {
                let Some(key) = state::key_of(transaction, *space)? else {
                    continue;
                };
                if let Some(stream) = log::stream(transaction, key, *device)? {
                    transaction.execute(
                        "update stream
                         set durable_through = max(durable_through, min(?2, last_seq))
                         where key = ?1",
                        params![stream.key, Column(*through)],
                    )?;
                }
            }
            Ok(())
        })
    }

    /// Whether a file is an undamaged database of this program.
    pub(crate) fn check_file(file: &Path) -> Result<(), OpenError> {
        let backup = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        check_ours(&backup)?;
        let verdict: String = backup.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
        if verdict == "ok" {
            Ok(())
        } else {
            Err(StorageError::Damaged.into())
        }
    }

    /// Readies a copy of a backup: its life of the log has ended, and everything in it is covered by a backup.
    pub(crate) fn prepare_restored(file: &Path) -> Result<(), OpenError> {
        let restored = Connection::open(file)?;
        restored.pragma_update(None, "synchronous", "full")?;
        restored.execute_batch(
            "begin immediate;
             delete from meta where name = 'epoch';
             update stream set durable_through = last_seq;
             commit;",
        )?;
        Ok(())
    }
}

/// Up to which number each device has delivered in each space.
fn delivered(connection: &Connection) -> Result<Vec<(SpaceId, DeviceId, u64)>, StorageError> {
    let mut statement = connection.prepare(
        "select space_head.space, device, last_seq
         from stream
         join space_head on space_head.key = stream.space",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, Column<SpaceId>>(0)?.0,
            row.get::<_, Column<DeviceId>>(1)?.0,
            row.get::<_, Column<u64>>(2)?.0,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
