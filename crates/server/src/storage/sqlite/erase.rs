//! Erasing for ever: content leaves the state, the log and the values that lost; a contentless grave stays.

use super::codes::Column;
use super::{Sqlite, state};
use crate::journal::ErasedRecord;
use crate::storage::{Held, Standing, StorageError, Touched};
use drempel_domain::id::RecordId;
use drempel_domain::sync_log::Cells;
use drempel_domain::time::Moment;
use rusqlite::{Connection, params};

impl Sqlite {
    /// Erases records and the values that lost in them. A record that is not there gets a grave all the same, so
    /// that nothing of it can come later. `write_down` is called before anything is final.
    pub(crate) fn erase<E: From<StorageError>>(
        &self,
        erased: &[ErasedRecord],
        now: Moment,
        write_down: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        self.write(|transaction| {
            write_down()?;
            for ErasedRecord { space, record } in erased {
                let key = state::make_key(transaction, *space)?;
                let mut graves = Vec::new();
                for id in state::with_hangers_on(transaction, key, *record)? {
                    forget_log(transaction, key, id)?;
                    graves.extend(grave(transaction, key, id, now)?);
                }
                state::append(transaction, key, &graves)?;
            }
            Ok(())
        })
    }
}

fn grave(
    connection: &Connection,
    space: i64,
    record: RecordId,
    now: Moment,
) -> Result<Option<Touched>, StorageError> {
    let held = state::read_one(connection, space, record)?;
    let held = held.unwrap_or_else(|| Held::new(record, "", now));
    if held.standing == Standing::Erased {
        return Ok(None);
    }
    let held = Held {
        standing: Standing::Erased,
        cells: Cells::new(),
        about: None,
        ..held
    };
    Ok(Some(Touched { held, whole: false }))
}

/// Takes the content of every change to a record out of the log, with the salt and the hash.
fn forget_log(connection: &Connection, space: i64, record: RecordId) -> Result<(), StorageError> {
    connection.execute(
        "update log
         set body = null, salt = null, hash = null, verdict = 'erased', reason_code = null, reason_field = null
         where record = ?2 and stream in (select key from stream where space = ?1)",
        params![space, Column(record)],
    )?;
    Ok(())
}
