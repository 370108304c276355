//! The index of words: kept in step with the rows of the records.

use super::words::plain;
use crate::columns::text_of;
use crate::rows::RecordRow;
use crate::stored::is_deleted;
use crate::table::{Table, table, tables};
use crate::{StoreError, Writer};
use drempel_domain::record::Named as _;
use drempel_domain::records::youths::Youth;
use drempel_domain::sync_log::Fields;
use rusqlite::Connection;
use std::collections::HashMap;

/// By which rules texts become words; another number makes the index anew.
const RULES: u32 = 1;

/// In a rowid, the bits of the kind's number.
const NUMBER_BITS: u32 = 8;
/// In a rowid, the bit that puts names above all other texts.
pub(super) const NAMES: i64 = 1 << 62;

/// The number that each kind of record has in the index of this database.
#[derive(Debug)]
pub(crate) struct Numbers {
    by_name: HashMap<&'static str, i64>,
}

impl Numbers {
    /// Reads the numbers and gives one to each kind that has none.
    pub(crate) fn give(connection: &Connection) -> Result<Self, StoreError> {
        let given = "
            insert into collection (number, name, searched)
            select coalesce(max(number), 0) + 1, ?1, '' from collection
            where true
            on conflict (name) do nothing";
        let mut by_name = HashMap::new();
        for table in tables() {
            let name = table.collection.name;
            connection.prepare_cached(given)?.execute([name])?;
            let mut statement = connection.prepare_cached("select number from collection where name = ?1")?;
            by_name.insert(name, statement.query_row([name], |row| row.get(0))?);
        }
        Ok(Self { by_name })
    }

    /// The place of a row in the index.
    fn rowid(&self, table: &Table, key: i64) -> i64 {
        let name = table.collection.name;
        let number = self.by_name.get(name).copied().unwrap_or(0);
        let place = (key << NUMBER_BITS) | number;
        if name == Youth::NAME { place | NAMES } else { place }
    }

    /// The row that is at that place in the index.
    pub(super) fn row(&self, rowid: i64) -> Option<(&'static Table, i64)> {
        let number = rowid & ((1 << NUMBER_BITS) - 1);
        let (name, _) = self.by_name.iter().find(|(_, other)| **other == number)?;
        Some((table(name)?, (rowid & !NAMES) >> NUMBER_BITS))
    }
}

/// The text of a record that is in the index; nothing when it is deleted or has none.
fn indexed(table: &Table, shown: &Fields) -> Option<String> {
    if is_deleted(shown) {
        return None;
    }
    let mut text = String::new();
    for value in table.collection.search.iter().filter_map(|name| shown.get(*name)) {
        value.each_text(&mut |one| {
            text.push_str(&plain(one));
            text.push('\n');
        });
    }
    (!text.is_empty()).then_some(text)
}

impl Writer<'_> {
    /// Puts the words of a new row into the index, at the latest when the transaction ends.
    pub(crate) fn index(&self, table: &Table, key: i64, shown: &Fields) -> Result<(), StoreError> {
        if let Some(text) = indexed(table, shown) {
            self.unindexed
                .borrow_mut()
                .push((self.numbers.rowid(table, key), text));
        }
        Ok(())
    }

    /// Takes the words of a row out of the index: the index must be told what they were.
    pub(crate) fn unindex(&self, table: &Table, key: i64, shown: &Fields) -> Result<(), StoreError> {
        let Some(text) = indexed(table, shown) else {
            return Ok(());
        };
        self.flush_index()?;
        let sql = "insert into search (search, rowid, text) values ('delete', ?1, ?2)";
        let rowid = self.numbers.rowid(table, key);
        self.connection.prepare_cached(sql)?.execute((rowid, text))?;
        Ok(())
    }

    /// Changes the words of a row in the index.
    pub(crate) fn reindex(
        &self,
        table: &Table,
        key: i64,
        before: &Fields,
        after: &Fields,
    ) -> Result<(), StoreError> {
        if indexed(table, before) == indexed(table, after) {
            return Ok(());
        }
        self.unindex(table, key, before)?;
        self.index(table, key, after)
    }

    /// Writes what waits, in the order of the rowids: the index writes all it has each time that one is smaller.
    pub(crate) fn flush_index(&self) -> Result<(), StoreError> {
        let mut waiting = self.unindexed.take();
        if waiting.is_empty() {
            return Ok(());
        }
        waiting.sort_unstable();
        let sql = "insert into search (rowid, text) values (?1, ?2)";
        let mut statement = self.connection.prepare_cached(sql)?;
        for (rowid, text) in &waiting {
            statement.execute((rowid, text))?;
        }
        Ok(())
    }

    /// Makes the index anew when this version searches other fields, or by other rules, than the one that made it.
    pub(crate) fn index_anew_where_rules_changed(&self) -> Result<(), StoreError> {
        let sql = "update collection set searched = ?2 where name = ?1 and searched <> ?2";
        let mut changed = 0;
        for table in tables() {
            let searched = text_of(&(RULES, table.collection.search));
            changed += self
                .connection
                .prepare_cached(sql)?
                .execute((table.collection.name, searched))?;
        }
        if changed > 0 {
            self.index_everything_anew()
        } else {
            Ok(())
        }
    }

    /// Makes the whole index anew from the rows.
    pub(crate) fn index_everything_anew(&self) -> Result<(), StoreError> {
        self.unindexed.borrow_mut().clear();
        self.connection
            .execute_batch("insert into search (search) values ('delete-all')")?;
        let sql = "insert into search (rowid, text) values (?1, ?2)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for table in tables()
            .iter()
            .filter(|table| !table.collection.search.is_empty())
        {
            let mut statement = self.connection.prepare_cached(&table.all)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let row = RecordRow::read(table, row)?;
                if let Some(text) = indexed(table, &row.shown) {
                    insert.execute((self.numbers.rowid(table, row.key), text))?;
                }
            }
        }
        Ok(())
    }
}
