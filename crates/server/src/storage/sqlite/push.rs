//! One space's batch in one transaction: reads what the decision needs, has it decided, writes what it says.

use super::codes::{Column, to_text};
use super::log::Stream;
use super::{Sqlite, log, state};
use crate::storage::{Known, Needs, Reached, StorageError, Writes};
use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::sync_log::{Eff, Seq};
use drempel_domain::time::Moment;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

impl Sqlite {
    /// Reads what is needed, has it decided, and writes the outcome. `decide` sees one state of the space that
    /// nobody changes meanwhile.
    pub(crate) fn push<T, E: From<StorageError>>(
        &self,
        needs: &Needs,
        now: Moment,
        decide: impl FnOnce(Known) -> Result<(Writes, T), E>,
    ) -> Result<T, E> {
        self.write(|transaction| {
            let (writes, answer) = decide(self.known(transaction, needs)?)?;
            if !writes.is_empty() {
                store(transaction, needs, &writes, now)?;
            }
            Ok(answer)
        })
    }

    /// Reads what is needed without the right to write.
    pub(crate) fn look(&self, needs: &Needs) -> Result<Known, StorageError> {
        self.read(|transaction| self.known(transaction, needs))
    }

    /// How far a device and the feeds of these spaces are.
    pub(crate) fn reached(
        &self,
        device: DeviceId,
        spaces: &[SpaceId],
    ) -> Result<BTreeMap<SpaceId, Reached>, StorageError> {
        self.read(|transaction| {
            let mut reached = BTreeMap::new();
            for space in spaces {
                reached.insert(*space, reached_in(transaction, device, *space)?);
            }
            Ok(reached)
        })
    }

    fn known(&self, connection: &Connection, needs: &Needs) -> Result<Known, StorageError> {
        let mut known = Known {
            directory: self.directory_in(connection)?,
            ..Known::default()
        };
        let Some(space) = state::key_of(connection, needs.space)? else {
            return Ok(known);
        };
        if let Some(stream) = log::stream(connection, space, needs.device)? {
            read_log(connection, stream, needs, &mut known)?;
        }
        read_bases(connection, space, needs, &mut known)?;
        read_records(connection, space, needs, &mut known)?;
        Ok(known)
    }
}

fn reached_in(connection: &Connection, device: DeviceId, space: SpaceId) -> Result<Reached, StorageError> {
    let mut statement = connection.prepare_cached("select key, head from space_head where space = ?1")?;
    let found = statement.query_row([Column(space)], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Column<u64>>(1)?.0))
    });
    let Some((key, head)) = found.optional()? else {
        return Ok(Reached::default());
    };
    let stream = log::stream(connection, key, device)?;
    Ok(Reached {
        last: stream.map(|stream| stream.last).unwrap_or(Seq::ZERO),
        durable: stream.map(|stream| stream.durable).unwrap_or(Seq::ZERO),
        head,
    })
}

fn read_log(
    connection: &Connection,
    stream: Stream,
    needs: &Needs,
    known: &mut Known,
) -> Result<(), StorageError> {
    known.last = stream.last;
    known.durable = stream.durable;
    for seq in needs.numbers.iter().filter(|seq| **seq <= stream.last) {
        if let Some(entry) = log::read_one(connection, stream.key, *seq)? {
            known.logged.insert(*seq, entry);
        }
    }
    Ok(())
}

fn read_bases(
    connection: &Connection,
    space: i64,
    needs: &Needs,
    known: &mut Known,
) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "select log.eff
         from stream
         join log on log.stream = stream.key
         where stream.device = ?1 and stream.space = ?2 and log.seq = ?3",
    )?;
    for (device, seq) in &needs.bases {
        let read = |row: &rusqlite::Row<'_>| row.get::<_, Option<Column<Eff>>>(0);
        let eff = statement
            .query_row(params![Column(*device), space, Column(*seq)], read)
            .optional()?;
        if let Some(Column(eff)) = eff.flatten() {
            known.bases.insert((*device, *seq), eff);
        }
    }
    Ok(())
}

fn read_records(
    connection: &Connection,
    space: i64,
    needs: &Needs,
    known: &mut Known,
) -> Result<(), StorageError> {
    let logged = known.logged.values().filter_map(|entry| entry.record);
    let records: BTreeSet<RecordId> = needs.records.iter().copied().chain(logged).collect();
    let mut devices = BTreeSet::new();
    for record in records {
        let Some(held) = state::read_one(connection, space, record)? else {
            continue;
        };
        devices.extend(held.cells.values().map(|cell| cell.version.device));
        if held.collection == "referral"
            && let Some(mirrored) = mirrored(connection, needs.space, record)?
        {
            known.mirrors.insert(record, mirrored);
        }
        known.records.insert(record, held);
    }
    let mut statement = connection.prepare_cached("select user from device where id = ?1")?;
    for device in devices {
        let user = statement
            .query_row([Column(device)], |row| row.get::<_, Column<_>>(0))
            .optional()?;
        known.authors.extend(user.map(|user| (device, user.0)));
    }
    Ok(())
}

fn mirrored(
    connection: &Connection,
    space: SpaceId,
    record: RecordId,
) -> Result<Option<(SpaceId, RecordId)>, StorageError> {
    let mut statement = connection
        .prepare_cached("select of_space, of_record from mirror where space = ?1 and record = ?2")?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok((
            row.get::<_, Column<SpaceId>>(0)?.0,
            row.get::<_, Column<RecordId>>(1)?.0,
        ))
    };
    Ok(statement
        .query_row(params![Column(space), Column(record)], read)
        .optional()?)
}

fn store(connection: &Connection, needs: &Needs, writes: &Writes, now: Moment) -> Result<(), StorageError> {
    let space = state::make_key(connection, needs.space)?;
    let stream = match log::stream(connection, space, needs.device)? {
        Some(stream) => stream.key,
        None => log::make_stream(connection, space, needs.device)?,
    };
    log::append(connection, stream, &writes.entries)?;
    log::replace(connection, stream, &writes.late)?;
    log::resolve(connection, stream, &writes.resolved, now)?;
    let mut statement = connection.prepare_cached("insert into copy_task (task) values (?1)")?;
    for copy in &writes.copies {
        statement.execute([to_text(copy, "task")?])?;
    }
    state::append(connection, space, &writes.touched)
}
