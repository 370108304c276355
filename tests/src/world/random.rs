//! Chance that can be repeated: everything random in a town follows from one seed.

use super::time::TrueTime;
use drempel_domain::id::IdSource;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// A source of numbers that look random and follow from a seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers of that seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below that one; 0 when there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        usize::try_from(self.number() % limit.max(1)).unwrap_or(0)
    }

    /// One of them; nothing of nothing.
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// Yes, so many times out of a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// Another source, whose numbers have nothing to do with those of this one.
    pub fn fork(&mut self) -> Self {
        Self(self.number())
    }

    /// Sixteen bytes that have the form of a random identifier.
    pub fn uuid(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(
            (u128::from(self.number()) << 64 | u128::from(self.number())).to_be_bytes(),
        )
        .into_uuid()
    }
}

/// New identifiers that follow the true time and a seed.
#[derive(Debug)]
pub struct SeededIds {
    time: Arc<TrueTime>,
    random: Mutex<Random>,
}

impl SeededIds {
    /// The identifiers of that source.
    pub fn new(time: Arc<TrueTime>, random: Random) -> Arc<Self> {
        Arc::new(Self {
            time,
            random: Mutex::new(random),
        })
    }
}

impl IdSource for SeededIds {
    fn next(&self) -> Uuid {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        let [_, _, _, _, _, _, low @ ..] =
            (u128::from(random.number()) << 64 | u128::from(random.number())).to_be_bytes();
        let millis = u64::try_from(self.time.now().millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &low).into_uuid()
    }
}
