//! One record as this device holds it: what the server says, with own changes laid over it. Pure.

use drempel_domain::id::{DeviceId, RecordId};
use drempel_domain::sync_log::{Base, Eff, FeedRecord, FieldName, Fields, Seq, Share, share};
use drempel_domain::value::Value;
use std::collections::BTreeMap;

/// A value of the server's and when it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) value: Value,
    pub(crate) eff: Eff,
}

/// The values of a record as the server has them; `Null` where one was taken out, so that whoever writes there again is
/// known to have seen that.
pub(crate) type BaseCells = BTreeMap<FieldName, Known>;

/// An own change on which the server has not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pending {
    /// Its number.
    pub(crate) seq: Seq,
    /// The lock's device number, where that made it; absent where this device's own did.
    pub(crate) lock: Option<DeviceId>,
    /// Whether it makes the record.
    pub(crate) new: bool,
    /// What it sets.
    pub(crate) set: Fields,
    /// The effective time that a server gave before its data were restored.
    pub(crate) given: Option<Eff>,
}

/// Whether something could be applied, or the whole record is needed for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(crate) enum Applied {
    /// The base is what it should be.
    Done,
    /// There was no base to apply it to: half a record is not built.
    WholeNeeded,
}

/// A record as this device holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// What the server has; nothing where it has not told.
    pub(crate) base: Option<BaseCells>,
    /// Own changes without a decision, by their numbers.
    pub(crate) pending: Vec<Pending>,
}

impl Held {
    /// What a reader sees: the base with the pending changes laid over it in order. Only fields with a value.
    pub(crate) fn shown(&self) -> Fields {
        let mut shown: Fields = self
            .base
            .iter()
            .flatten()
            .filter(|(_, known)| !known.value.is_null())
            .map(|(field, known)| (field.clone(), known.value.clone()))
            .collect();
        for change in &self.pending {
            for (field, value) in change
                .set
                .iter()
                .filter(|(field, _)| self.is_covered_by(change, field))
            {
                if value.is_null() {
                    shown.remove(field);
                } else {
                    shown.insert(field.clone(), value.clone());
                }
            }
        }
        shown
    }

    /// What of the base is hidden beneath pending changes: `Null` where it has no value.
    pub(crate) fn under(&self) -> Fields {
        let Some(base) = &self.base else {
            return Fields::new();
        };
        let hidden = |field: &FieldName| base.get(field).map_or(Value::Null, |known| known.value.clone());
        self.pending
            .iter()
            .flat_map(|change| {
                change
                    .set
                    .keys()
                    .filter(|field| self.is_covered_by(change, field))
            })
            .map(|field| (field.clone(), hidden(field)))
            .collect()
    }

    /// A change that was given an effective time before a restore has lost wherever a later one is known already.
    fn is_covered_by(&self, change: &Pending, field: &FieldName) -> bool {
        let known = self.base.as_ref().and_then(|base| base.get(field));
        match (change.given, known) {
            (Some(given), Some(known)) => known.eff <= given,
            _ => true,
        }
    }

    /// Lays an own change over the record; changes stay in the order of their numbers, after what the lock made.
    pub(crate) fn lay_over(&mut self, change: Pending) {
        let place = self
            .pending
            .partition_point(|other| other.lock.is_some() || other.seq < change.seq);
        self.pending.insert(place, change);
    }

    /// Takes what the feed says into the base; the pending changes stay over it.
    ///
    /// A value is taken when its effective time is not before the one known, and always while `rereading`.
    pub(crate) fn take(&mut self, record: &FeedRecord, rereading: bool) -> Applied {
        if record.whole {
            let old = self.base.take().unwrap_or_default();
            self.base = Some(whole(record, old, rereading));
            return Applied::Done;
        }
        let Some(base) = &mut self.base else {
            return Applied::WholeNeeded;
        };
        for (field, value) in &record.fields {
            put(base, field, value, eff_of(record, field), rereading);
        }
        Applied::Done
    }

    /// The server has taken the change of that number: what it did not lose moves to the base. A new record goes there whole,
    /// and what later changes won of it follows with the feed: half a record is never shown.
    pub(crate) fn settle(&mut self, seq: Seq, eff: Eff, lost: &[FieldName]) -> Applied {
        let Some(change) = self.remove(seq) else {
            return Applied::Done;
        };
        if self.base.is_none() && !change.new {
            return Applied::WholeNeeded;
        }
        let first_heard_of = self.base.is_none();
        let base = self.base.get_or_insert_default();
        for (field, value) in &change.set {
            if first_heard_of || !lost.contains(field) {
                put(base, field, value, eff, false);
            }
        }
        Applied::Done
    }

    /// The change of that number counts no more: what it set falls back to the base.
    pub(crate) fn reject(&mut self, seq: Seq) {
        self.remove(seq);
    }

    /// The server does not have the record any more; pending changes stay and stay shown.
    pub(crate) fn lose_base(&mut self) {
        self.base = None;
    }

    fn remove(&mut self, seq: Seq) -> Option<Pending> {
        let place = self
            .pending
            .iter()
            .position(|change| change.seq == seq && change.lock.is_none())?;
        Some(self.pending.remove(place))
    }

    /// Whether nothing is left of the record.
    pub(crate) fn is_gone(&self) -> bool {
        self.base.is_none() && self.pending.is_empty()
    }

    /// Its part in the digest of the space, when the server has it.
    pub(crate) fn share(&self, record: RecordId) -> Option<Share> {
        let base = self.base.as_ref()?;
        Some(share(
            record,
            base.iter().map(|(field, known)| (field, known.eff, &known.value)),
        ))
    }

    /// The effective time that most fields of the base have, and those of the others and of fields without a value.
    pub(crate) fn effs(&self) -> Option<(Eff, BTreeMap<FieldName, Eff>)> {
        let base = self.base.as_ref()?;
        let mut counts: BTreeMap<Eff, usize> = BTreeMap::new();
        for known in base.values() {
            *counts.entry(known.eff).or_default() += 1;
        }
        let most = counts
            .iter()
            .max_by_key(|(_, count)| **count)
            .map_or(Eff::default(), |(eff, _)| *eff);
        let others = base
            .iter()
            .filter(|(_, known)| known.eff != most || known.value.is_null());
        Some((
            most,
            others.map(|(field, known)| (field.clone(), known.eff)).collect(),
        ))
    }

    /// What a writer sees in each field that has a value, or had one taken out.
    pub(crate) fn seen(&self, device: Option<DeviceId>) -> BTreeMap<FieldName, Base> {
        let mut seen: BTreeMap<FieldName, Base> = self
            .base
            .iter()
            .flatten()
            .map(|(field, known)| (field.clone(), Base::Seen(known.eff)))
            .collect();
        let Some(device) = device else { return seen };
        for change in &self.pending {
            for field in change
                .set
                .keys()
                .filter(|field| self.is_covered_by(change, field))
            {
                seen.insert(
                    field.clone(),
                    Base::Own {
                        device: change.lock.unwrap_or(device),
                        seq: change.seq,
                    },
                );
            }
        }
        seen
    }
}

/// When a field of a feed record counts.
pub(crate) fn eff_of(record: &FeedRecord, field: &FieldName) -> Eff {
    record.effs.get(field).copied().unwrap_or(record.eff)
}

/// The base after a whole record: its fields and no others, but none older than the one known.
fn whole(record: &FeedRecord, mut old: BaseCells, rereading: bool) -> BaseCells {
    let mut base = BaseCells::new();
    for (field, value) in &record.fields {
        if let Some(known) = old.remove(field) {
            base.insert(field.clone(), known);
        }
        put(&mut base, field, value, eff_of(record, field), rereading);
    }
    base
}

fn put(base: &mut BaseCells, field: &FieldName, value: &Value, eff: Eff, always: bool) {
    let newer = base.get(field).is_none_or(|known| known.eff <= eff);
    if !(newer || always) {
        return;
    }
    base.insert(
        field.clone(),
        Known {
            value: value.clone(),
            eff,
        },
    );
}

#[cfg(test)]
mod tests;
