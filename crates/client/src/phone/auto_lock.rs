//! When a phone locks by itself. Pure.

use drempel_domain::time::{Clocks, MINUTE};

/// Milliseconds in the background after which it locks.
const IN_BACKGROUND: i64 = MINUTE;
/// The same while a round is under way, when a phone goes in and out of a pocket.
const DURING_A_ROUND: i64 = 5 * MINUTE;
/// Milliseconds without a touch after which it locks.
const IDLE: i64 = 5 * MINUTE;

/// What is known of the person at the phone.
#[derive(Clone, Copy, Debug)]
pub(super) struct AutoLock {
    touched: Clocks,
    in_background: Option<Clocks>,
}

impl AutoLock {
    /// Somebody has just unlocked it.
    pub(super) const fn begin(now: Clocks) -> Self {
        Self {
            touched: now,
            in_background: None,
        }
    }

    /// Somebody touched it.
    pub(super) const fn touch(&mut self, now: Clocks) {
        self.touched = now;
    }

    /// Something else is on the screen now.
    pub(super) fn go_to_background(&mut self, now: Clocks) {
        self.in_background.get_or_insert(now);
    }

    /// It is on the screen again, and was not locked meanwhile.
    pub(super) const fn come_back(&mut self, now: Clocks) {
        self.in_background = None;
        self.touched = now;
    }

    /// Whether it must lock now.
    pub(super) fn is_due(&self, now: &Clocks, on_a_round: bool) -> bool {
        let (since, allowed) = match &self.in_background {
            Some(since) if on_a_round => (since, DURING_A_ROUND),
            Some(since) => (since, IN_BACKGROUND),
            None => (&self.touched, IDLE),
        };
        passed(since, now).is_none_or(|passed| passed >= allowed)
    }
}

/// Milliseconds between two looks; nothing when that cannot be known, and then nobody may go on reading.
fn passed(from: &Clocks, to: &Clocks) -> Option<i64> {
    let passed = match (from.mono, to.mono) {
        (Some(earlier), Some(later)) if from.boot == to.boot => later.saturating_sub(earlier),
        (None, None) => to.wall.saturating_sub(from.wall),
        _ => return None,
    };
    (passed >= 0).then_some(passed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use drempel_domain::id::BootId;
    use uuid::Uuid;

    fn at(millis: i64) -> Clocks {
        Clocks {
            wall: 1_772_478_000_000 + millis,
            boot: Some(BootId::new(Uuid::from_u128(1))),
            mono: Some(millis),
        }
    }

    #[test]
    fn it_locks_after_a_minute_in_the_background_and_after_five_during_a_round_or_without_a_touch() {
        let on_screen = AutoLock::begin(at(0));
        let mut away = on_screen;
        away.go_to_background(at(0));
        for (lock, on_a_round, locks_at) in [
            (on_screen, false, 5 * MINUTE),
            (on_screen, true, 5 * MINUTE),
            (away, false, MINUTE),
            (away, true, 5 * MINUTE),
        ] {
            assert!(!lock.is_due(&at(locks_at - 1), on_a_round), "{lock:?}");
            assert!(lock.is_due(&at(locks_at), on_a_round), "{lock:?}");
        }
    }

    #[test]
    fn going_away_twice_and_touches_before_do_not_begin_the_minute_anew() {
        let mut lock = AutoLock::begin(at(0));
        lock.go_to_background(at(10));
        lock.go_to_background(at(MINUTE));
        assert!(lock.is_due(&at(MINUTE + 10), false));
        lock.come_back(at(20));
        lock.touch(at(30));
        assert!(!lock.is_due(&at(5 * MINUTE + 29), false));
        assert!(lock.is_due(&at(5 * MINUTE + 30), false));
    }

    #[test]
    fn a_clock_that_is_set_changes_nothing_and_one_that_cannot_be_known_locks() {
        let lock = AutoLock::begin(at(0));
        let set_back = Clocks {
            wall: 0,
            ..at(MINUTE)
        };
        assert!(!lock.is_due(&set_back, false));
        let set_ahead = Clocks {
            wall: i64::MAX,
            ..at(MINUTE)
        };
        assert!(!lock.is_due(&set_ahead, false));
        let restarted = Clocks {
            boot: Some(BootId::new(Uuid::from_u128(2))),
            ..at(MINUTE)
        };
        let uncounted = Clocks {
            mono: None,
            boot: None,
            ..at(MINUTE)
        };
        for unknown in [restarted, uncounted, at(-1)] {
            assert!(lock.is_due(&unknown, false), "{unknown:?}");
        }
    }
}
