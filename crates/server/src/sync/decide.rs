//! One space's batch, decided on what was read under its lock. Pure, so that every storage decides alike.

use super::batch::{Batch, Decided};
use super::copies::{Taken, copies};
use super::judge::{Case, judge};
use super::overwritten::Lost;
use super::sent::{Sent, What};
use crate::storage::{Held, Known, Logged, Standing, Touched, Writes};
use drempel_domain::id::{DeviceId, RecordId, UserId};
use drempel_domain::record::{Link, Scalar as _};
use drempel_domain::sync_log::{
    Base, Change, Eff, FieldName, Outcome, Overwriting, Reason, Resolution, Resolved, Seq, Verdict, Version,
    claimed_time, effective_time, merge,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Why a change waits whose device has no access any more.
pub(crate) const DEVICE_REVOKED: &str = "device_revoked";

/// Decides a batch.
pub(crate) fn decide(batch: &Batch<'_>, known: Known) -> (Writes, Decided) {
    let mut deciding = Deciding::new(*batch, known);
    deciding.discard();
    let mut answered = Vec::with_capacity(batch.sent.len());
    let mut expected = None;
    for sent in batch.sent {
        let next = deciding.known.last.next();
        if sent.seq > next {
            expected = Some(next);
            break;
        }
        if sent.seq == next || deciding.was_missed(sent) {
            deciding.receive(sent);
        }
        answered.push(sent);
    }
    let decided = Decided {
        outcomes: deciding.outcomes(&answered),
        expected,
        received_through: deciding.known.last,
        durable_through: deciding.known.durable,
        resolved: deciding.resolved(),
    };
    (deciding.into_writes(), decided)
}

/// Takes a quarantined change in after all, with the effective time that it had been given.
pub(crate) fn release(batch: &Batch<'_>, known: Known, entry: &Logged, change: &Change) -> Writes {
    let mut deciding = Deciding::new(*batch, known);
    let seen = deciding.seen(change);
    deciding.take_in(change, entry.eff.unwrap_or_default(), &seen);
    deciding.writes.resolved.insert(entry.seq, Resolution::Released);
    deciding.into_writes()
}

struct Deciding<'a> {
    batch: Batch<'a>,
    known: Known,
    writes: Writes,
    /// Records that changed, in the order in which they first did, each once.
    touched: Vec<RecordId>,
    is_touched: BTreeSet<RecordId>,
}

impl<'a> Deciding<'a> {
    fn new(batch: Batch<'a>, known: Known) -> Self {
        Self {
            batch,
            known,
            writes: Writes::default(),
            touched: Vec::new(),
            is_touched: BTreeSet::new(),
        }
    }

    fn discard(&mut self) {
        for seq in self.batch.discard {
            self.resolve(*seq, Resolution::Discarded);
        }
    }

    /// Ends a quarantined change, when it is one that nobody decided on yet.
    fn resolve(&mut self, seq: Seq, by: Resolution) {
        if let Some(entry) = self.known.logged.get_mut(&seq)
            && entry.is_open()
        {
            entry.resolution = Some(by);
            self.writes.resolved.insert(seq, by);
        }
    }

    fn receive(&mut self, sent: &Sent) {
        let entry = match &sent.what {
            What::Change(change) => self.receive_change(sent, change),
            What::Lost => Logged {
                verdict: Verdict::Missing,
                ..self.entry(sent)
            },
            What::Unreadable | What::Unopened => quarantined(self.entry(sent), "unreadable"),
        };
        self.known.logged.insert(sent.seq, entry.clone());
        if sent.seq > self.known.last {
            self.known.last = sent.seq;
            self.writes.entries.push(entry);
        } else {
            self.writes.late.push(entry);
        }
    }

    /// Whether a change arrives after all of which only the number was known.
    fn was_missed(&self, sent: &Sent) -> bool {
        let entry = self.known.logged.get(&sent.seq);
        let open = |entry: &Logged| entry.verdict == Verdict::Missing || entry.is_open();
        matches!(sent.what, What::Change(_)) && entry.is_some_and(|entry| entry.seal.is_none() && open(entry))
    }

    fn receive_change(&mut self, sent: &Sent, change: &Change) -> Logged {
        let now = self.batch.now;
        let claimed = claimed_time(&change.made, &self.batch.sending, now);
        let seen = self.seen(change);
        let held = self.known.records.get(&change.record);
        let eff = match change.given {
            Some(given) if given.moment() <= now => given,
            _ => {
                let before = self
                    .known
                    .logged
                    .get(&sent.seq.previous())
                    .and_then(|entry| entry.eff);
                let latest = seen.values().copied().max().max(self.own(held, change));
                let current = current(held, change);
                let made = claimed.max(self.batch.enrolled_at);
                effective_time(made, now, self.batch.device, before, latest, current)
            }
        };
        let mut entry = Logged {
            record: Some(change.record),
            collection: Some(change.collection.clone()),
            claimed: Some(claimed),
            eff: Some(eff),
            clamped: claimed > now && change.given.is_none(),
            ..self.entry(sent)
        };
        let spans = self
            .known
            .directory
            .memberships(self.batch.space, self.batch.author);
        if held.is_some_and(|held| held.standing == Standing::Erased) && !spans.is_empty() {
            return erased(entry);
        }
        let refused = judge(&Case {
            change,
            size: sent.size,
            eff,
            now,
            author: self.batch.author,
            part: self.batch.part,
            space: self.known.directory.space(self.batch.space),
            memberships: spans,
            held,
        });
        if let Some(reason) = refused {
            entry.verdict = Verdict::Quarantined;
            entry.reason = Some(reason);
        } else if self.batch.is_cut_off {
            entry = quarantined(entry, DEVICE_REVOKED);
        } else {
            self.take_in(change, eff, &seen);
            if let Some(seq) = change.instead_of {
                self.resolve(seq, Resolution::Mended);
            }
        }
        entry
    }

    /// The greatest effective time among the device's own values that the change meets: it made them before this.
    fn own(&self, held: Option<&Held>, change: &Change) -> Option<Eff> {
        let cells = &held?.cells;
        let met = change.set.keys().filter_map(|field| cells.get(field));
        let own =
            met.filter(|cell| cell.version.device == self.batch.device && cell.version.seq < change.seq);
        own.map(|cell| cell.version.eff).max()
    }

    /// An entry of the log of which nothing is known yet but that it was received.
    fn entry(&self, sent: &Sent) -> Logged {
        let has_content = !matches!(sent.what, What::Lost);
        Logged {
            seq: sent.seq,
            record: None,
            collection: None,
            body: has_content.then(|| sent.text.clone()),
            claimed: None,
            eff: None,
            clamped: false,
            verdict: Verdict::Taken,
            reason: None,
            author: self.batch.author,
            received_at: self.batch.now,
            seal: sent.seal(*self.batch.ids.next().as_bytes()),
            resolution: None,
        }
    }

    /// The effective times of the values that the author saw.
    fn seen(&self, change: &Change) -> BTreeMap<FieldName, Eff> {
        let resolve = |base: &Base| match base {
            Base::Seen(eff) => Some(*eff),
            Base::Own { device, seq } if *device == self.batch.device && *seq < change.seq => {
                let earlier = self.known.logged.get(seq).and_then(|entry| entry.eff);
                earlier.or_else(|| self.known.bases.get(&(*device, *seq)).copied())
            }
            Base::Own { device, seq } => self.known.bases.get(&(*device, *seq)).copied(),
        };
        let set = |field: &FieldName| change.set.contains_key(field.as_str());
        let bases = change.base.iter().filter(|(field, _)| set(field));
        bases
            .filter_map(|(field, base)| Some((field.clone(), resolve(base)?)))
            .collect()
    }

    fn take_in(&mut self, change: &Change, eff: Eff, seen: &BTreeMap<FieldName, Eff>) {
        let version = Version {
            eff,
            device: self.batch.device,
            seq: change.seq,
        };
        let now = self.batch.now;
        let held = self
            .known
            .records
            .entry(change.record)
            .or_insert_with(|| Held::new(change.record, &change.collection, now));
        let merged = merge(&mut held.cells, change.set.clone(), version, |field| {
            seen.get(field).copied()
        });
        for field in &merged.won {
            held.written.remove(field);
        }
        // The device of one that aged must be told again that it is off the devices.
        let moves = !merged.won.is_empty() || held.standing != Standing::Live;
        let standing = held.standing;
        if moves {
            self.touch(change.record);
        }
        for overwriting in merged.overwritten {
            self.keep(change, standing, overwriting);
        }
        self.copy(change, eff);
    }

    fn touch(&mut self, record: RecordId) {
        if self.is_touched.insert(record) {
            self.touched.push(record);
        }
    }

    /// Keeps a value that lost unseen, as a record of its own in the same space.
    fn keep(&mut self, change: &Change, standing: Standing, row: Overwriting) {
        let lost = Lost {
            of: Link {
                collection: change.collection.clone(),
                record: change.record,
            },
            author: self.author_of(row.lost.device),
            winner: self.author_of(row.won.device),
            row,
        };
        if !lost.is_kept() || self.known.records.contains_key(&lost.id()) {
            return;
        }
        let held = Held {
            standing,
            ..lost.into_record(self.batch.now)
        };
        self.touch(held.id);
        self.known.records.insert(held.id, held);
    }

    fn author_of(&self, device: DeviceId) -> Option<UserId> {
        if device == self.batch.device {
            return Some(self.batch.author);
        }
        self.known.authors.get(&device).copied()
    }

    fn copy(&mut self, change: &Change, eff: Eff) {
        let directory = Arc::clone(&self.known.directory);
        let Some((space, record)) = directory
            .space(self.batch.space)
            .zip(self.known.records.get(&change.record))
        else {
            return;
        };
        let of = change.set.get("of").and_then(Link::read);
        self.writes.copies.extend(copies(&Taken {
            change,
            eff,
            author: self.batch.author,
            space,
            record,
            of: of.and_then(|of| self.known.records.get(&of.record)),
            mirrors: self.known.mirrors.get(&change.record).copied(),
            directory: &directory,
        }));
    }

    fn outcomes(&self, answered: &[&Sent]) -> Vec<Outcome> {
        let outcome = |sent: &&Sent| {
            let entry = self.known.logged.get(&sent.seq)?;
            let lost = match &sent.what {
                What::Change(change) => self.lost(entry, change),
                // The device had to send as bytes what it had sent as a change before.
                What::Lost | What::Unreadable | What::Unopened => {
                    let change = entry.body.as_deref().map(serde_json::from_str);
                    change
                        .and_then(Result::ok)
                        .map_or_else(Vec::new, |change| self.lost(entry, &change))
                }
            };
            Some(entry.outcome(lost))
        };
        answered.iter().filter_map(outcome).collect()
    }

    /// The fields of a taken change that another change holds by now.
    fn lost(&self, entry: &Logged, change: &Change) -> Vec<FieldName> {
        let version = entry.eff.map(|eff| Version {
            eff,
            device: self.batch.device,
            seq: entry.seq,
        });
        let record = entry.record.and_then(|record| self.known.records.get(&record));
        let Some(record) = record.filter(|_| entry.verdict == Verdict::Taken) else {
            return Vec::new();
        };
        let won = |field: &FieldName| record.cells.get(field).map(|cell| cell.version) == version;
        let fields = change.set.keys();
        fields.filter(|field| !won(field)).cloned().collect()
    }

    fn resolved(&self) -> Vec<Resolved> {
        let ended = |seq: &Seq| {
            let entry = self.known.logged.get(seq);
            let by = match entry.map(|entry| (entry.verdict, entry.resolution)) {
                // Its record was erased meanwhile.
                Some((Verdict::Erased, _)) => Resolution::Discarded,
                Some((_, Some(resolution))) => resolution,
                // A restored server does not have it any more, and nobody misses it.
                None if self.batch.discard.contains(seq) => Resolution::Discarded,
                Some((_, None)) | None => return None,
            };
            Some(Resolved { seq: *seq, by })
        };
        let mut asked: BTreeSet<Seq> = self.batch.open.iter().copied().collect();
        asked.extend(self.batch.discard);
        asked.iter().filter_map(ended).collect()
    }

    fn into_writes(mut self) -> Writes {
        for record in self.touched {
            if let Some(held) = self.known.records.remove(&record) {
                self.writes.touched.push(Touched { held, whole: false });
            }
        }
        self.writes
    }
}

fn current(held: Option<&Held>, change: &Change) -> Option<Eff> {
    let cells = &held?.cells;
    let met = change.set.keys().filter_map(|field| cells.get(field));
    met.map(|cell| cell.version.eff).max()
}

fn quarantined(entry: Logged, code: &str) -> Logged {
    Logged {
        verdict: Verdict::Quarantined,
        reason: Some(Reason {
            code: code.to_owned(),
            field: None,
        }),
        ..entry
    }
}

fn erased(entry: Logged) -> Logged {
    Logged {
        verdict: Verdict::Erased,
        body: None,
        seal: None,
        ..entry
    }
}

#[cfg(test)]
mod tests;
