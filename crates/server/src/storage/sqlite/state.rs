//! Records as they are now: reading one, and writing one with its stamps.

use super::codes::{Column, from_text, to_text};
use crate::storage::{FeedRow, Held, StorageError, Touched};
use crate::sync::pull::Stamp;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::sync_log::{Cell, Cells, Digest, Eff, FieldName, Fields, Seq, Share, Version};
use drempel_domain::value::Value;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// The number under which a space is kept; none where nothing was ever written in it.
pub(super) fn key_of(connection: &Connection, space: SpaceId) -> Result<Option<i64>, StorageError> {
    let mut statement = connection.prepare_cached("select key from space_head where space = ?1")?;
    Ok(statement
        .query_row([Column(space)], |row| row.get(0))
        .optional()?)
}

/// The number under which a space is kept, made when it has none.
pub(super) fn make_key(connection: &Connection, space: SpaceId) -> Result<i64, StorageError> {
    if let Some(key) = key_of(connection, space)? {
        return Ok(key);
    }
    connection.execute(
        "insert into space_head (space, head, digest) values (?1, 0, ?2)",
        params![Column(space), Column(Digest::default())],
    )?;
    Ok(connection.last_insert_rowid())
}

pub(super) fn feed_row(row: &Row<'_>) -> rusqlite::Result<FeedRow> {
    Ok(FeedRow {
        id: row.get::<_, Column<_>>(0)?.0,
        collection: row.get(1)?,
        standing: row.get::<_, Column<_>>(2)?.0,
        position: row.get::<_, Column<_>>(3)?.0,
        whole_at: row.get::<_, Column<_>>(4)?.0,
        fields: row.get(5)?,
        version: Version {
            eff: row.get::<_, Column<_>>(6)?.0,
            device: row.get::<_, Column<_>>(7)?.0,
            seq: row.get::<_, Column<_>>(8)?.0,
        },
        written_at: row.get::<_, Column<_>>(9)?.0,
        stamps: row.get(10)?,
    })
}

/// One record of a space.
pub(super) fn read_one(
    connection: &Connection,
    space: i64,
    record: RecordId,
) -> Result<Option<Held>, StorageError> {
    let mut statement = connection.prepare_cached(
        "select id, collection, kind, position, whole_at, fields, eff, device, seq, written_at, stamps, share,
                received_at, about
         from state
         where space = ?1 and id = ?2",
    )?;
    let mut rows = statement.query(params![space, Column(record)])?;
    rows.next()?.map(read_row).transpose()
}

pub(super) fn read_row(row: &Row<'_>) -> Result<Held, StorageError> {
    let FeedRow {
        id,
        collection,
        standing,
        position,
        whole_at,
        fields,
        version,
        written_at,
        stamps,
    } = feed_row(row)?;
    let fields: Fields = from_text(&fields, "record")?;
    let stamps = stamps.map(|text| from_text(&text, "record")).transpose()?;
    let mut stamps: BTreeMap<FieldName, Stamp> = stamps.unwrap_or_default();
    let mut held = Held {
        id,
        collection,
        standing,
        cells: Cells::new(),
        written: BTreeMap::new(),
        position,
        whole_at,
        share: Some(row.get::<_, Column<Share>>(11)?.0),
        received_at: row.get::<_, Column<_>>(12)?.0,
        about: row.get::<_, Option<Column<_>>>(13)?.map(|column| column.0),
    };
    for (name, value) in fields {
        let (version, written_at) = match stamps.remove(&name) {
            Some((eff, device, seq, written_at)) => (Version { eff, device, seq }, written_at),
            None => (version, written_at),
        };
        held.written.insert(name.clone(), written_at);
        held.cells.insert(name, Cell { value, version });
    }
    Ok(held)
}

/// The stamps of a record: one for most of its fields, and those of the others.
struct Stamps<'a> {
    common: Stamp,
    others: BTreeMap<&'a FieldName, Stamp>,
}

impl<'a> Stamps<'a> {
    /// Those of a record whose changed fields are written at that position.
    fn of(held: &'a Held, position: u64) -> Self {
        let stamp_of = |name: &FieldName, cell: &Cell| -> Stamp {
            let written_at = held.written.get(name).copied().unwrap_or(position);
            let Version { eff, device, seq } = cell.version;
            (eff, device, seq, written_at)
        };
        let common = commonest(held.cells.iter().map(|(name, cell)| stamp_of(name, cell)));
        let all = held.cells.iter().map(|(name, cell)| (name, stamp_of(name, cell)));
        Self {
            common,
            others: all.filter(|(_, stamp)| *stamp != common).collect(),
        }
    }

    /// The others as they are kept; nothing where there are none.
    fn text_of_others(&self) -> Result<Option<String>, StorageError> {
        let text = (!self.others.is_empty()).then(|| to_text(&self.others, "record"));
        text.transpose()
    }
}

/// Writes a record at its new position.
fn write_one(
    connection: &Connection,
    space: i64,
    touched: &Touched,
    position: u64,
    share: Share,
) -> Result<(), StorageError> {
    let held = &touched.held;
    let stamps = Stamps::of(held, position);
    let values = held.cells.iter().map(|(name, cell)| (name, &cell.value));
    let fields: BTreeMap<&FieldName, &Value> = values.collect();
    let (eff, device, seq, written_at) = stamps.common;
    let mut statement = connection.prepare_cached(
        "insert into state (space, id, collection, kind, position, whole_at, fields, eff, device, seq, written_at,
                            stamps, share, received_at, about)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         on conflict (space, id) do update
         set (kind, position, whole_at, fields, eff, device, seq, written_at, stamps, share, about) =
             (excluded.kind, excluded.position, excluded.whole_at, excluded.fields, excluded.eff, excluded.device,
              excluded.seq, excluded.written_at, excluded.stamps, excluded.share, excluded.about)",
    )?;
    statement.execute(params![
        space,
        Column(held.id),
        held.collection,
        Column(held.standing),
        Column(position),
        Column(if touched.whole { position } else { held.whole_at }),
        to_text(&fields, "record")?,
        Column(eff),
        Column(device),
        Column(seq),
        Column(written_at),
        stamps.text_of_others()?,
        Column(share),
        Column(held.received_at),
        held.about.map(Column),
    ])?;
    Ok(())
}

/// The stamp that most fields have; the server's first for a record without fields.
fn commonest(stamps: impl Iterator<Item = Stamp>) -> Stamp {
    let mut counts: BTreeMap<Stamp, usize> = BTreeMap::new();
    for stamp in stamps {
        *counts.entry(stamp).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let none = (Eff::default(), crate::storage::SERVER, Seq::ZERO, 0);
    most.map_or(none, |(stamp, _)| stamp)
}

/// A record and the records that share its fate.
pub(super) fn with_hangers_on(
    connection: &Connection,
    space: i64,
    record: RecordId,
) -> Result<Vec<RecordId>, StorageError> {
    let mut statement = connection.prepare_cached("select id from state where space = ?1 and about = ?2")?;
    let rows = statement.query_map(params![space, Column(record)], |row| {
        Ok(row.get::<_, Column<RecordId>>(0)?.0)
    })?;
    let mut all = vec![record];
    for row in rows {
        all.push(row?);
    }
    Ok(all)
}

/// Writes records at the end of the feed, and the space's head and digest with them. The last step of a
/// transaction: positions are in the order in which transactions commit, so that a reader never misses one.
pub(super) fn append(connection: &Connection, space: i64, touched: &[Touched]) -> Result<(), StorageError> {
    if touched.is_empty() {
        return Ok(());
    }
    let count = u64::try_from(touched.len()).unwrap_or(u64::MAX);
    let (head, mut digest) = connection.query_row(
        "update space_head set head = head + ?2 where key = ?1 returning head, digest",
        params![space, Column(count)],
        |row| {
            let head: Column<u64> = row.get(0)?;
            let digest: Column<Digest> = row.get(1)?;
            Ok((head.0, digest.0))
        },
    )?;
    let first = head.saturating_sub(count).saturating_add(1);
    for (touched, position) in touched.iter().zip(first..) {
        if let Some(before) = touched.held.share {
            digest.remove(before);
        }
        // That of a record that is not live is the least, which counts for nothing.
        let now = touched.held.share_now().unwrap_or_default();
        digest.add(now);
        write_one(connection, space, touched, position, now)?;
    }
    connection.execute(
        "update space_head set digest = ?2 where key = ?1",
        params![space, Column(digest)],
    )?;
    Ok(())
}
