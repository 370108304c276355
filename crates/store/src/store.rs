//! The database of a device: one writer, many readers.

use crate::key::Key;
use crate::open::{open_reader, open_writer};
use crate::search::Numbers;
use crate::settings::{SCRUB, SCRUB_ERASED, SCRUB_LOG};
use crate::table::tables;
use crate::{OpenError, StoreError};
use rusqlite::{Connection, TransactionBehavior};
use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many connections that read are kept open.
const READERS: usize = 3;

/// The database of a device. It may be shared among threads.
pub struct Store {
    path: PathBuf,
    key: Option<Key>,
    numbers: Numbers,
    writer: Mutex<WriterConnection>,
    /// How many saves wait for the writer.
    waiting: AtomicUsize,
    readers: Mutex<Vec<Connection>>,
}

struct WriterConnection {
    connection: Connection,
    /// The key that the next new row gets; greater than all that are in use.
    next_key: Cell<i64>,
    /// Whether a commit waits until the disk has it.
    durable: bool,
}

/// What can be read, as it was at one instant.
pub struct Reader<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) numbers: &'a Numbers,
}

/// What can be changed, in one transaction; it reads what it wrote.
pub struct Writer<'a> {
    reader: Reader<'a>,
    next_key: &'a Cell<i64>,
    waiting: &'a AtomicUsize,
    /// Words to be indexed, so that a page of records goes into the index in the order that it likes.
    pub(crate) unindexed: RefCell<Vec<(i64, String)>>,
}

impl<'a> Deref for Writer<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl Writer<'_> {
    /// Whether somebody wants to save meanwhile: what can be done in two transactions should end this one.
    pub fn is_awaited(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    pub(crate) fn next_key(&self) -> i64 {
        let key = self.next_key.get();
        self.next_key.set(key + 1);
        key
    }
}

impl Store {
    /// Opens the database at `path`, makes it when there is none, and brings it up to date.
    ///
    /// A file that cannot be opened is left as it was.
    pub fn open(path: &Path, key: &Key) -> Result<Self, OpenError> {
        Self::open_with(path, Some(key))
    }

    /// Opens a database without encryption, so that a test can look for traces in its bytes.
    #[cfg(test)]
    pub(crate) fn open_in_the_clear(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, None)
    }

    fn open_with(path: &Path, key: Option<&Key>) -> Result<Self, OpenError> {
        let connection = open_writer(path, key)?;
        let store = Self {
            path: path.to_owned(),
            key: key.cloned(),
            numbers: Numbers::give(&connection)?,
            writer: Mutex::new(WriterConnection {
                next_key: Cell::new(greatest_key(&connection)? + 1),
                connection,
                durable: true,
            }),
            waiting: AtomicUsize::new(0),
            readers: Mutex::default(),
        };
        store.write(|writer| {
            writer.move_what_can_be_read_now()?;
            writer.index_anew_where_rules_changed()
        })?;
        Ok(store)
    }

    /// Reads one snapshot: nothing that is written meanwhile is seen.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = lock(&self.readers).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path, self.key.as_ref())?,
        };
        let result = {
            let transaction = connection.transaction().map_err(StoreError::from)?;
            work(&Reader {
                connection: &transaction,
                numbers: &self.numbers,
            })
        };
        let mut idle = lock(&self.readers);
        if idle.len() < READERS {
            idle.push(connection);
        }
        result
    }

    /// Changes the database in one transaction that the disk has when this returns; on an error nothing changes.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let guard = lock(&self.writer);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        self.transact(guard, true, work)
    }

    /// Like [`Store::write`], but a crash of the whole device may take the last of these transactions back: for
    /// what the server can be asked again. A save that waits goes first.
    pub fn take_in<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        while self.waiting.load(Ordering::Relaxed) > 0 {
            std::thread::yield_now();
        }
        self.transact(lock(&self.writer), false, work)
    }

    fn transact<T, E: From<StoreError>>(
        &self,
        mut guard: MutexGuard<'_, WriterConnection>,
        durable: bool,
        work: impl FnOnce(&Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let WriterConnection {
            connection,
            next_key,
            durable: setting,
        } = &mut *guard;
        if *setting != durable {
            let pragma = if durable {
                "pragma synchronous = full"
            } else {
                "pragma synchronous = normal"
            };
            connection.execute_batch(pragma).map_err(StoreError::from)?;
            *setting = durable;
        }
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let result = {
            let writer = Writer {
                reader: Reader {
                    connection: &transaction,
                    numbers: &self.numbers,
                },
                next_key,
                waiting: &self.waiting,
                unindexed: RefCell::default(),
            };
            let result = work(&writer)?;
            writer.flush_index()?;
            result
        };
        transaction.commit().map_err(StoreError::from)?;
        Ok(result)
    }

    /// Takes what was removed out of every page of the file, the write-ahead log and the memory of idle readers; costs
    /// nothing when nothing was. A kill before it is done leaves it to be done.
    ///
    /// After [`Writer::remove_space`], and after a record was erased, it writes the whole database anew, which needs as
    /// much room again for a moment. Where there is none, that fails, but for what was erased: it is tried the next time.
    /// Fails as busy when a reader stays too long; then it must be tried again.
    pub fn scrub(&self) -> Result<(), StoreError> {
        let Some(due) = self.read(|reader| reader.setting(SCRUB))? else {
            return Ok(());
        };
        let indexed = match due.as_str() {
            // Words that were taken out leave traces in an index, and none in one that is made anew.
            SCRUB_ERASED => self.write(|writer| writer.index_everything_anew()),
            _ => Ok(()),
        };
        let guard = lock(&self.writer);
        lock(&self.readers).clear();
        let anew = match due.as_str() {
            SCRUB_LOG => Ok(()),
            // Deleted content is overwritten at once, but copies that moving rows left behind in their pages are not.
            _ => indexed.and_then(|()| Ok(guard.connection.execute_batch("vacuum")?)),
        };
        checkpoint(&guard.connection)?;
        match anew {
            Err(_) if due == SCRUB_ERASED => return Ok(()),
            done => done?,
        }
        guard
            .connection
            .execute("delete from setting where name = ?1", [SCRUB])?;
        Ok(())
    }

    /// Bytes that the database and its write-ahead log take up on the disk.
    pub fn size(&self) -> u64 {
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        let files = [self.path.clone(), PathBuf::from(log)];
        let sizes = files.iter().filter_map(|file| std::fs::metadata(file).ok());
        sizes.map(|file| file.len()).sum()
    }

    /// Moves everything from the write-ahead log into the database and closes it.
    pub fn close(self) -> Result<(), StoreError> {
        lock(&self.readers).clear();
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        checkpoint(&writer.connection)?;
        writer
            .connection
            .close()
            .map_err(|(_, error)| StoreError::from(error))
    }
}

/// A transaction that was left by a panic has been undone, so that the connection behind a poisoned lock is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn checkpoint(connection: &Connection) -> Result<(), StoreError> {
    let busy: bool = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
    if busy { Err(StoreError::Busy) } else { Ok(()) }
}

fn greatest_key(connection: &Connection) -> Result<i64, StoreError> {
    let mut greatest = 0;
    for table in tables() {
        let key: Option<i64> = connection.query_row(table.statement("greatest_key"), [], |row| row.get(0))?;
        greatest = greatest.max(key.unwrap_or(0));
    }
    Ok(greatest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(connection: &Connection, pragma: &str) -> String {
        let sql = ["pragma ", pragma].concat();
        let value = connection
            .query_row(&sql, [], |row| row.get::<_, rusqlite::types::Value>(0))
            .unwrap();
        match value {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) => number.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_connection_is_set_as_it_must_be() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("drempel.db"), &Key::new([1; 32])).unwrap();
        let both = [
            ("foreign_keys", "1"),
            ("trusted_schema", "0"),
            ("temp_store", "2"),
            ("mmap_size", "0"),
            ("journal_mode", "wal"),
            ("busy_timeout", "5000"),
        ];
        let check = |connection: &Connection, expected: &[(&str, &str)]| {
            for (pragma, value) in both.iter().chain(expected) {
                assert_eq!(setting(connection, pragma), *value, "{pragma}");
            }
        };
        let written = store.write::<_, StoreError>(|w| {
            check(
                w.connection,
                &[("synchronous", "2"), ("secure_delete", "1"), ("query_only", "0")],
            );
            Ok(())
        });
        let taken_in = store.take_in::<_, StoreError>(|w| {
            check(w.connection, &[("synchronous", "1"), ("secure_delete", "1")]);
            Ok(())
        });
        let read = store.read::<_, StoreError>(|r| {
            check(r.connection, &[("query_only", "1")]);
            Ok(())
        });
        assert!(written.is_ok() && taken_in.is_ok() && read.is_ok());
        store
            .write::<_, StoreError>(|w| {
                assert_eq!(setting(w.connection, "synchronous"), "2");
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn whoever_takes_in_sees_that_a_save_waits() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("drempel.db"), &Key::new([1; 32])).unwrap();
        std::thread::scope(|scope| {
            store
                .take_in::<_, StoreError>(|writer| {
                    assert!(!writer.is_awaited());
                    scope.spawn(|| store.write::<_, StoreError>(|writer| writer.set_setting("one", "saved")));
                    while !writer.is_awaited() {
                        std::thread::yield_now();
                    }
                    Ok(())
                })
                .unwrap();
        });
        let saved = store
            .read::<_, StoreError>(|reader| reader.setting("one"))
            .unwrap();
        assert_eq!(saved.as_deref(), Some("saved"));
    }

    #[test]
    fn readers_of_many_threads_and_a_writer_do_not_hinder_each_other() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("drempel.db"), &Key::new([1; 32])).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for _ in 0..40 {
                        let pair =
                            store.read::<_, StoreError>(|r| Ok((r.setting("one")?, r.setting("two")?)));
                        let (one, two) = pair.unwrap();
                        assert_eq!(one, two);
                    }
                });
            }
            for number in 0..40 {
                let value = number.to_string();
                store
                    .take_in::<_, StoreError>(|w| {
                        w.set_setting("one", &value)?;
                        w.set_setting("two", &value)
                    })
                    .unwrap();
            }
        });
        assert!(lock(&store.readers).len() <= READERS);
        store.close().unwrap();
    }
}
