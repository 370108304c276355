//! Beginning again: a server whose data were restored, and a device that got another identity.

use crate::settings::{DEVICE, EPOCH};
use crate::spaces::{SpaceRow, from_seq, to_seq};
use crate::table::tables;
use crate::{StoreError, Writer};
use drempel_domain::id::{DeviceId, EpochId};
use drempel_domain::sync_log::{Base, Change, Seq};
use std::collections::BTreeMap;

impl Writer<'_> {
    /// Another life of the server's log has begun: changes that it had and that no backup covers are delivered
    /// again, with the effective times that they had been given, and everything is read again.
    pub fn begin_epoch(&self, epoch: EpochId) -> Result<(), StoreError> {
        for mut space in self.space_rows()? {
            self.deliver_again(&mut space)?;
            self.deliver_problems_again(&mut space)?;
            space.begin_reread();
            // What the server said before holds no more; only what its backup covers is certain.
            space.received_through = space.durable_through;
            self.shorten_receipts(&space)?;
            self.save_space(&space)?;
        }
        self.set_setting(EPOCH, &epoch.to_string())
    }

    /// Receipts hold for what a backup covers and for nothing after it.
    fn shorten_receipts(&self, space: &SpaceRow) -> Result<(), StoreError> {
        let keep = "
            insert or ignore into receipt (space, through, at)
            select space, ?2, min(at) from receipt where space = ?1 and through > ?2 group by space";
        let forget = "delete from receipt where space = ?1 and through > ?2";
        for sql in [keep, forget] {
            self.connection
                .prepare_cached(sql)?
                .execute((space.key, space.durable_through))?;
        }
        Ok(())
    }

    fn deliver_again(&self, space: &mut SpaceRow) -> Result<(), StoreError> {
        let entries = self.entries(space.key)?;
        for entry in entries.into_iter().filter(|entry| entry.verdict.is_some()) {
            let mut change = Change {
                given: entry.eff,
                ..entry.change
            };
            self.delete_entry(space.key, entry.seq)?;
            if entry.seq < 1 {
                // Delivered under an earlier identity: this one needs a number of its own for it.
                change.seq = to_seq(space.next_seq);
                space.next_seq += 1;
            }
            self.insert_entry(space, &change)?;
            let own_seq = Some(from_seq(change.seq));
            self.show_again(space, &change.collection, change.record, own_seq)?;
        }
        Ok(())
    }

    /// A problem outlives its entry in the log when the space was removed: the server must hear of it again.
    fn deliver_problems_again(&self, space: &mut SpaceRow) -> Result<(), StoreError> {
        for change in self.changes_in_quarantine(space.key)? {
            let is_covered = from_seq(change.seq) <= space.durable_through;
            if !is_covered && self.entry(space.key, change.seq)?.is_none() {
                self.insert_entry(space, &change)?;
                if !space.removed {
                    let own_seq = Some(from_seq(change.seq));
                    self.show_again(space, &change.collection, change.record, own_seq)?;
                }
            }
        }
        Ok(())
    }

    /// The server knows this device under another identity from now on: what waits for a decision is delivered
    /// under new numbers, from 1 in every space. What is in quarantine under the old identity is delivered again
    /// too, so that its author can still mend it.
    pub fn take_identity(&self, device: DeviceId) -> Result<(), StoreError> {
        let old = self.device()?;
        for mut space in self.space_rows()? {
            let captured = self.take_captured_over(space.key)?;
            let waiting = self.take_what_waits(space.key)?;
            self.shift_numbers(&mut space)?;
            let mut waiting: Vec<(Option<DeviceId>, Change)> =
                waiting.into_iter().map(|change| (old, change)).collect();
            // What the lock made are new records, which others of these changes may be about.
            waiting.splice(
                0..0,
                captured.into_iter().map(|(lock, change)| (Some(lock), change)),
            );
            let renumbered: Renumbered = waiting
                .iter()
                .map(|(by, change)| (*by, change.seq))
                .zip((1..).map(Seq))
                .collect();
            let mut records = BTreeMap::new();
            for (by, mut change) in waiting {
                renumber(&mut change, &renumbered, by, device);
                self.insert_entry(&space, &change)?;
                space.next_seq = from_seq(change.seq.next());
                records.insert((change.collection, change.record), from_seq(change.seq));
            }
            for ((collection, record), own_seq) in records {
                self.show_again(&mut space, &collection, record, Some(own_seq))?;
            }
            self.save_space(&space)?;
        }
        self.set_setting(DEVICE, &device.to_string())
    }

    /// Takes the changes without a decision and those in quarantine out of the log, in the order of their numbers.
    fn take_what_waits(&self, space: i64) -> Result<Vec<Change>, StoreError> {
        let mut waiting: BTreeMap<Seq, Change> = BTreeMap::new();
        for change in self.changes_in_quarantine(space)? {
            waiting.insert(change.seq, change);
        }
        for entry in self
            .entries(space)?
            .into_iter()
            .filter(|entry| entry.verdict.is_none())
        {
            waiting.insert(entry.change.seq, entry.change);
        }
        for seq in waiting.keys() {
            self.delete_entry(space, from_seq(*seq))?;
        }
        self.connection
            .prepare_cached("delete from problem where space = ?1")?
            .execute([space])?;
        Ok(waiting.into_values().collect())
    }

    /// Numbers of the earlier identity go on below 1, in their order, so that they meet no new one.
    fn shift_numbers(&self, space: &mut SpaceRow) -> Result<(), StoreError> {
        let by = (space.key, space.next_seq);
        let log = "update sync_log set seq = seq - ?2 where space = ?1";
        let receipts = "update receipt set through = through - ?2 where space = ?1";
        let rows = tables().iter().map(|table| table.statement("shift_own_seq"));
        for sql in [log, receipts].into_iter().chain(rows) {
            self.connection.prepare_cached(sql)?.execute(by)?;
        }
        space.next_seq = 1;
        space.received_through = 0;
        space.durable_through = 0;
        Ok(())
    }
}

/// The new numbers of changes, by the device number that made them and the old number.
type Renumbered = BTreeMap<(Option<DeviceId>, Seq), Seq>;

/// Gives a change its new number, and those new numbers that it speaks of.
fn renumber(change: &mut Change, renumbered: &Renumbered, by: Option<DeviceId>, new: DeviceId) {
    if let Some(seq) = renumbered.get(&(by, change.seq)) {
        change.seq = *seq;
    }
    change.instead_of = change
        .instead_of
        .and_then(|seq| renumbered.get(&(by, seq)).copied());
    for base in change.base.values_mut() {
        if let Base::Own { device, seq } = base
            && let Some(renumbered) = renumbered.get(&(Some(*device), *seq))
        {
            *base = Base::Own {
                device: new,
                seq: *renumbered,
            };
        }
    }
}
