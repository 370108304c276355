//! The stopwatches of the benchmarks: how long something took, and how much of a processor.

use rustix::time::{ClockId, Timespec, clock_gettime};
use std::time::Duration;

/// A running stopwatch.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch {
    clock: ClockId,
    started: Duration,
}

impl Stopwatch {
    /// Measures the time that passes.
    pub fn start() -> Self {
        Self::of(ClockId::Monotonic)
    }

    /// Measures what this process uses of the processors, user and system together.
    pub fn of_processor() -> Self {
        Self::of(ClockId::ProcessCPUTime)
    }

    /// How much it was since the start.
    pub fn elapsed(&self) -> Duration {
        now(self.clock).saturating_sub(self.started)
    }

    fn of(clock: ClockId) -> Self {
        Self {
            clock,
            started: now(clock),
        }
    }
}

fn now(clock: ClockId) -> Duration {
    let Timespec { tv_sec, tv_nsec } = clock_gettime(clock);
    let seconds = u64::try_from(tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(tv_nsec).unwrap_or(0))
}

/// The value below which that share of all lies, in parts of a thousand; nothing when there is none.
pub fn percentile(all: &mut [u64], thousandths: usize) -> Option<u64> {
    all.sort_unstable();
    let last = all.len().checked_sub(1)?;
    all.get(last * thousandths / 1_000).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let mut all: Vec<u64> = (1..=101).rev().collect();
        assert_eq!(percentile(&mut all, 500), Some(51));
        assert_eq!(percentile(&mut all, 990), Some(100));
        assert_eq!(percentile(&mut all, 1_000), Some(101));
        assert_eq!(percentile(&mut [], 500), None);
    }
}
