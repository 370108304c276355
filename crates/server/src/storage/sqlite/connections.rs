//! Opening the file, its migrations, and the connections to it.

use crate::directory::Directory;
use crate::storage::{OpenError, StorageError};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

mod embedded {
    refinery::embed_migrations!("../../migrations/server-sqlite");
}

/// Marks a file as ours: "Drem" in ASCII.
const APPLICATION: i32 = 0x4472_656d;

/// How long a transaction waits for another process, such as an administrator's command.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many readers are kept open.
const READERS: usize = 4;

/// The embedded storage.
#[derive(Debug)]
pub(crate) struct Sqlite {
    file: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    directory: Mutex<Arc<Directory>>,
}

impl Sqlite {
    /// Opens the file, makes it when it is not there, and brings it up to this version.
    pub(crate) fn open(file: &Path) -> Result<Self, OpenError> {
        let mut writer = Connection::open(file)?;
        check_ours(&writer)?;
        writer.pragma_update(None, "journal_mode", "wal")?;
        writer.pragma_update(None, "synchronous", "full")?;
        writer.pragma_update(None, "secure_delete", true)?;
        set_up(&writer)?;
        // Before the first table, so that a start that is cut off leaves no file that looks like somebody else's.
        writer.pragma_update(None, "application_id", APPLICATION)?;
        migrate(&mut writer)?;
        Ok(Self {
            file: file.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            directory: Mutex::new(Arc::new(Directory::default())),
        })
    }

    /// One transaction that writes; nothing of it is kept when `work` fails.
    pub(super) fn write<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StorageError::from)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(StorageError::from)?;
        Ok(done)
    }

    /// One transaction that reads a single state of the database.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => self.new_reader()?,
        };
        let done = reader
            .transaction()
            .map_err(StorageError::from)
            .and_then(|transaction| work(&transaction));
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS {
            readers.push(reader);
        }
        done
    }

    pub(super) fn new_reader(&self) -> Result<Connection, StorageError> {
        let reader = Connection::open_with_flags(&self.file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        set_up(&reader)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(reader)
    }

    /// Writes everything into the main file and shortens the write-ahead log to nothing, so that what was erased
    /// is in neither.
    pub(crate) fn scrub(&self) -> Result<(), StorageError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let held_up: bool = writer.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
        if held_up {
            tracing::warn!("what was erased stays in the write-ahead log until the next checkpoint");
        }
        Ok(())
    }

    pub(super) fn remembered_directory(&self) -> &Mutex<Arc<Directory>> {
        &self.directory
    }
}

fn set_up(connection: &Connection) -> Result<(), StorageError> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // Negative: KiB.
    connection.pragma_update(None, "cache_size", -16_384)?;
    Ok(())
}

/// A file with tables but without our mark belongs to somebody else.
pub(super) fn check_ours(connection: &Connection) -> Result<(), OpenError> {
    let tables: i64 = connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    let mark: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if tables > 0 && mark != APPLICATION {
        return Err(OpenError::Foreign);
    }
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    // In one transaction with the note that they were done: a kill between the two would lock the database for ever.
    let outcome = embedded::migrations::runner().set_grouped(true).run(connection);
    let error = match outcome {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    match error.kind() {
        refinery::error::Kind::MissingVersion(_) | refinery::error::Kind::DivergentVersion(..) => {
            Err(OpenError::Newer)
        }
        _ => Err(OpenError::Other(
            "its tables cannot be brought up to date".to_owned(),
        )),
    }
}
