//! Own changes: those on which the server has not decided, and those that are kept until a backup covers them.

use crate::held::Pending;
use crate::rows::{from_eff, to_eff};
use crate::spaces::{SpaceRow, from_seq, to_seq};
use crate::{Reader, StoreError, Writer};
use drempel_domain::id::{BootId, RecordId, SpaceId};
use drempel_domain::sync_log::{Base, Change, Eff, FieldName, Fields, Seq};
use drempel_domain::time::{Clocks, Moment};
use rusqlite::{OptionalExtension as _, Row, named_params};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// An own change that is still in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnChange {
    /// The space.
    pub space: SpaceId,
    /// The change.
    pub change: Change,
    /// What became of it.
    pub decision: Decision,
}

/// What the server decided about an own change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing yet.
    Pending,
    /// It was taken in.
    Taken {
        /// When it counts.
        eff: Eff,
        /// When the server said so.
        at: Moment,
    },
    /// It waits for somebody to decide.
    Quarantined {
        /// When the server said so.
        at: Moment,
    },
}

/// A record with own changes that wait for a decision of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its kind.
    pub collection: String,
    /// The record.
    pub record: RecordId,
    /// When the first of them was made, by the settable clock.
    pub since: Moment,
}

/// What a change set and what was seen there, as the log keeps it.
#[derive(Serialize, Deserialize)]
struct Body<'a> {
    set: Cow<'a, Fields>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    base: Cow<'a, BTreeMap<FieldName, Base>>,
}

/// A row of the log. Its number is as SQLite has it: below 1 where it belongs to an earlier identity.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) seq: i64,
    pub(crate) change: Change,
    pub(crate) eff: Option<Eff>,
    pub(crate) verdict: Option<String>,
    received_at: Option<i64>,
}

impl Entry {
    fn read(row: &Row<'_>) -> Result<Result<Self, StoreError>, rusqlite::Error> {
        // By place, in the order of SELECT: looking for names takes longer than reading what they name.
        let seq: i64 = row.get(0)?;
        let body: Body<'static> = match serde_json::from_str(row.get_ref(4)?.as_str()?) {
            Ok(body) => body,
            Err(error) => return Ok(Err(error.into())),
        };
        Ok(Ok(Self {
            seq,
            change: Change {
                seq: to_seq(seq),
                collection: row.get(1)?,
                record: RecordId::new(row.get(2)?),
                new: row.get(3)?,
                set: body.set.into_owned(),
                base: body.base.into_owned(),
                made: Clocks {
                    wall: row.get(5)?,
                    boot: row.get::<_, Option<Uuid>>(6)?.map(BootId::new),
                    mono: row.get(7)?,
                },
                instead_of: row.get::<_, Option<i64>>(8)?.map(to_seq),
                given: row.get::<_, Option<i64>>(9)?.map(to_eff),
            },
            eff: row.get::<_, Option<i64>>(10)?.map(to_eff),
            verdict: row.get(11)?,
            received_at: row.get(12)?,
        }))
    }

    pub(crate) fn pending(&self) -> Pending {
        pending(&self.change)
    }

    fn decision(&self) -> Decision {
        let at = Moment::from_millis(self.received_at.unwrap_or_default());
        match (self.verdict.as_deref(), self.eff) {
            (None, _) => Decision::Pending,
            (Some("taken"), Some(eff)) => Decision::Taken { eff, at },
            _ => Decision::Quarantined { at },
        }
    }
}

/// A change as it lies over its record.
pub(crate) fn pending(change: &Change) -> Pending {
    Pending {
        seq: change.seq,
        lock: None,
        new: change.new,
        set: change.set.clone(),
        given: change.given,
    }
}

/// What a change takes up on the way besides what it sets and saw: names, clocks, brackets.
const ENVELOPE: usize = 200;

const SELECT: &str = "
    select seq, collection, record, new, body, wall, boot, mono, instead_of, given, eff, verdict, received_at
    from sync_log";

impl Reader<'_> {
    /// The changes in a space on which the server has not decided, in the order of their numbers: at most `limit`,
    /// together at most about `bytes` of JSON, and always one when there is one.
    pub fn pending(&self, space: SpaceId, limit: usize, bytes: usize) -> Result<Vec<Change>, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(Vec::new());
        };
        let sql = [
            SELECT,
            " where space = ?1 and verdict is null order by seq limit ?2",
        ]
        .concat();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((row.key, i64::try_from(limit.max(1)).unwrap_or(i64::MAX)))?;
        let mut changes = Vec::new();
        let mut used = 0;
        while let Some(row) = rows.next()? {
            used += ENVELOPE + row.get_ref("body")?.as_bytes().map_or(0, <[u8]>::len);
            if used > bytes && !changes.is_empty() {
                break;
            }
            changes.push(Entry::read(row)??.change);
        }
        Ok(changes)
    }

    /// The names of the changes on which the server has not decided, in all spaces.
    pub fn pending_numbers(&self) -> Result<Vec<(SpaceId, Seq)>, StoreError> {
        let sql = "
            select space.id, sync_log.seq
            from sync_log join space on space.key = sync_log.space
            where sync_log.verdict is null
            order by space.id, sync_log.seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let numbers = statement.query_map([], |row| {
            Ok((SpaceId::new(row.get::<_, Uuid>(0)?), to_seq(row.get(1)?)))
        })?;
        Ok(numbers.collect::<Result<_, _>>()?)
    }

    /// The own change of that name; nothing when it is not in the log any more.
    pub fn own_change(&self, space: SpaceId, seq: Seq) -> Result<Option<Change>, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(None);
        };
        Ok(self.entry(row.key, seq)?.map(|entry| entry.change))
    }

    /// How many own changes wait for a decision of the server, in all spaces, what was recorded while locked included.
    pub fn pending_count(&self) -> Result<u64, StoreError> {
        let sql = "select count(*) from sync_log where verdict is null";
        let count: i64 = self
            .connection
            .prepare_cached(sql)?
            .query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs().saturating_add(self.captured_count()?))
    }

    /// The records with own changes that wait for a decision of the server, in all spaces.
    pub fn waiting_records(&self) -> Result<Vec<Waiting>, StoreError> {
        let sql = "
            select collection, record, min(wall)
            from sync_log
            where verdict is null
            group by record";
        let mut statement = self.connection.prepare_cached(sql)?;
        let waiting = statement.query_map([], |row| {
            Ok(Waiting {
                collection: row.get(0)?,
                record: RecordId::new(row.get(1)?),
                since: Moment::from_millis(row.get(2)?),
            })
        })?;
        Ok(waiting.collect::<Result<_, _>>()?)
    }

    /// What of the log is still kept about a record, in the order of the numbers.
    pub fn own_changes(&self, record: RecordId) -> Result<Vec<OwnChange>, StoreError> {
        let mut changes = Vec::new();
        for space in self.space_rows()? {
            for entry in self.entries_of(space.key, record)? {
                let decision = entry.decision();
                changes.push(OwnChange {
                    space: space.id,
                    change: entry.change,
                    decision,
                });
            }
        }
        Ok(changes)
    }

    pub(crate) fn entries_of(&self, space: i64, record: RecordId) -> Result<Vec<Entry>, StoreError> {
        let sql = [SELECT, " where record = ?1 and space = ?2 order by seq"].concat();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let entries = statement.query_map((record.uuid(), space), Entry::read)?;
        entries.map(|entry| entry?).collect()
    }

    /// The changes to a record on which the server has not decided.
    pub(crate) fn pending_of(&self, space: i64, record: RecordId) -> Result<Vec<Pending>, StoreError> {
        let mut pending = self.captured_of(space, record)?;
        let entries = self.entries_of(space, record)?;
        let waiting = entries.iter().filter(|entry| entry.verdict.is_none());
        pending.extend(waiting.map(Entry::pending));
        Ok(pending)
    }

    pub(crate) fn has_pending(&self, space: i64, record: RecordId) -> Result<bool, StoreError> {
        let sql = "
            select 1 from sync_log where record = ?1 and space = ?2 and verdict is null
            union all
            select 1 from captured where record = ?1 and space = ?2";
        Ok(self
            .connection
            .prepare_cached(sql)?
            .exists((record.uuid(), space))?)
    }

    pub(crate) fn entry(&self, space: i64, seq: Seq) -> Result<Option<Entry>, StoreError> {
        let sql = [SELECT, " where space = ?1 and seq = ?2"].concat();
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement
            .query_row((space, from_seq(seq)), Entry::read)
            .optional()?
            .transpose()
    }

    /// All entries of a space, those of earlier identities first.
    pub(crate) fn entries(&self, space: i64) -> Result<Vec<Entry>, StoreError> {
        let sql = [SELECT, " where space = ?1 order by seq"].concat();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let entries = statement.query_map([space], Entry::read)?;
        entries.map(|entry| entry?).collect()
    }
}

impl Writer<'_> {
    /// Drops changes on which the server decided before that instant, although no backup is known to cover them.
    pub fn expire_acknowledged(&self, before: Moment) -> Result<(), StoreError> {
        let sql = "delete from sync_log where verdict is not null and received_at < ?1";
        self.connection.prepare_cached(sql)?.execute([before.millis()])?;
        Ok(())
    }

    pub(crate) fn insert_entry(&self, space: &SpaceRow, change: &Change) -> Result<(), StoreError> {
        let sql = "
            insert into sync_log
                (space, seq, collection, record, new, body, wall, boot, mono, instead_of, given)
            values (:space, :seq, :collection, :record, :new, :body, :wall, :boot, :mono, :instead_of, :given)";
        let body = Body {
            set: Cow::Borrowed(&change.set),
            base: Cow::Borrowed(&change.base),
        };
        self.connection.prepare_cached(sql)?.execute(named_params! {
            ":space": space.key,
            ":seq": from_seq(change.seq),
            ":collection": change.collection,
            ":record": change.record.uuid(),
            ":new": change.new,
            ":body": serde_json::to_string(&body)?,
            ":wall": change.made.wall,
            ":boot": change.made.boot.map(BootId::uuid),
            ":mono": change.made.mono,
            ":instead_of": change.instead_of.map(from_seq),
            ":given": change.given.map(from_eff),
        })?;
        Ok(())
    }

    pub(crate) fn decide(
        &self,
        space: i64,
        seq: Seq,
        verdict: &str,
        eff: Option<Eff>,
        at: Moment,
    ) -> Result<(), StoreError> {
        let sql = "
            update sync_log
            set verdict = ?3, eff = ?4, received_at = ?5, given = null
            where space = ?1 and seq = ?2";
        let eff = eff.map(from_eff);
        self.connection
            .prepare_cached(sql)?
            .execute((space, from_seq(seq), verdict, eff, at.millis()))?;
        Ok(())
    }

    pub(crate) fn delete_entry(&self, space: i64, seq: i64) -> Result<(), StoreError> {
        let sql = "delete from sync_log where space = ?1 and seq = ?2";
        self.connection.prepare_cached(sql)?.execute((space, seq))?;
        Ok(())
    }
}
