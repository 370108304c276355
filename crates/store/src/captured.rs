//! What was recorded while the phone was locked, laid over its own new record until the feed brings that.

use crate::held::Pending;
use crate::rows::{Keeping, RecordRow};
use crate::spaces::{from_seq, to_seq};
use crate::table::{table, tables};
use crate::{Reader, StoreError, Writer};
use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::sync_log::{Change, Seq};
use uuid::Uuid;

/// Stands for a number of this device's where there is none: the lock made the change.
const NO_OWN_SEQ: i64 = 0;

impl Reader<'_> {
    /// Whether there is a record of any kind by that name.
    pub fn holds(&self, record: RecordId) -> Result<bool, StoreError> {
        for table in tables() {
            if self.record_row(table, record)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many records were recorded while locked and have not come back from the server.
    pub(crate) fn captured_count(&self) -> Result<u64, StoreError> {
        let count: i64 = self
            .connection
            .prepare_cached("select count(*) from captured")?
            .query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The change of the lock's that made a record, while it lies over it.
    pub(crate) fn captured_of(&self, space: i64, record: RecordId) -> Result<Vec<Pending>, StoreError> {
        let sql = "select device, body from captured where record = ?1 and space = ?2 order by device, seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((record.uuid(), space))?;
        let mut captured = Vec::new();
        while let Some(row) = rows.next()? {
            let change: Change =
                serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
            captured.push(Pending {
                seq: change.seq,
                lock: Some(DeviceId::new(row.get::<_, Uuid>(0)?)),
                new: change.new,
                set: change.set,
                given: None,
            });
        }
        Ok(captured)
    }
}

impl Writer<'_> {
    /// Takes in what was recorded while locked, under the lock's device number; whether it was new here.
    ///
    /// It is shown as any own change. It is delivered sealed and not from here, so that it is over when the feed brings
    /// its record. A record that is here already is not taken in again.
    pub fn take_captured(&self, space: SpaceId, lock: DeviceId, change: &Change) -> Result<bool, StoreError> {
        let Some(table) = table(&change.collection) else {
            return Ok(false);
        };
        if self.record_row(table, change.record)?.is_some() {
            return Ok(false);
        }
        let mut space = self.space_row_or_new(space)?;
        let sql = "insert into captured (space, device, seq, record, body) values (?1, ?2, ?3, ?4, ?5)";
        self.connection.prepare_cached(sql)?.execute((
            space.key,
            lock.uuid(),
            from_seq(change.seq),
            change.record.uuid(),
            serde_json::to_string(change)?,
        ))?;
        let mut shown = change.set.clone();
        shown.retain(|_, value| !value.is_null());
        let keeping = Keeping {
            own_seq: Some(NO_OWN_SEQ),
            ..Keeping::default()
        };
        self.insert_row(table, &mut space, change.record, keeping, &shown)?;
        self.save_space(&space)?;
        self.flush_index()?;
        Ok(true)
    }

    /// The server has something else under these numbers of the lock's: what was recorded here under them is delivered as
    /// this device's own from now on, under new numbers. Numbers that lie over nothing any more are passed over.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn deliver_captured_anew(
        &self,
        space: SpaceId,
        lock: DeviceId,
        numbers: &[Seq],
    ) -> Result<(), StoreError> {
        let Some(mut space) = self.space_row(space)? else {
            return Ok(());
        };
        for number in numbers {
            let Some(mut change) = self.take_one_captured(space.key, lock, *number)? else {
                continue;
            };
            change.seq = to_seq(space.next_seq);
            space.next_seq += 1;
            self.insert_entry(&space, &change)?;
            let own_seq = Some(from_seq(change.seq));
            self.show_again(&mut space, &change.collection, change.record, own_seq)?;
        }
        self.save_space(&space)
    }

    fn take_one_captured(
        &self,
        space: i64,
        lock: DeviceId,
        number: Seq,
    ) -> Result<Option<Change>, StoreError> {
        let sql = "delete from captured where space = ?1 and device = ?2 and seq = ?3 returning body";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((space, lock.uuid(), from_seq(number)))?;
        match rows.next()? {
            Some(row) => {
                let body = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
                Ok(Some(serde_json::from_str(body)?))
            }
            None => Ok(None),
        }
    }

    /// The server has said something of a record: what the lock had made of it is over.
    pub(crate) fn end_captured(&self, row: &mut RecordRow) -> Result<(), StoreError> {
        if row.own_seq.is_none() {
            return Ok(());
        }
        let sql = "delete from captured where record = ?1 and space = ?2";
        let ended = self
            .connection
            .prepare_cached(sql)?
            .execute((row.id.uuid(), row.space))?;
        if ended > 0 {
            row.own_seq = row.own_seq.filter(|seq| *seq > NO_OWN_SEQ);
        }
        Ok(())
    }

    /// The lock's number is another from now on: what it had made becomes this device's own, in its order.
    pub(crate) fn take_captured_over(&self, space: i64) -> Result<Vec<(DeviceId, Change)>, StoreError> {
        let sql = "select device, body from captured where space = ?1 order by device, seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([space])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            let change = serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
            changes.push((DeviceId::new(row.get::<_, Uuid>(0)?), change));
        }
        self.connection
            .prepare_cached("delete from captured where space = ?1")?
            .execute([space])?;
        Ok(changes)
    }
}
