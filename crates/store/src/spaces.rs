//! The spaces of this device's user and how far each is synchronised.

use crate::{Reader, StoreError, Writer};
use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::{Cursor, Digest, Seq};
use rusqlite::{OptionalExtension as _, Row, named_params};
use uuid::Uuid;

/// A space and how far it is synchronised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceState {
    /// The space.
    pub id: SpaceId,
    /// What the server says about it, as the client gave it; nothing while the server has not said anything.
    pub granted: Option<String>,
    /// Whether its content was removed from this device, which the server may not know yet.
    pub removed: bool,
    /// How far the device has read; nothing when it reads everything.
    pub cursor: Option<Cursor>,
    /// The last number given to an own change.
    pub last_seq: Seq,
    /// Up to which number the server has the own changes.
    pub received_through: Seq,
    /// Up to which number a backup of the server covers them.
    pub durable_through: Seq,
    /// How many records it holds of kinds that this version does not know.
    pub unread: u64,
    /// How many own changes wait for a decision of the server.
    pub pending: u64,
    /// Whether the device reads everything again.
    pub rereading: bool,
}

/// A row of the table `space`. Numbers are as SQLite has them: below 1 where they belong to an earlier identity.
#[derive(Clone, Debug)]
pub(crate) struct SpaceRow {
    pub(crate) key: i64,
    pub(crate) id: SpaceId,
    pub(crate) granted: Option<String>,
    pub(crate) removed: bool,
    pub(crate) next_seq: i64,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) generation: i64,
    pub(crate) rereading: bool,
    pub(crate) digest: Digest,
    pub(crate) received_through: i64,
    pub(crate) durable_through: i64,
    pub(crate) differed_on: Option<String>,
}

impl SpaceRow {
    fn read(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        let since: Option<i64> = row.get("since")?;
        let at: Option<i64> = row.get("at")?;
        Ok(Self {
            key: row.get("key")?,
            id: SpaceId::new(row.get("id")?),
            granted: row.get("granted")?,
            removed: row.get("removed")?,
            next_seq: row.get("next_seq")?,
            cursor: since.zip(at).map(|(since, at)| Cursor {
                since: since.cast_unsigned(),
                at: at.cast_unsigned(),
            }),
            generation: row.get("generation")?,
            rereading: row.get("rereading")?,
            digest: Digest::from_bytes(row.get("digest")?),
            received_through: row.get("received_through")?,
            durable_through: row.get("durable_through")?,
            differed_on: row.get("differed_on")?,
        })
    }

    /// Everything is read again, from the beginning; rows that do not come back go at the end.
    pub(crate) fn begin_reread(&mut self) {
        self.generation += 1;
        self.rereading = true;
        self.cursor = None;
    }
}

const SELECT: &str = "
    select key, id, granted, removed, next_seq, since, at, generation, rereading, digest,
           received_through, durable_through, differed_on
    from space";

impl Reader<'_> {
    /// All spaces, those that were removed and not yet forgotten included.
    pub fn spaces(&self) -> Result<Vec<SpaceState>, StoreError> {
        self.space_rows()?
            .into_iter()
            .map(|row| self.state_of(row))
            .collect()
    }

    fn state_of(&self, row: SpaceRow) -> Result<SpaceState, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            let count: i64 = self
                .connection
                .prepare_cached(sql)?
                .query_row([row.key], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        Ok(SpaceState {
            unread: count("select count(*) from unread where space = ?1")?,
            pending: count("select count(*) from sync_log where space = ?1 and verdict is null")?,
            id: row.id,
            granted: row.granted,
            removed: row.removed,
            cursor: row.cursor,
            last_seq: to_seq(row.next_seq - 1),
            received_through: to_seq(row.received_through),
            durable_through: to_seq(row.durable_through),
            rereading: row.rereading,
        })
    }

    /// How far a space was read; nothing when it is to be read from the beginning.
    pub fn cursor(&self, space: SpaceId) -> Result<Option<Cursor>, StoreError> {
        Ok(self.space_row(space)?.and_then(|row| row.cursor))
    }

    /// The digest over everything that the server is known to have in a space.
    pub fn digest(&self, space: SpaceId) -> Result<Digest, StoreError> {
        Ok(self.space_row(space)?.map_or(Digest::default(), |row| row.digest))
    }

    pub(crate) fn space_rows(&self) -> Result<Vec<SpaceRow>, StoreError> {
        let sql = [SELECT, " order by id"].concat();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], SpaceRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn space_row(&self, space: SpaceId) -> Result<Option<SpaceRow>, StoreError> {
        let sql = [SELECT, " where id = ?1"].concat();
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([space.uuid()], SpaceRow::read).optional()?)
    }

    pub(crate) fn space_of_key(&self, key: i64) -> Result<SpaceId, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("select id from space where key = ?1")?;
        Ok(SpaceId::new(
            statement.query_row([key], |row| row.get::<_, Uuid>(0))?,
        ))
    }
}

impl Writer<'_> {
    /// The user may use the space: makes it when it is new. `granted` is kept as it is. Where the space had been removed,
    /// what still waits there is shown again.
    pub fn grant_space(&self, space: SpaceId, granted: &str) -> Result<(), StoreError> {
        let mut row = self.space_row_or_new(space)?;
        row.granted = Some(granted.to_owned());
        if std::mem::take(&mut row.removed) {
            self.show_what_waits(&mut row)?;
        }
        self.save_space(&row)
    }

    /// Shows every record of the space to which a change without a decision belongs, with those changes in it.
    fn show_what_waits(&self, space: &mut SpaceRow) -> Result<(), StoreError> {
        let waiting = self.entries(space.key)?;
        for entry in waiting.iter().filter(|entry| entry.verdict.is_none()) {
            let own_seq = Some(entry.seq);
            self.show_again(space, &entry.change.collection, entry.change.record, own_seq)?;
        }
        Ok(())
    }

    /// The row of a space; one that is not known yet is made, so that nothing that belongs to it has nowhere to go.
    pub(crate) fn space_row_or_new(&self, space: SpaceId) -> Result<SpaceRow, StoreError> {
        if let Some(row) = self.space_row(space)? {
            return Ok(row);
        }
        let sql = "insert into space (id, digest) values (?1, ?2)";
        self.connection
            .prepare_cached(sql)?
            .execute((space.uuid(), Digest::default().to_bytes()))?;
        self.space_row(space)?.ok_or(StoreError::Unreadable)
    }

    pub(crate) fn save_space(&self, row: &SpaceRow) -> Result<(), StoreError> {
        let sql = "
            update space
            set granted = :granted, removed = :removed, next_seq = :next_seq, since = :since, at = :at,
                generation = :generation, rereading = :rereading, digest = :digest,
                received_through = :received_through, durable_through = :durable_through,
                differed_on = :differed_on
            where key = :key";
        self.connection.prepare_cached(sql)?.execute(named_params! {
            ":granted": row.granted,
            ":removed": row.removed,
            ":next_seq": row.next_seq,
            ":since": row.cursor.map(|cursor| cursor.since.cast_signed()),
            ":at": row.cursor.map(|cursor| cursor.at.cast_signed()),
            ":generation": row.generation,
            ":rereading": row.rereading,
            ":digest": row.digest.to_bytes(),
            ":received_through": row.received_through,
            ":durable_through": row.durable_through,
            ":differed_on": row.differed_on,
            ":key": row.key,
        })?;
        Ok(())
    }
}

/// A number of this identity; one of an earlier identity counts as none.
pub(crate) fn to_seq(number: i64) -> Seq {
    Seq(u64::try_from(number).unwrap_or(0))
}

/// A number as SQLite keeps it.
pub(crate) fn from_seq(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}
