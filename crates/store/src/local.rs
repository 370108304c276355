//! What the user of this device does: the record and the log change together.

use crate::held::Held;
use crate::log::pending;
use crate::rows::Keeping;
use crate::spaces::{SpaceRow, from_seq, to_seq};
use crate::table::table;
use crate::{StoreError, Writer};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::sync_log::{Base, Change, FieldName, Fields, Seq};
use drempel_domain::time::Clocks;
use std::collections::BTreeMap;

/// One action of the user on one record, before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalChange {
    /// The space.
    pub space: SpaceId,
    /// The kind of record.
    pub collection: String,
    /// The record.
    pub record: RecordId,
    /// Whether this makes the record.
    pub new: bool,
    /// The fields that it sets; `Null` takes a value out.
    pub set: Fields,
    /// What the user saw in those fields on opening them; a field that had no value is left out.
    pub base: BTreeMap<FieldName, Base>,
    /// What the clocks showed.
    pub made: Clocks,
    /// The change in quarantine that this one mends.
    pub instead_of: Option<Seq>,
}

impl Writer<'_> {
    /// Does what the user did, and keeps it to be delivered. The answer is its number in the space.
    ///
    /// Fails when the record is kept in another space.
    pub fn apply_local(&self, change: &LocalChange) -> Result<Seq, StoreError> {
        let mut space = self.space_row_or_new(change.space)?;
        let seq = to_seq(space.next_seq);
        space.next_seq += 1;
        let change = Change {
            seq,
            collection: change.collection.clone(),
            record: change.record,
            new: change.new,
            set: change.set.clone(),
            base: change.base.clone(),
            made: change.made,
            instead_of: change.instead_of,
            given: None,
        };
        self.insert_entry(&space, &change)?;
        self.lay_over(&mut space, &change)?;
        self.save_space(&space)?;
        self.flush_index()?;
        Ok(seq)
    }

    /// Shows a change that is in the log.
    pub(crate) fn lay_over(&self, space: &mut SpaceRow, change: &Change) -> Result<(), StoreError> {
        let Some(table) = table(&change.collection) else {
            return Ok(());
        };
        let own_seq = Some(from_seq(change.seq));
        let Some(row) = self.record_row(table, change.record)? else {
            let mut shown = change.set.clone();
            shown.retain(|_, value| !value.is_null());
            let keeping = Keeping {
                own_seq,
                ..Keeping::default()
            };
            return self.insert_row(table, space, change.record, keeping, &shown);
        };
        if row.space != space.key {
            return Err(StoreError::OtherSpace);
        }
        if row.dropped {
            self.want(space.key, change.record)?;
        }
        let mut held = self.held(&row)?;
        if held.pending.iter().all(|pending| pending.seq != change.seq) {
            held.lay_over(pending(change));
        }
        self.save_row(table, space, &row, &held, own_seq.max(row.own_seq))
    }

    /// Shows a record as it is held now that its base or its changes in the log have changed.
    pub(crate) fn show_again(
        &self,
        space: &mut SpaceRow,
        collection: &str,
        record: RecordId,
        own_seq: Option<i64>,
    ) -> Result<(), StoreError> {
        let Some(table) = table(collection) else {
            return Ok(());
        };
        if let Some(row) = self.record_row(table, record)? {
            let held = Held {
                base: row.base(),
                pending: self.pending_of(space.key, record)?,
            };
            return self.save_row(table, space, &row, &held, own_seq.or(row.own_seq));
        }
        let held = Held {
            base: None,
            pending: self.pending_of(space.key, record)?,
        };
        if held.is_gone() {
            return Ok(());
        }
        self.insert_held(table, space, record, &held, own_seq)
    }
}
