//! Opening the encrypted database: the key, the settings of a connection, the migrations.

use crate::key::Key;
use crate::{OpenError, StoreError};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::path::Path;
use std::time::Duration;

mod embedded {
    refinery::embed_migrations!("../../migrations/device");
}

/// How long a connection waits for another one: longer than the longest transaction should take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Enough for all statements of all tables, so that none is prepared twice.
const STATEMENTS: usize = 512;

/// Opens the one connection that writes, makes the database when there is none and brings it up to date.
pub(crate) fn open_writer(path: &Path, key: Option<&Key>) -> Result<Connection, OpenError> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if directory.is_some_and(|directory| !directory.is_dir()) {
        return Err(OpenError::DirectoryMissing);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = connect(path, key, flags)?;
    refuse_foreign_and_newer(&connection)?;
    connection.execute_batch(
        "pragma journal_mode = wal;
         pragma synchronous = full;
         pragma secure_delete = on;
         pragma cache_size = -16000;",
    )?;
    embedded::migrations::runner()
        // In one transaction with the note that they were done: a kill between the two would lock the database for ever.
        .set_grouped(true)
        .run(&mut connection)
        .map_err(|error| OpenError::Migration(Box::new(error)))?;
    Ok(connection)
}

/// Opens a connection that only reads.
pub(crate) fn open_reader(path: &Path, key: Option<&Key>) -> Result<Connection, StoreError> {
    let connection = connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("pragma query_only = on; pragma cache_size = -8000;")?;
    Ok(connection)
}

fn connect(path: &Path, key: Option<&Key>, flags: OpenFlags) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // SQLCipher would otherwise write to the system's log by itself.
    connection.execute_batch("pragma cipher_log_level = none;")?;
    if let Some(key) = key {
        if key.guards_memory() {
            connection.execute_batch("pragma cipher_memory_security = on;")?;
        }
        connection.execute_batch(&key.statement())?;
    }
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.execute_batch(
        "pragma foreign_keys = on;
         pragma trusted_schema = off;
         pragma temp_store = memory;
         pragma mmap_size = 0;",
    )?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Only reads, so that a file that is not ours or not of this version stays as it is.
fn refuse_foreign_and_newer(connection: &Connection) -> Result<(), OpenError> {
    let sql = "select count(*), count(*) filter (where name = 'refinery_schema_history') from sqlite_schema";
    let (objects, history): (i64, i64) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if history == 0 {
        return if objects == 0 {
            Ok(())
        } else {
            Err(OpenError::WrongKeyOrForeign)
        };
    }
    let sql = "select coalesce(max(version), 0) from refinery_schema_history";
    let found: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    let known = newest_known();
    if found > known {
        return Err(OpenError::Newer { found, known });
    }
    Ok(())
}

/// The version of the newest migration of this version of the app.
fn newest_known() -> i64 {
    let runner = embedded::migrations::runner();
    runner
        .get_migrations()
        .iter()
        .map(|migration| i64::from(migration.version()))
        .max()
        .unwrap_or(0)
}
