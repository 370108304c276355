//! What the server decided about own changes.

use crate::held::Applied;
use crate::log::Entry;
use crate::rows::from_eff;
use crate::spaces::{SpaceRow, from_seq};
use crate::table::table;
use crate::{StoreError, Writer};
use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::{Eff, Outcome, Reason, Resolution, Resolved, Seq, Verdict, share};
use drempel_domain::time::Moment;

impl Writer<'_> {
    /// Takes the outcomes of own changes, and up to which number the server and its backup have them.
    ///
    /// An outcome of a change that was decided on before changes nothing.
    pub fn take_outcomes(
        &self,
        space: SpaceId,
        outcomes: &[Outcome],
        received_through: Seq,
        durable_through: Seq,
        server_time: Moment,
    ) -> Result<(), StoreError> {
        let mut space = self.space_row_or_new(space)?;
        for outcome in outcomes {
            if let Some(entry) = self
                .entry(space.key, outcome.seq)?
                .filter(|entry| entry.verdict.is_none())
            {
                self.take_outcome(&mut space, &entry, outcome, server_time)?;
            }
        }
        self.receive(&mut space, from_seq(received_through), server_time)?;
        self.forget_durable(&mut space, from_seq(durable_through))?;
        self.save_space(&space)
    }

    fn take_outcome(
        &self,
        space: &mut SpaceRow,
        entry: &Entry,
        outcome: &Outcome,
        at: Moment,
    ) -> Result<(), StoreError> {
        match (outcome.verdict, outcome.eff) {
            (Verdict::Taken, Some(eff)) => {
                self.settle(space, entry, eff, outcome)?;
                self.decide(space.key, outcome.seq, "taken", Some(eff), at)?;
                self.remove_problem(space.id, outcome.seq)?;
                match entry.change.instead_of {
                    Some(mended) => self.remove_problem(space.id, mended),
                    None => Ok(()),
                }
            }
            (Verdict::Quarantined, eff) => {
                let unnamed = Reason {
                    code: "unreadable".to_owned(),
                    field: None,
                };
                let reason = outcome.reason.as_ref().unwrap_or(&unnamed);
                self.fall_back(space, entry)?;
                self.decide(space.key, outcome.seq, "quarantined", eff, at)?;
                self.add_problem(space.key, &entry.change, reason, at)
            }
            (Verdict::Taken, None) | (Verdict::Missing, _) => {
                self.fall_back(space, entry)?;
                self.delete_entry(space.key, entry.seq)
            }
            (Verdict::Erased, _) => self.erase(space, entry),
        }
    }

    /// The values of the change move to the base, except those that another change has won by now.
    fn settle(
        &self,
        space: &mut SpaceRow,
        entry: &Entry,
        eff: Eff,
        outcome: &Outcome,
    ) -> Result<(), StoreError> {
        if self.settle_new(space, entry, eff, outcome)? {
            return Ok(());
        }
        let change = &entry.change;
        let found = match table(&change.collection) {
            Some(table) => self.record_row(table, change.record)?.map(|row| (table, row)),
            None => None,
        };
        // Also of a kind that this version does not know: it comes whole, to be kept unread.
        let Some((table, row)) = found else {
            return self.want(space.key, change.record);
        };
        let mut held = self.held(&row)?;
        if held.settle(change.seq, eff, &outcome.lost) == Applied::WholeNeeded {
            self.want(space.key, change.record)?;
        }
        self.save_row(table, space, &row, &held, row.own_seq)
    }

    /// The way of nearly all changes: one that made a record to which nothing else happened since. What the record
    /// shows is as it was; whether that is so is asked while it is written.
    fn settle_new(
        &self,
        space: &mut SpaceRow,
        entry: &Entry,
        eff: Eff,
        outcome: &Outcome,
    ) -> Result<bool, StoreError> {
        let change = &entry.change;
        let whole = || change.set.values().all(|value| !value.is_null());
        let table = table(&change.collection)
            .filter(|_| change.new && change.given.is_none() && outcome.lost.is_empty() && whole());
        let Some(table) = table else {
            return Ok(false);
        };
        let cells = change.set.iter().map(|(field, value)| (field, eff, value));
        let share = share(change.record, cells);
        let settled = self
            .connection
            .prepare_cached(table.statement("settle_new"))?
            .execute((
                change.record.uuid(),
                from_eff(eff),
                share.to_bytes(),
                space.generation,
                space.key,
                entry.seq,
            ))?;
        if settled == 1 {
            space.digest.add(share);
        }
        Ok(settled == 1)
    }

    /// What the change set falls back to the base; a record that it made disappears.
    fn fall_back(&self, space: &mut SpaceRow, entry: &Entry) -> Result<(), StoreError> {
        let change = &entry.change;
        let Some(table) = table(&change.collection) else {
            return Ok(());
        };
        let Some(row) = self.record_row(table, change.record)? else {
            return Ok(());
        };
        let mut held = self.held(&row)?;
        held.reject(change.seq);
        self.save_row(table, space, &row, &held, row.own_seq)
    }

    /// Nothing is kept of a change to an erased record, nor of the record; later changes wait for their own outcome.
    fn erase(&self, space: &mut SpaceRow, entry: &Entry) -> Result<(), StoreError> {
        let change = &entry.change;
        if let Some(table) = table(&change.collection)
            && let Some(row) = self.record_row(table, change.record)?
        {
            let mut held = self.held(&row)?;
            held.reject(change.seq);
            held.lose_base();
            self.save_row(table, space, &row, &held, row.own_seq)?;
        }
        self.delete_entry(space.key, entry.seq)?;
        self.forget_decided(space.key, change.record)?;
        self.unwant(space.key, change.record)
    }

    fn receive(&self, space: &mut SpaceRow, through: i64, at: Moment) -> Result<(), StoreError> {
        if through <= space.received_through {
            return Ok(());
        }
        space.received_through = through;
        // The server may know numbers that this device forgot when it was restored: they are never used again.
        space.next_seq = space.next_seq.max(through.saturating_add(1));
        let sql = "insert or ignore into receipt (space, through, at) values (?1, ?2, ?3)";
        self.connection
            .prepare_cached(sql)?
            .execute((space.key, through, at.millis()))?;
        Ok(())
    }

    fn forget_durable(&self, space: &mut SpaceRow, through: i64) -> Result<(), StoreError> {
        space.durable_through = space.durable_through.max(through);
        let sql = "delete from sync_log where space = ?1 and seq between 1 and ?2 and verdict is not null";
        self.connection
            .prepare_cached(sql)?
            .execute((space.key, through))?;
        Ok(())
    }

    /// Takes what became of changes in quarantine. The values of a released one arrive with the feed; of one that was
    /// thrown away nothing stays.
    pub fn take_resolved(&self, space: SpaceId, resolved: &[Resolved]) -> Result<(), StoreError> {
        if resolved.is_empty() {
            return Ok(());
        }
        let mut space = self.space_row_or_new(space)?;
        for one in resolved {
            self.remove_problem(space.id, one.seq)?;
            match one.by {
                Resolution::Released => self.note_released(&space, one.seq)?,
                Resolution::Discarded => self.forget_discarded(&mut space, one.seq)?,
                Resolution::Mended => {}
            }
        }
        // The record of one of them may have been erased.
        self.scrub_log_later()?;
        self.save_space(&space)
    }

    fn note_released(&self, space: &SpaceRow, seq: Seq) -> Result<(), StoreError> {
        let sql = "
            update sync_log set verdict = 'taken'
            where seq = ?2 and space = ?1 and verdict = 'quarantined' and eff is not null";
        self.connection
            .prepare_cached(sql)?
            .execute((space.key, from_seq(seq)))?;
        Ok(())
    }

    /// It may wait to be sent again to a restored server; then it is shown.
    fn forget_discarded(&self, space: &mut SpaceRow, seq: Seq) -> Result<(), StoreError> {
        match self.entry(space.key, seq)? {
            Some(entry) => {
                self.fall_back(space, &entry)?;
                self.delete_entry(space.key, entry.seq)
            }
            None => Ok(()),
        }
    }
}
