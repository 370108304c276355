//! A record as it is read, and how far it got on its way to the municipality.

use crate::rows::RecordRow;
use crate::spaces::to_seq;
use crate::table::{Table, table};
use crate::{Reader, StoreError};
use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::record::{Common, Record};
use drempel_domain::sync_log::{Base, FieldName, Fields, Seq};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use rusqlite::OptionalExtension as _;
use std::collections::BTreeMap;

/// A record as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The record.
    pub id: RecordId,
    /// Its space.
    pub space: SpaceId,
    /// Its kind.
    pub collection: String,
    /// The fields that have a value, own changes included.
    pub fields: Fields,
    /// What a writer sees in each field that has a value, or had one taken out by an own change on which the
    /// server has not decided: to be kept with a draft and given as the base of the next change.
    pub seen: BTreeMap<FieldName, Base>,
    /// The number of the last own change to it; 0 where it was made under an earlier identity of the device.
    pub own_seq: Option<Seq>,
    /// Whether the server has the record.
    pub acknowledged: bool,
}

impl Stored {
    /// The record as its type.
    pub fn typed<K: Record>(&self) -> K {
        K::from_fields(&self.fields)
    }

    /// What every record has.
    pub fn common(&self) -> Common {
        Common::from_fields(&self.fields)
    }

    /// Whether it was deleted, and not restored since.
    pub fn is_deleted(&self) -> bool {
        is_deleted(&self.fields)
    }
}

pub(crate) fn is_deleted(fields: &Fields) -> bool {
    fields.get("deleted").and_then(Value::as_bool) == Some(true)
}

/// How far the last own change to a record got on its way to the municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is only on this device.
    OnThisDevice,
    /// The municipality has it.
    Received {
        /// The receipt: up to which number the changes were received.
        through: Seq,
        /// When, on the server's clock.
        at: Moment,
    },
    /// It waits in quarantine.
    Rejected {
        /// Why, as a code.
        code: String,
        /// The field concerned.
        field: Option<String>,
    },
    /// This device changed nothing in the record.
    NotOurs,
}

impl Reader<'_> {
    /// The record of that kind, deleted or not; nothing when it is not on this device.
    pub fn record(&self, collection: &str, id: RecordId) -> Result<Option<Stored>, StoreError> {
        let Some(table) = table(collection) else {
            return Ok(None);
        };
        match self.record_row(table, id)? {
            Some(row) if !row.dropped => {
                let device = self.device()?;
                self.stored(table, row, device).map(Some)
            }
            _ => Ok(None),
        }
    }

    pub(crate) fn stored(
        &self,
        table: &Table,
        row: RecordRow,
        device: Option<DeviceId>,
    ) -> Result<Stored, StoreError> {
        Ok(Stored {
            id: row.id,
            space: self.space_of_key(row.space)?,
            collection: table.collection.name.to_owned(),
            seen: self.held(&row)?.seen(device),
            own_seq: row.own_seq.map(to_seq),
            acknowledged: row.has_base(),
            fields: row.shown,
        })
    }

    /// How far the last own change to a record got on its way to the municipality.
    pub fn delivery(&self, stored: &Stored) -> Result<Delivery, StoreError> {
        let Some(space) = self.space_row(stored.space)? else {
            return Ok(Delivery::NotOurs);
        };
        let Some(own_seq) = self.own_seq(stored)? else {
            return Ok(Delivery::NotOurs);
        };
        if self.has_pending(space.key, stored.id)? {
            return Ok(Delivery::OnThisDevice);
        }
        if let Some(reason) = self.reason_of(stored.space, stored.id)? {
            return Ok(Delivery::Rejected {
                code: reason.code,
                field: reason.field,
            });
        }
        let sql =
            "select through, at from receipt where space = ?1 and through >= ?2 order by through limit 1";
        let receipt = self
            .connection
            .prepare_cached(sql)?
            .query_row((space.key, own_seq), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(
            receipt.map_or(Delivery::OnThisDevice, |(through, at)| Delivery::Received {
                through: to_seq(through),
                at: Moment::from_millis(at),
            }),
        )
    }

    /// The number of the last own change as SQLite has it: below 1 where it belongs to an earlier identity.
    fn own_seq(&self, stored: &Stored) -> Result<Option<i64>, StoreError> {
        let Some(table) = table(&stored.collection) else {
            return Ok(None);
        };
        let mut statement = self.connection.prepare_cached(table.statement("own_seq"))?;
        let own_seq = statement
            .query_row([stored.id.uuid()], |row| row.get(0))
            .optional()?;
        Ok(own_seq.flatten())
    }
}
