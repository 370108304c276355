//! The rows of the records: a record as it is held, put into its table and read back.

use crate::columns::{from_columns, text_of, to_columns};
use crate::held::{BaseCells, Held, Known};
use crate::spaces::SpaceRow;
use crate::table::{KEEPING, Table};
use crate::{Reader, StoreError, Writer};
use drempel_domain::id::RecordId;
use drempel_domain::sync_log::{Eff, FieldName, Fields, Share};
use drempel_domain::value::Value;
use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{OptionalExtension as _, params_from_iter};
use std::collections::BTreeMap;

/// A row of a record.
#[derive(Debug)]
pub(crate) struct RecordRow {
    pub(crate) key: i64,
    pub(crate) id: RecordId,
    /// The key of its space.
    pub(crate) space: i64,
    /// In which reading of the space the server last sent it.
    pub(crate) generation: i64,
    pub(crate) own_seq: Option<i64>,
    /// Whether its content aged off this device.
    pub(crate) dropped: bool,
    pub(crate) share: Option<Share>,
    /// What a reader sees.
    pub(crate) shown: Fields,
    eff: Option<Eff>,
    effs: BTreeMap<FieldName, Eff>,
    under: Fields,
}

/// A row to be written, besides what its record shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keeping {
    pub(crate) key: i64,
    pub(crate) space: i64,
    pub(crate) generation: i64,
    pub(crate) eff: Option<Eff>,
    pub(crate) effs: BTreeMap<FieldName, Eff>,
    pub(crate) under: Fields,
    pub(crate) share: Option<Share>,
    pub(crate) own_seq: Option<i64>,
}

impl RecordRow {
    pub(crate) fn read(table: &Table, row: &rusqlite::Row<'_>) -> Result<Self, StoreError> {
        // By place, in the order of KEEPING: looking for names takes longer than reading what they name.
        let effs: Option<String> = row.get(5)?;
        let under: Option<String> = row.get(6)?;
        let extra = row.get_ref(7)?.as_str_or_null().map_err(rusqlite::Error::from)?;
        let share: Option<[u8; 16]> = row.get(8)?;
        Ok(Self {
            key: row.get(0)?,
            id: RecordId::new(row.get(1)?),
            space: row.get(2)?,
            generation: row.get(3)?,
            own_seq: row.get(9)?,
            dropped: row.get(10)?,
            share: share.map(Share::from_bytes),
            shown: from_columns(table, row, KEEPING.len(), extra)?,
            eff: row.get::<_, Option<i64>>(4)?.map(to_eff),
            effs: effs.map_or(Ok(BTreeMap::new()), |text| serde_json::from_str(&text))?,
            under: under.map_or(Ok(Fields::new()), |text| serde_json::from_str(&text))?,
        })
    }

    /// Whether the server has the record.
    pub(crate) fn has_base(&self) -> bool {
        self.eff.is_some()
    }

    /// What the server has. Nothing is known of it any more when the content was dropped.
    pub(crate) fn base(&self) -> Option<BaseCells> {
        let most = self.eff.filter(|_| !self.dropped)?;
        // The times of fields without a value always stand among the exceptions.
        let without = self
            .effs
            .iter()
            .map(|(field, eff)| (field.clone(), known(&Value::Null, *eff)));
        let mut base: BaseCells = without.collect();
        let bare = self
            .shown
            .iter()
            .filter(|(field, _)| !self.under.contains_key(*field));
        for (field, value) in bare.chain(&self.under).filter(|(_, value)| !value.is_null()) {
            let eff = self.effs.get(field).copied().unwrap_or(most);
            base.insert(field.clone(), known(value, eff));
        }
        Some(base)
    }
}

fn known(value: &Value, eff: Eff) -> Known {
    Known {
        value: value.clone(),
        eff,
    }
}

impl Reader<'_> {
    pub(crate) fn record_row(&self, table: &Table, id: RecordId) -> Result<Option<RecordRow>, StoreError> {
        self.one_row(table, &table.by_record, &id.uuid())
    }

    pub(crate) fn record_row_of_key(&self, table: &Table, key: i64) -> Result<Option<RecordRow>, StoreError> {
        self.one_row(table, &table.by_key, &key)
    }

    fn one_row(&self, table: &Table, sql: &str, by: &dyn ToSql) -> Result<Option<RecordRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        statement
            .query_row([by], |row| Ok(RecordRow::read(table, row)))
            .optional()?
            .transpose()
    }

    /// A record as it is held: its row with the own changes on which the server has not decided.
    pub(crate) fn held(&self, row: &RecordRow) -> Result<Held, StoreError> {
        let pending = match row.own_seq {
            Some(_) => self.pending_of(row.space, row.id)?,
            None => Vec::new(),
        };
        Ok(Held {
            base: row.base(),
            pending,
        })
    }
}

impl Writer<'_> {
    /// Puts a record as it is held now into its row; takes the row out when nothing is left.
    pub(crate) fn save_row(
        &self,
        table: &Table,
        space: &mut SpaceRow,
        row: &RecordRow,
        held: &Held,
        own_seq: Option<i64>,
    ) -> Result<(), StoreError> {
        if held.is_gone() {
            return self.delete_row(table, space, row);
        }
        let (eff, effs) = held.effs().unzip();
        let keeping = Keeping {
            key: row.key,
            space: space.key,
            generation: row.generation,
            eff,
            effs: effs.unwrap_or_default(),
            under: held.under(),
            share: held.share(row.id),
            own_seq,
        };
        let shown = held.shown();
        count(space, row.share, keeping.share);
        self.write_row(table, &table.update, row.id, &keeping, &shown)?;
        self.reindex(table, row.key, &row.shown, &shown)
    }

    /// Puts a record that has no row yet into its table.
    pub(crate) fn insert_held(
        &self,
        table: &Table,
        space: &mut SpaceRow,
        id: RecordId,
        held: &Held,
        own_seq: Option<i64>,
    ) -> Result<(), StoreError> {
        let (eff, effs) = held.effs().unzip();
        let keeping = Keeping {
            eff,
            effs: effs.unwrap_or_default(),
            under: held.under(),
            share: held.share(id),
            own_seq,
            ..Keeping::default()
        };
        self.insert_row(table, space, id, keeping, &held.shown())
    }

    /// Puts a row that is new into its table and the index; key, space and generation are filled in.
    pub(crate) fn insert_row(
        &self,
        table: &Table,
        space: &mut SpaceRow,
        id: RecordId,
        keeping: Keeping,
        shown: &Fields,
    ) -> Result<(), StoreError> {
        let keeping = Keeping {
            key: self.next_key(),
            space: space.key,
            generation: space.generation,
            ..keeping
        };
        count(space, None, keeping.share);
        self.write_row(table, &table.insert, id, &keeping, shown)?;
        self.index(table, keeping.key, shown)
    }

    pub(crate) fn delete_row(
        &self,
        table: &Table,
        space: &mut SpaceRow,
        row: &RecordRow,
    ) -> Result<(), StoreError> {
        count(space, row.share, None);
        self.unindex(table, row.key, &row.shown)?;
        self.connection
            .prepare_cached(&table.delete)?
            .execute([row.key])?;
        Ok(())
    }

    fn write_row(
        &self,
        table: &Table,
        sql: &str,
        id: RecordId,
        keeping: &Keeping,
        shown: &Fields,
    ) -> Result<(), StoreError> {
        let columns = to_columns(table, shown);
        let uuid = id.uuid();
        let share = keeping.share.map(Share::to_bytes);
        let kept: [ToSqlOutput<'_>; 11] = [
            keeping.key.into(),
            uuid.to_sql()?,
            keeping.space.into(),
            keeping.generation.into(),
            optional(keeping.eff.map(from_eff)),
            optional((!keeping.effs.is_empty()).then(|| text_of(&keeping.effs))),
            optional((!keeping.under.is_empty()).then(|| text_of(&keeping.under))),
            optional(columns.extra),
            optional(share.map(|bytes| bytes.to_vec())),
            optional(keeping.own_seq),
            false.into(),
        ];
        self.connection
            .prepare_cached(sql)?
            .execute(params_from_iter(kept.iter().chain(&columns.values)))?;
        Ok(())
    }
}

fn optional<T: Into<rusqlite::types::Value>>(value: Option<T>) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(value.map_or(rusqlite::types::Value::Null, Into::into))
}

fn count(space: &mut SpaceRow, before: Option<Share>, after: Option<Share>) {
    if let Some(share) = before {
        space.digest.remove(share);
    }
    if let Some(share) = after {
        space.digest.add(share);
    }
}

pub(crate) fn to_eff(bits: i64) -> Eff {
    Eff::from_bits(bits.cast_unsigned())
}

pub(crate) fn from_eff(eff: Eff) -> i64 {
    eff.bits().cast_signed()
}

#[cfg(test)]
mod tests;
