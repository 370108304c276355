//! Time and identifiers as a file has them: one true time, each device's own clocks, identifiers in the order of lines.

use crate::world::Random;
use drempel_domain::id::{BootId, IdSource};
use drempel_domain::time::{Clock, Clocks, Moment};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::{Builder, Uuid};

/// The true time, the same for everybody.
#[derive(Clone, Debug, Default)]
pub(crate) struct TrueTime(Arc<AtomicI64>);

impl TrueTime {
    /// Makes it that instant.
    pub(crate) fn set(&self, at: Moment) {
        self.0.store(at.millis(), Ordering::SeqCst);
    }

    /// That instant.
    pub(crate) fn get(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A server's clock is right.
impl Clock for TrueTime {
    fn clocks(&self) -> Clocks {
        Clocks {
            wall: self.get().millis(),
            boot: None,
            mono: None,
        }
    }
}

/// A device's clocks: one that its user can set, one that nobody can.
#[derive(Debug)]
pub(crate) struct PhoneClock {
    time: TrueTime,
    skew: AtomicI64,
    boot: BootId,
    booted: Moment,
}

impl PhoneClock {
    /// The clocks of a device that was switched on at that instant.
    pub(crate) fn new(time: TrueTime, boot: BootId, booted: Moment) -> Self {
        Self {
            time,
            skew: AtomicI64::new(0),
            boot,
            booted,
        }
    }

    /// Sets the settable clock so many milliseconds off.
    pub(crate) fn set_skew(&self, millis: i64) {
        self.skew.store(millis, Ordering::SeqCst);
    }
}

impl Clock for PhoneClock {
    fn clocks(&self) -> Clocks {
        let now = self.time.get().millis();
        Clocks {
            wall: now.saturating_add(self.skew.load(Ordering::SeqCst)),
            boot: Some(self.boot),
            mono: Some(now.saturating_sub(self.booted.millis())),
        }
    }
}

/// Identifiers (UUID version 7) in the order in which they are asked for, the same in every run with the same seed.
#[derive(Debug)]
pub(crate) struct LineIds {
    time: TrueTime,
    given: Mutex<Given>,
}

#[derive(Debug)]
struct Given {
    /// The millisecond and the number within it of the last one.
    last: (u64, u16),
    random: Random,
}

impl LineIds {
    /// Identifiers of that seed.
    pub(crate) fn new(time: TrueTime, seed: u64) -> Self {
        Self {
            time,
            given: Mutex::new(Given {
                last: (0, 0),
                random: Random::new(seed),
            }),
        }
    }
}

impl IdSource for LineIds {
    fn next(&self) -> Uuid {
        let now = u64::try_from(self.time.get().millis()).unwrap_or(0);
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let (millis, number) = given.last;
        given.last = match now > millis {
            true => (now, 0),
            false if number < 0x0fff => (millis, number + 1),
            false => (millis + 1, 0),
        };
        let (millis, number) = given.last;
        let mut bytes = [0; 10];
        let filling = number
            .to_be_bytes()
            .into_iter()
            .chain(given.random.number().to_be_bytes());
        bytes.iter_mut().zip(filling).for_each(|(to, from)| *to = from);
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

/// New identifiers of random bits, the same in every run with the same seed: a server's.
#[derive(Debug)]
pub(crate) struct TownIds(Mutex<Random>);

impl TownIds {
    /// Identifiers of that seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new(Random::new(seed)))
    }
}

impl IdSource for TownIds {
    fn next(&self) -> Uuid {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_follow_the_order_in_which_they_were_asked_for() {
        let time = TrueTime::default();
        let ids = LineIds::new(time.clone(), 1);
        let mut last = Uuid::nil();
        for millis in [5, 5, 9, 7, 1_772_473_968_000] {
            time.set(Moment::from_millis(millis));
            let next = ids.next();
            assert!(next > last, "{millis}");
            assert_eq!(next.get_version_num(), 7);
            last = next;
        }
    }

    #[test]
    fn a_skewed_clock_still_counts_its_seconds_truly() {
        let time = TrueTime::default();
        let clock = PhoneClock::new(
            time.clone(),
            BootId::new(Uuid::from_u128(1)),
            Moment::from_millis(100),
        );
        time.set(Moment::from_millis(1_100));
        clock.set_skew(-7_200_000);
        let clocks = clock.clocks();
        assert_eq!((clocks.wall, clocks.mono), (-7_198_900, Some(1_000)));
    }
}
