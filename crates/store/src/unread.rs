//! Records of kinds that this version does not know: kept as they came, counted, and read after an upgrade.

use crate::columns::text_of;
use crate::held::{Applied, BaseCells, Held, Known};
use crate::rows::{from_eff, to_eff};
use crate::spaces::SpaceRow;
use crate::table::table;
use crate::{StoreError, Writer};
use drempel_domain::id::RecordId;
use drempel_domain::sync_log::{Eff, FeedRecord, FieldName, Fields, Share};
use rusqlite::{OptionalExtension as _, Row};
use std::collections::BTreeMap;

struct UnreadRow {
    record: RecordId,
    collection: String,
    space: i64,
    eff: Eff,
    effs: BTreeMap<FieldName, Eff>,
    fields: Fields,
    share: Share,
}

impl UnreadRow {
    fn read(row: &Row<'_>) -> Result<Result<Self, StoreError>, rusqlite::Error> {
        let effs: Option<String> = row.get("effs")?;
        let fields: String = row.get("fields")?;
        let parsed = effs
            .map_or(Ok(BTreeMap::new()), |text| serde_json::from_str(&text))
            .and_then(|effs| Ok((effs, serde_json::from_str(&fields)?)));
        let (effs, fields) = match parsed {
            Ok(parsed) => parsed,
            Err(error) => return Ok(Err(error.into())),
        };
        Ok(Ok(Self {
            record: RecordId::new(row.get("record")?),
            collection: row.get("collection")?,
            space: row.get("space")?,
            eff: to_eff(row.get("eff")?),
            effs,
            fields,
            share: Share::from_bytes(row.get("share")?),
        }))
    }

    fn base(&self) -> BaseCells {
        let known = |(field, value): (&FieldName, &drempel_domain::value::Value)| {
            let eff = self.effs.get(field).copied().unwrap_or(self.eff);
            (
                field.clone(),
                Known {
                    value: value.clone(),
                    eff,
                },
            )
        };
        self.fields.iter().map(known).collect()
    }
}

const SELECT: &str = "select record, collection, space, eff, effs, fields, share from unread";

impl Writer<'_> {
    /// Keeps a record of a kind that is not known.
    pub(crate) fn take_unread(&self, space: &mut SpaceRow, record: &FeedRecord) -> Result<(), StoreError> {
        let old = self.unread_row(record.id)?;
        let mut held = Held {
            base: old.as_ref().map(UnreadRow::base),
            pending: Vec::new(),
        };
        if held.take(record, space.rereading) == Applied::WholeNeeded {
            return self.want(space.key, record.id);
        }
        if let Some(old) = old {
            space.digest.remove(old.share);
        }
        if let (Some((eff, effs)), Some(share)) = (held.effs(), held.share(record.id)) {
            space.digest.add(share);
            self.save_unread(space, record, (eff, effs), &held.shown(), share)?;
        }
        if record.whole {
            self.unwant(space.key, record.id)
        } else {
            Ok(())
        }
    }

    fn save_unread(
        &self,
        space: &SpaceRow,
        record: &FeedRecord,
        (eff, effs): (Eff, BTreeMap<FieldName, Eff>),
        fields: &Fields,
        share: Share,
    ) -> Result<(), StoreError> {
        let sql = "
            insert or replace into unread
                (record, collection, space, generation, eff, effs, fields, share)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.connection.prepare_cached(sql)?.execute((
            record.id.uuid(),
            &record.collection,
            space.key,
            space.generation,
            from_eff(eff),
            (!effs.is_empty()).then(|| text_of(&effs)),
            text_of(fields),
            share.to_bytes(),
        ))?;
        Ok(())
    }

    pub(crate) fn remove_unread(&self, space: &mut SpaceRow, record: RecordId) -> Result<(), StoreError> {
        if let Some(row) = self.unread_row(record)?.filter(|row| row.space == space.key) {
            space.digest.remove(row.share);
            self.delete_unread(record)?;
        }
        Ok(())
    }

    pub(crate) fn remove_older_unread(&self, space: &mut SpaceRow) -> Result<(), StoreError> {
        let sql = [SELECT, " where space = ?1 and generation < ?2"].concat();
        for row in self.unread_rows(&sql, &[&space.key, &space.generation])? {
            space.digest.remove(row.share);
            self.delete_unread(row.record)?;
        }
        Ok(())
    }

    /// Moves records into their tables whose kind this version has come to know. Their part in the digest stays.
    pub(crate) fn move_what_can_be_read_now(&self) -> Result<(), StoreError> {
        for row in self.unread_rows(SELECT, &[])? {
            let Some(table) = table(&row.collection) else {
                continue;
            };
            let mut space = self.space_row_or_new(self.space_of_key(row.space)?)?;
            let pending = self.pending_of(row.space, row.record)?;
            let own_seq = pending.last().map(|change| crate::spaces::from_seq(change.seq));
            let held = Held {
                base: Some(row.base()),
                pending,
            };
            self.remove_unread(&mut space, row.record)?;
            self.insert_held(table, &mut space, row.record, &held, own_seq)?;
            self.save_space(&space)?;
        }
        Ok(())
    }

    fn unread_row(&self, record: RecordId) -> Result<Option<UnreadRow>, StoreError> {
        let sql = [SELECT, " where record = ?1"].concat();
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement
            .query_row([record.uuid()], UnreadRow::read)
            .optional()?
            .transpose()
    }

    fn unread_rows(
        &self,
        sql: &str,
        by: &[&dyn rusqlite::types::ToSql],
    ) -> Result<Vec<UnreadRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(by, UnreadRow::read)?;
        rows.map(|row| row?).collect()
    }

    fn delete_unread(&self, record: RecordId) -> Result<(), StoreError> {
        let sql = "delete from unread where record = ?1";
        self.connection.prepare_cached(sql)?.execute([record.uuid()])?;
        Ok(())
    }
}
