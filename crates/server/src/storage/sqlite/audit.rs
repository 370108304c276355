//! The audit log: entries in a chain, each appended in the transaction of what it is about.

use super::codes::{Column, from_text, to_text};
use super::{Sqlite, meta};
use crate::audit::Event;
use crate::storage::StorageError;
use drempel_domain::id::{DeviceId, IdSource, UserId};
use drempel_domain::time::Moment;
use drempel_protocol::synchronisation::Opened;
use drempel_sealing::audit::{AuditEntry, EntryHash};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// The log's own identifier, which makes each log another.
const LOG: &str = "audit_log";

/// Adds an entry to the end of the log.
pub(super) fn append(connection: &Connection, event: &Event, at: Moment) -> Result<(), StorageError> {
    let mut statement =
        connection.prepare_cached("select number, hash from audit order by number desc limit 1")?;
    let last = statement.query_row([], |row| Ok((row.get::<_, Column<u64>>(0)?.0, row.get(1)?)));
    let (last, before) = match last.optional()? {
        Some((number, hash)) => (number, EntryHash::from_bytes(hash)),
        None => (0, EntryHash::before_first(log(connection)?)),
    };
    let entry = AuditEntry {
        number: last.saturating_add(1),
        fields: event.fields(at),
    };
    let hash = entry.hash(before).to_bytes();
    let mut statement =
        connection.prepare_cached("insert into audit (number, fields, hash) values (?1, ?2, ?3)")?;
    statement.execute(params![
        Column(entry.number),
        to_text(&entry.fields, "audit entry")?,
        hash
    ])?;
    Ok(())
}

fn log(connection: &Connection) -> Result<Uuid, StorageError> {
    let log = meta::get(connection, LOG)?.and_then(|text| text.parse().ok());
    log.ok_or(StorageError::Unreadable("audit log"))
}

impl Sqlite {
    /// Begins a log, where there is none.
    pub(crate) fn begin_audit(&self, ids: &dyn IdSource) -> Result<(), StorageError> {
        match self.fact(LOG)? {
            Some(_) => Ok(()),
            None => self.note(LOG, &ids.next().to_string()),
        }
    }

    /// Adds an entry about something that is not stored here.
    pub(crate) fn audit(&self, event: &Event, at: Moment) -> Result<(), StorageError> {
        self.write(|transaction| append(transaction, event, at))
    }

    /// The log's identifier and all its entries, in order.
    pub(crate) fn audited(&self) -> Result<(Uuid, Vec<(AuditEntry, EntryHash)>), StorageError> {
        self.read(|transaction| {
            let mut statement =
                transaction.prepare("select number, fields, hash from audit order by number")?;
            let mut rows = statement.query([])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                let fields: String = row.get(1)?;
                let entry = AuditEntry {
                    number: row.get::<_, Column<_>>(0)?.0,
                    fields: from_text(&fields, "audit entry")?,
                };
                entries.push((entry, EntryHash::from_bytes(row.get(2)?)));
            }
            Ok((log(transaction)?, entries))
        })
    }

    /// Notes which dossiers a person opened: each once a day, however often a device tells of it.
    pub(crate) fn note_opened(
        &self,
        user: UserId,
        device: DeviceId,
        opened: &[Opened],
        now: Moment,
    ) -> Result<(), StorageError> {
        self.write(|transaction| {
            for &Opened { youth, day } in opened {
                let added = transaction.execute(
                    "insert into dossier_opening (user, youth, day)
                     values (?1, ?2, ?3)
                     on conflict do nothing",
                    params![Column(user), Column(youth), day.to_string()],
                )?;
                if added == 1 {
                    let event = Event::DossierOpened {
                        user,
                        device,
                        youth,
                        day,
                    };
                    append(transaction, &event, now)?;
                }
            }
            Ok(())
        })
    }
}
