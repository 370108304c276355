//! What one device sends about one space, and what must be read before it can be decided.

use super::sent::{Sent, What};
use crate::storage::{DeviceRow, Logged, Needs, Part};
use drempel_domain::id::{DeviceId, IdSource, SpaceId, UserId};
use drempel_domain::record::{Link, Scalar as _};
use drempel_domain::sync_log::{Base, Change, Outcome, Resolved, Seq};
use drempel_domain::time::{Clocks, Moment};
use std::collections::{BTreeMap, BTreeSet};

/// What one device sends about one space.
#[derive(Clone, Copy)]
pub(crate) struct Batch<'a> {
    pub space: SpaceId,
    pub device: DeviceId,
    /// Of which part of the device that number is.
    pub part: Part,
    /// The person whose device it is.
    pub author: UserId,
    /// When the device was enrolled: it made no change before.
    pub enrolled_at: Moment,
    /// In the order of their numbers.
    pub sent: &'a [Sent],
    pub open: &'a [Seq],
    pub discard: &'a [Seq],
    /// What the device's clocks show while it sends.
    pub sending: Clocks,
    pub now: Moment,
    /// Whether everything of the device waits for somebody to look at it, because its access was ended.
    pub is_cut_off: bool,
    /// Where salts come from.
    pub ids: &'a dyn IdSource,
}

/// Under which number a change was made, and by whom: from the token, never from the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Writer {
    pub number: DeviceId,
    pub part: Part,
    pub user: UserId,
    /// When the device was enrolled.
    pub enrolled_at: Moment,
}

impl DeviceRow {
    /// Who writes under the number of its database.
    pub(crate) fn database(&self) -> Writer {
        Writer {
            number: self.id,
            part: Part::Database,
            user: self.user,
            enrolled_at: self.enrolled_at,
        }
    }

    /// Who writes under the number of its lock.
    pub(crate) fn lock(&self) -> Writer {
        Writer {
            number: self.lock,
            part: Part::Lock,
            user: self.user,
            enrolled_at: self.enrolled_at,
        }
    }
}

/// What the device is told about one space, besides the feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decided {
    pub outcomes: Vec<Outcome>,
    pub expected: Option<Seq>,
    pub received_through: Seq,
    pub durable_through: Seq,
    pub resolved: Vec<Resolved>,
}

impl Batch<'_> {
    /// Whether anything could be written.
    pub(crate) fn may_write(&self) -> bool {
        !self.sent.is_empty() || !self.discard.is_empty()
    }

    /// What must be read before it can be decided.
    pub(crate) fn needs(&self) -> Needs {
        let mut needs = Needs {
            space: self.space,
            device: self.device,
            records: BTreeSet::new(),
            numbers: self.open.iter().chain(self.discard).copied().collect(),
            bases: BTreeSet::new(),
        };
        for sent in self.sent {
            needs.numbers.insert(sent.seq);
            needs.numbers.insert(sent.seq.previous());
            if let What::Change(change) = &sent.what {
                needs.add(change);
            }
        }
        needs
    }
}

impl Needs {
    /// Adds what one change needs.
    pub(crate) fn add(&mut self, change: &Change) {
        self.records.insert(change.record);
        self.numbers.extend(change.instead_of);
        // A share or a disclosure copies from the record that it is about.
        if matches!(change.collection.as_str(), "share" | "disclosure") {
            let of = change.set.get("of").and_then(Link::read);
            self.records.extend(of.map(|of| of.record));
        }
        for base in change.base.values() {
            if let Base::Own { device, seq } = base {
                self.bases.insert((*device, *seq));
            }
        }
    }
}

/// Whether a number that was received before comes with another content: a copied or restored phone.
pub(crate) fn is_copied(sent: &[Sent], logged: &BTreeMap<Seq, Logged>) -> bool {
    sent.iter().any(|sent| {
        let entry = logged.get(&sent.seq);
        entry.is_some_and(|entry| match (entry.seal, &sent.what) {
            (Some(seal), _) => sent.seal(seal.salt).is_some_and(|again| again != seal),
            // Nothing is left of what was erased but the name of its record; of what was missed there never was anything.
            (None, What::Change(change)) => entry.record.is_some_and(|record| record != change.record),
            (None, What::Lost | What::Unreadable | What::Unopened) => false,
        })
    })
}
