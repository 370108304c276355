//! How much to ask and to take in at once, learnt from how it went; and what the server still has to be told.

use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::Seq;
use drempel_protocol::limits;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are taken in between two looks whether a person waits to save.
pub(super) const ROWS: usize = 50;
/// Rows that one transaction takes in at first, and at most; what takes longer to commit than [`LONGEST_MILLIS`] is
/// cut smaller.
const TRANSACTION: (usize, usize) = (200, limits::PAGE_RECORDS);
/// Milliseconds that a commit may keep a person waiting who saves.
const LONGEST_MILLIS: i64 = 10;

/// How much to ask at once, learnt from how it went; and what the server still has to be told.
#[derive(Debug)]
pub struct Pace {
    changes: usize,
    /// Rows in one transaction.
    pub(super) rows: usize,
    /// What to try when a request with a single change failed.
    pub(super) suspicion: Suspicion,
    /// How many tokens before the present one to try: the server knows none after it.
    pub(super) tokens_back: usize,
    pub(super) lost_from: BTreeMap<SpaceId, Seq>,
    pub(super) differs: BTreeSet<SpaceId>,
    pub(super) wanted_in_vain: BTreeSet<SpaceId>,
    /// Whether the last answer gave the device another identity, and nothing that was asked.
    pub(super) renamed: bool,
}

/// Whether one change is what makes requests fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Suspicion {
    /// Nothing failed.
    #[default]
    None,
    /// A single change failed: a request without any shows whether the server itself is well.
    Probing,
    /// The server is well, so the change is not: it goes as bytes.
    Proven,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            changes: limits::CHANGES,
            rows: TRANSACTION.0,
            suspicion: Suspicion::None,
            tokens_back: 0,
            lost_from: BTreeMap::new(),
            differs: BTreeSet::new(),
            wanted_in_vain: BTreeSet::new(),
            renamed: false,
        }
    }
}

impl Pace {
    pub(super) fn batch(&self) -> usize {
        match self.suspicion {
            Suspicion::None => self.changes,
            Suspicion::Probing => 0,
            Suspicion::Proven => 1,
        }
    }

    /// The request that was answered had so many changes.
    pub(super) fn went_well(&mut self, sent: usize) {
        match self.suspicion {
            Suspicion::None if sent > 0 => self.changes = (self.changes * 2).min(limits::CHANGES),
            Suspicion::None => {}
            Suspicion::Probing => self.suspicion = Suspicion::Proven,
            Suspicion::Proven => self.suspicion = Suspicion::None,
        }
    }

    /// A request with so many changes failed in a way that it may be to blame for; whether something else is worth trying.
    pub(super) fn narrow(&mut self, sent: usize) -> bool {
        match (sent, self.suspicion) {
            (2.., Suspicion::None) => self.changes = (sent / 2).max(1),
            (1, Suspicion::None) => self.suspicion = Suspicion::Probing,
            _ => return false,
        }
        true
    }

    /// A commit took from one to another reading of the monotonic clock.
    pub(super) fn committed(&mut self, began: Option<i64>, ended: Option<i64>) {
        let millis = began
            .zip(ended)
            .map_or(0, |(began, ended)| ended.saturating_sub(began));
        self.rows = match millis > LONGEST_MILLIS {
            true => (self.rows / 2).max(ROWS),
            false => (self.rows * 2).min(TRANSACTION.1),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_that_fails_is_halved_until_one_change_is_left_and_proven_guilty() {
        let mut pace = Pace::default();
        assert!(pace.narrow(2_000));
        assert_eq!(pace.batch(), 1_000);
        assert!(pace.narrow(2));
        assert_eq!(pace.batch(), 1);
        assert!(pace.narrow(1));
        assert_eq!(pace.batch(), 0, "first the server shows that it is well");
        pace.went_well(0);
        assert_eq!(pace.batch(), 1);
        assert_eq!(pace.suspicion, Suspicion::Proven);
        pace.went_well(1);
        assert_eq!(pace.suspicion, Suspicion::None);
    }

    #[test]
    fn a_server_that_fails_without_any_change_leaves_every_change_as_it_is() {
        let mut pace = Pace::default();
        assert!(pace.narrow(1));
        assert!(!pace.narrow(0), "the probe failed: the server is to blame");
        assert!(!Pace::default().narrow(0));
    }

    #[test]
    fn taking_in_never_keeps_a_person_waiting_for_long() {
        let mut pace = Pace::default();
        let first = pace.rows;
        pace.committed(Some(0), Some(LONGEST_MILLIS + 1));
        assert_eq!(pace.rows, first / 2);
        pace.committed(Some(0), Some(1));
        assert_eq!(pace.rows, first);
        for _ in 0..9 {
            pace.committed(None, None);
        }
        assert_eq!(pace.rows, limits::PAGE_RECORDS);
        for _ in 0..9 {
            pace.committed(Some(0), Some(1_000));
        }
        assert_eq!(pace.rows, ROWS, "something is taken in all the same");
    }
}
