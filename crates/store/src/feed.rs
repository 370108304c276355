//! What the server says about records: page by page, in the order of the feed.

use crate::held::{Applied, eff_of};
use crate::rows::{Keeping, RecordRow};
use crate::spaces::SpaceRow;
use crate::table::{Table, table, tables};
use crate::{Reader, StoreError, Writer};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::sync_log::{Cursor, FeedRecord, Removal, RemovalKind, share};
use drempel_domain::time::Day;
use rusqlite::params;
use uuid::Uuid;

impl Reader<'_> {
    /// Records of which the device was sent a part and lacks the rest.
    pub fn wanted(&self, space: SpaceId) -> Result<Vec<RecordId>, StoreError> {
        let sql = "
            select want.record
            from want join space on space.key = want.space
            where space.id = ?1
            order by want.record";
        let mut statement = self.connection.prepare_cached(sql)?;
        let wanted = statement.query_map([space.uuid()], |row| row.get::<_, Uuid>(0))?;
        wanted.map(|id| Ok(RecordId::new(id?))).collect()
    }
}

impl Writer<'_> {
    /// The pages start again from the beginning: at the end, what they did not bring back goes.
    pub fn begin_reread(&self, space: SpaceId) -> Result<(), StoreError> {
        let mut space = self.space_row_or_new(space)?;
        space.begin_reread();
        self.save_space(&space)
    }

    /// Takes records of the feed. A part of a record that is not held is not applied: the record is wanted.
    pub fn take_records(&self, space: SpaceId, records: &[FeedRecord]) -> Result<(), StoreError> {
        let mut space = self.space_row_or_new(space)?;
        for record in records {
            match table(&record.collection) {
                Some(table) => self.take_record(table, &mut space, record)?,
                None => self.take_unread(&mut space, record)?,
            }
        }
        self.flush_index()?;
        self.save_space(&space)
    }

    fn take_record(
        &self,
        table: &Table,
        space: &mut SpaceRow,
        record: &FeedRecord,
    ) -> Result<(), StoreError> {
        match self.record_row(table, record.id)? {
            Some(row) if row.space == space.key => self.take_over(table, space, row, record)?,
            // A record belongs to one space for ever, so that this is not ours to mix.
            Some(_) => return Ok(()),
            None if record.whole => self.insert_whole(table, space, record)?,
            None => return self.want(space.key, record.id),
        }
        if record.whole {
            self.unwant(space.key, record.id)
        } else {
            Ok(())
        }
    }

    fn take_over(
        &self,
        table: &Table,
        space: &mut SpaceRow,
        mut row: RecordRow,
        record: &FeedRecord,
    ) -> Result<(), StoreError> {
        // Only what the server sends again stays when everything is read anew.
        row.generation = space.generation;
        self.end_captured(&mut row)?;
        let mut held = self.held(&row)?;
        match held.take(record, space.rereading) {
            Applied::Done => self.save_row(table, space, &row, &held, row.own_seq),
            Applied::WholeNeeded => self.want(space.key, record.id),
        }
    }

    /// The way of nearly all records: one that is not held goes into its table as it is.
    pub(crate) fn insert_whole(
        &self,
        table: &Table,
        space: &mut SpaceRow,
        record: &FeedRecord,
    ) -> Result<(), StoreError> {
        let mut effs = record.effs.clone();
        effs.retain(|field, eff| *eff != record.eff && record.fields.contains_key(field));
        let without = record.fields.iter().filter(|(_, value)| value.is_null());
        effs.extend(without.map(|(field, _)| (field.clone(), eff_of(record, field))));
        let cells = record.fields.iter().map(|(field, value)| {
            (
                field,
                record.effs.get(field).copied().unwrap_or(record.eff),
                value,
            )
        });
        let keeping = Keeping {
            eff: Some(record.eff),
            effs,
            share: Some(share(record.id, cells)),
            ..Keeping::default()
        };
        self.insert_row(table, space, record.id, keeping, &record.fields)
    }

    /// Takes what is gone on the server. Own changes without a decision stay, and stay shown.
    pub fn take_removals(&self, space: SpaceId, removals: &[Removal]) -> Result<(), StoreError> {
        let mut space = self.space_row_or_new(space)?;
        for removal in removals {
            self.unwant(space.key, removal.id)?;
            self.remove_unread(&mut space, removal.id)?;
            if let Some(table) = table(&removal.collection)
                && let Some(mut row) = self
                    .record_row(table, removal.id)?
                    .filter(|row| row.space == space.key)
            {
                self.end_captured(&mut row)?;
                self.lose_base(table, &mut space, &row)?;
            }
            if removal.kind == RemovalKind::Erased {
                self.forget_decided(space.key, removal.id)?;
            }
        }
        self.save_space(&space)
    }

    fn lose_base(&self, table: &Table, space: &mut SpaceRow, row: &RecordRow) -> Result<(), StoreError> {
        let mut held = self.held(row)?;
        held.lose_base();
        self.scrub_log_later()?;
        self.save_row(table, space, row, &held, row.own_seq)
    }

    /// Nothing of an erased record stays among the changes that were decided on, nor in quarantine.
    pub(crate) fn forget_decided(&self, space: i64, record: RecordId) -> Result<(), StoreError> {
        let sql = "delete from sync_log where record = ?2 and space = ?1 and verdict is not null";
        self.connection
            .prepare_cached(sql)?
            .execute((space, record.uuid()))?;
        self.scrub_erased_later()?;
        self.remove_problems_of(space, record)
    }

    /// The device has read so far; it has read everything when there is no `more`.
    ///
    /// That ends a reading from the beginning: rows that it did not bring back go, and where own changes lie over
    /// them, they lose their base.
    pub fn move_cursor(&self, space: SpaceId, cursor: Cursor, more: bool) -> Result<(), StoreError> {
        let mut space = self.space_row_or_new(space)?;
        space.cursor = Some(cursor);
        if space.rereading && !more {
            self.end_reread(&mut space)?;
        }
        self.save_space(&space)
    }

    fn end_reread(&self, space: &mut SpaceRow) -> Result<(), StoreError> {
        for table in tables() {
            let older: Vec<i64> = self
                .connection
                .prepare_cached(table.statement("older"))?
                .query_map((space.key, space.generation), |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for key in older {
                if let Some(row) = self.record_row_of_key(table, key)? {
                    self.lose_base(table, space, &row)?;
                }
            }
        }
        self.remove_older_unread(space)?;
        // Whatever was wanted has come whole, or is not there.
        self.connection
            .prepare_cached("delete from want where space = ?1")?
            .execute([space.key])?;
        space.rereading = false;
        Ok(())
    }

    /// The digest differed although the device had read everything: it reads everything again, at most once a day.
    /// The answer is whether it will.
    pub fn forget_cursor(&self, space: SpaceId, on: Day) -> Result<bool, StoreError> {
        let mut space = self.space_row_or_new(space)?;
        let today = on.to_string();
        if space.differed_on.as_ref() == Some(&today) {
            return Ok(false);
        }
        space.differed_on = Some(today);
        space.begin_reread();
        self.save_space(&space)?;
        Ok(true)
    }

    pub(crate) fn want(&self, space: i64, record: RecordId) -> Result<(), StoreError> {
        let sql = "insert or ignore into want (space, record) values (?1, ?2)";
        self.connection
            .prepare_cached(sql)?
            .execute(params![space, record.uuid()])?;
        Ok(())
    }

    pub(crate) fn unwant(&self, space: i64, record: RecordId) -> Result<(), StoreError> {
        let sql = "delete from want where space = ?1 and record = ?2";
        self.connection
            .prepare_cached(sql)?
            .execute(params![space, record.uuid()])?;
        Ok(())
    }
}
