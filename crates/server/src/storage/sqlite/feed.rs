//! Reading a space's feed, its records and its digest.

use super::codes::Column;
use super::{Sqlite, state};
use crate::storage::{FeedEnd, FeedRow, Held, Standing, StorageError, Touched};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::sync_log::Digest;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// Is shown one row after the other, with whether it was wanted by name; says whether to go on.
pub(crate) type Visit<'a> = dyn FnMut(FeedRow, bool) -> Result<bool, StorageError> + 'a;

impl Sqlite {
    /// Shows the wanted records and then those after a position, all of one state of the space.
    pub(crate) fn feed(
        &self,
        space: SpaceId,
        at: u64,
        want: &BTreeSet<RecordId>,
        visit: &mut Visit<'_>,
    ) -> Result<FeedEnd, StorageError> {
        self.read(|transaction| {
            let Some(key) = state::key_of(transaction, space)? else {
                return Ok(FeedEnd::default());
            };
            show_wanted(transaction, key, want, visit)?;
            show_after(transaction, key, at, visit)?;
            let mut statement =
                transaction.prepare_cached("select head, digest from space_head where key = ?1")?;
            Ok(statement.query_row([key], |row| {
                Ok(FeedEnd {
                    head: row.get::<_, Column<_>>(0)?.0,
                    digest: row.get::<_, Column<_>>(1)?.0,
                })
            })?)
        })
    }

    /// The digest of every space that has one.
    pub(crate) fn digests(&self) -> Result<BTreeMap<SpaceId, Digest>, StorageError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare("select space, digest from space_head")?;
            let rows = statement.query_map([], |row| {
                Ok((
                    row.get::<_, Column<SpaceId>>(0)?.0,
                    row.get::<_, Column<Digest>>(1)?.0,
                ))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Shows every record of a space that was not erased, of one state of the space.
    pub(crate) fn each_record(
        &self,
        space: SpaceId,
        visit: &mut dyn FnMut(Held),
    ) -> Result<(), StorageError> {
        self.read(|transaction| {
            let Some(key) = state::key_of(transaction, space)? else {
                return Ok(());
            };
            let mut statement = transaction.prepare(
                "select id, collection, kind, position, whole_at, fields, eff, device, seq, written_at, stamps, share,
                        received_at, about
                 from state
                 where space = ?1 and kind <> 'erased'",
            )?;
            let mut rows = statement.query([key])?;
            while let Some(row) = rows.next()? {
                visit(state::read_row(row)?);
            }
            Ok(())
        })
    }

    /// Takes records off the devices, or brings them back whole, with what hangs on them.
    pub(crate) fn set_standing(
        &self,
        space: SpaceId,
        records: &[RecordId],
        standing: Standing,
    ) -> Result<(), StorageError> {
        if records.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            let key = state::make_key(transaction, space)?;
            let mut touched = Vec::new();
            for record in records {
                for id in state::with_hangers_on(transaction, key, *record)? {
                    let held = state::read_one(transaction, key, id)?;
                    let held =
                        held.filter(|held| held.standing != Standing::Erased && held.standing != standing);
                    touched.extend(held.map(|held| Touched {
                        held: Held { standing, ..held },
                        whole: standing == Standing::Live,
                    }));
                }
            }
            state::append(transaction, key, &touched)
        })
    }

    /// One record of a space.
    pub(crate) fn record(&self, space: SpaceId, record: RecordId) -> Result<Option<Held>, StorageError> {
        self.read(|transaction| match state::key_of(transaction, space)? {
            Some(key) => state::read_one(transaction, key, record),
            None => Ok(None),
        })
    }
}

fn show_wanted(
    connection: &Connection,
    space: i64,
    want: &BTreeSet<RecordId>,
    visit: &mut Visit<'_>,
) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "select id, collection, kind, position, whole_at, fields, eff, device, seq, written_at, stamps
         from state
         where space = ?1 and id = ?2",
    )?;
    for record in want {
        let mut rows = statement.query(params![space, Column(*record)])?;
        if let Some(row) = rows.next()?
            && !visit(state::feed_row(row)?, true)?
        {
            break;
        }
    }
    Ok(())
}

fn show_after(
    connection: &Connection,
    space: i64,
    at: u64,
    visit: &mut Visit<'_>,
) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "select id, collection, kind, position, whole_at, fields, eff, device, seq, written_at, stamps
         from state
         where space = ?1 and position > ?2
         order by position",
    )?;
    let mut rows = statement.query(params![space, Column(at)])?;
    while let Some(row) = rows.next()? {
        if !visit(state::feed_row(row)?, false)? {
            break;
        }
    }
    Ok(())
}
