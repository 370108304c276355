//! What the server writes by itself: in other spaces because of a change, and what an import brings.

use super::codes::{Column, from_text};
use super::{Sqlite, state};
use crate::storage::StorageError;
use crate::sync::copies::{ServerWrite, carry_out};
use drempel_domain::time::Moment;
use rusqlite::{Connection, OptionalExtension, params};

impl Sqlite {
    /// Carries out the oldest task, in one transaction; whether there was one.
    pub(crate) fn carry_out_one(&self, now: Moment) -> Result<bool, StorageError> {
        if !self.read(|transaction| has_tasks(transaction))? {
            return Ok(false);
        }
        self.write(|transaction| {
            let oldest = transaction.query_row(
                "select key, task from copy_task order by key limit 1",
                [],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
            );
            let Some((key, task)) = oldest.optional()? else {
                return Ok(false);
            };
            let done = from_text(&task, "task").and_then(|task| write_by_server(transaction, &task, now));
            match done {
                // It would hold up every other one, for ever.
                Err(StorageError::Unreadable(what)) => tracing::error!(what, "a copy cannot be made"),
                other => other?,
            }
            transaction.execute("delete from copy_task where key = ?1", [key])?;
            Ok(true)
        })
    }
}

fn has_tasks(connection: &Connection) -> Result<bool, StorageError> {
    let mut statement = connection.prepare_cached("select exists (select 1 from copy_task)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Writes what the server says in a space; nothing when that changes nothing.
pub(super) fn write_by_server(
    connection: &Connection,
    write: &ServerWrite,
    now: Moment,
) -> Result<(), StorageError> {
    let space = state::make_key(connection, write.space)?;
    let held = state::read_one(connection, space, write.record)?;
    if let Some(touched) = carry_out(write, held, now) {
        state::append(connection, space, &[touched])?;
    }
    if let Some((of_space, of_record)) = write.mirrors {
        connection.execute(
            "insert into mirror (space, record, of_space, of_record)
             values (?1, ?2, ?3, ?4)
             on conflict (space, record) do nothing",
            params![
                Column(write.space),
                Column(write.record),
                Column(of_space),
                Column(of_record)
            ],
        )?;
    }
    Ok(())
}

/// Writes what an import says of a record, but not over what somebody entered.
pub(super) fn write_unless_edited(
    connection: &Connection,
    write: &ServerWrite,
    now: Moment,
) -> Result<(), StorageError> {
    let space = state::make_key(connection, write.space)?;
    let held = state::read_one(connection, space, write.record)?;
    if let Some(touched) = carry_out(&write.without_edited(held.as_ref()), held, now) {
        state::append(connection, space, &[touched])?;
    }
    Ok(())
}
