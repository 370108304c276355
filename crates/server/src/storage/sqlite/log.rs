//! The log: entries as they were received and decided.

use super::codes::Column;
use super::{Sqlite, state};
use crate::storage::{Logged, Seal, StorageError};
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::{Eff, Reason, Resolution, Seq};
use drempel_domain::time::Moment;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// One device's numbering in one space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    pub key: i64,
    pub last: Seq,
    pub durable: Seq,
}

pub(super) fn stream(
    connection: &Connection,
    space: i64,
    device: DeviceId,
) -> Result<Option<Stream>, StorageError> {
    let mut statement = connection.prepare_cached(
        "select key, last_seq, durable_through
         from stream
         where device = ?1 and space = ?2",
    )?;
    let read = |row: &Row<'_>| {
        Ok(Stream {
            key: row.get(0)?,
            last: row.get::<_, Column<_>>(1)?.0,
            durable: row.get::<_, Column<_>>(2)?.0,
        })
    };
    Ok(statement
        .query_row(params![Column(device), space], read)
        .optional()?)
}

pub(super) fn make_stream(
    connection: &Connection,
    space: i64,
    device: DeviceId,
) -> Result<i64, StorageError> {
    connection.execute(
        "insert into stream (space, device, last_seq) values (?1, ?2, 0)",
        params![space, Column(device)],
    )?;
    Ok(connection.last_insert_rowid())
}

pub(super) fn read_one(
    connection: &Connection,
    stream: i64,
    seq: Seq,
) -> Result<Option<Logged>, StorageError> {
    let mut statement = connection.prepare_cached(
        "select seq, record, collection, body, claimed, eff, clamped, verdict, reason_code, reason_field, author,
                received_at, salt, hash, resolution
         from log
         where stream = ?1 and seq = ?2",
    )?;
    let entry = statement.query_row(params![stream, Column(seq)], read_row);
    Ok(entry.optional()?)
}

pub(super) fn read_row(row: &Row<'_>) -> rusqlite::Result<Logged> {
    let code: Option<String> = row.get(8)?;
    let field: Option<String> = row.get(9)?;
    let salt: Option<[u8; 16]> = row.get(12)?;
    let hash: Option<[u8; 32]> = row.get(13)?;
    Ok(Logged {
        seq: row.get::<_, Column<_>>(0)?.0,
        record: row.get::<_, Option<Column<_>>>(1)?.map(|column| column.0),
        collection: row.get(2)?,
        body: row.get(3)?,
        claimed: row.get::<_, Option<Column<Moment>>>(4)?.map(|column| column.0),
        eff: row.get::<_, Option<Column<Eff>>>(5)?.map(|column| column.0),
        clamped: row.get(6)?,
        verdict: row.get::<_, Column<_>>(7)?.0,
        reason: code.map(|code| Reason { code, field }),
        author: row.get::<_, Column<_>>(10)?.0,
        received_at: row.get::<_, Column<_>>(11)?.0,
        seal: salt.zip(hash).map(|(salt, hash)| Seal { salt, hash }),
        resolution: row
            .get::<_, Option<Column<Resolution>>>(14)?
            .map(|column| column.0),
    })
}

impl Sqlite {
    /// One entry of a device in a space.
    pub(crate) fn logged(
        &self,
        space: SpaceId,
        device: DeviceId,
        seq: Seq,
    ) -> Result<Option<Logged>, StorageError> {
        self.read(|transaction| {
            let Some(key) = state::key_of(transaction, space)? else {
                return Ok(None);
            };
            match stream(transaction, key, device)? {
                Some(stream) => read_one(transaction, stream.key, seq),
                None => Ok(None),
            }
        })
    }

    /// Quarantined changes on which nobody decided, the oldest first.
    pub(crate) fn quarantined(&self) -> Result<Vec<(SpaceId, DeviceId, Logged)>, StorageError> {
        self.read(|transaction| {
            list(
                transaction,
                "select seq, record, collection, body, claimed, eff, clamped, verdict, reason_code, reason_field,
                        author, received_at, salt, hash, resolution, space_head.space, device
                 from log
                 join stream on stream.key = log.stream
                 join space_head on space_head.key = stream.space
                 where verdict = 'quarantined' and resolution is null
                 order by received_at, stream, seq",
            )
        })
    }

    /// Numbers of which a device had nothing left, the oldest first.
    pub(crate) fn missing(&self) -> Result<Vec<(SpaceId, DeviceId, Logged)>, StorageError> {
        self.read(|transaction| {
            list(
                transaction,
                "select seq, record, collection, body, claimed, eff, clamped, verdict, reason_code, reason_field,
                        author, received_at, salt, hash, resolution, space_head.space, device
                 from log
                 join stream on stream.key = log.stream
                 join space_head on space_head.key = stream.space
                 where verdict = 'missing'
                 order by received_at, stream, seq",
            )
        })
    }

    /// The whole log, by space, device and number.
    pub(crate) fn log_entries(&self) -> Result<Vec<(SpaceId, DeviceId, Logged)>, StorageError> {
        self.read(|transaction| {
            list(
                transaction,
                "select seq, record, collection, body, claimed, eff, clamped, verdict, reason_code, reason_field,
                        author, received_at, salt, hash, resolution, space_head.space, device
                 from log
                 join stream on stream.key = log.stream
                 join space_head on space_head.key = stream.space
                 order by space_head.space, device, seq",
            )
        })
    }
}

fn list(
    connection: &Connection,
    text: &'static str,
) -> Result<Vec<(SpaceId, DeviceId, Logged)>, StorageError> {
    let mut statement = connection.prepare(text)?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, Column<_>>(15)?.0,
            row.get::<_, Column<_>>(16)?.0,
            read_row(row)?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds entries to the end of a device's numbering.
pub(super) fn append(connection: &Connection, stream: i64, entries: &[Logged]) -> Result<(), StorageError> {
    insert(connection, stream, entries)?;
    if let Some(last) = entries.last() {
        connection.execute(
            "update stream set last_seq = ?2 where key = ?1",
            params![stream, Column(last.seq)],
        )?;
    }
    Ok(())
}

/// Puts changes that arrived late in the place of the entries that missed them.
pub(super) fn replace(connection: &Connection, stream: i64, entries: &[Logged]) -> Result<(), StorageError> {
    for entry in entries {
        connection.execute(
            "delete from log where stream = ?1 and seq = ?2",
            params![stream, Column(entry.seq)],
        )?;
    }
    insert(connection, stream, entries)
}

fn insert(connection: &Connection, stream: i64, entries: &[Logged]) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "insert into log (stream, seq, record, collection, body, claimed, eff, clamped, verdict, reason_code,
                          reason_field, author, received_at, salt, hash)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    for entry in entries {
        let reason = entry.reason.as_ref();
        statement.execute(params![
            stream,
            Column(entry.seq),
            entry.record.map(Column),
            entry.collection,
            entry.body,
            entry.claimed.map(Column),
            entry.eff.map(Column),
            entry.clamped,
            Column(entry.verdict),
            reason.map(|reason| &reason.code),
            reason.and_then(|reason| reason.field.as_ref()),
            Column(entry.author),
            Column(entry.received_at),
            entry.seal.map(|seal| seal.salt),
            entry.seal.map(|seal| seal.hash),
        ])?;
    }
    Ok(())
}

/// Notes how quarantined changes ended. What was thrown away leaves no content, but the seal by which a number that comes
/// again with another one is recognised.
pub(super) fn resolve(
    connection: &Connection,
    stream: i64,
    resolved: &BTreeMap<Seq, Resolution>,
    at: Moment,
) -> Result<(), StorageError> {
    for (seq, by) in resolved {
        connection.execute(
            "update log set resolution = ?3, resolved_at = ?4 where stream = ?1 and seq = ?2",
            params![stream, Column(*seq), Column(*by), Column(at)],
        )?;
        if *by == Resolution::Discarded {
            connection.execute(
                "update log set body = null where stream = ?1 and seq = ?2",
                params![stream, Column(*seq)],
            )?;
        }
    }
    Ok(())
}
