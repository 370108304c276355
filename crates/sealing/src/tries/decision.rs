//! Whether a try is allowed now: pure.

use crate::text;
use drempel_domain::time::{Clocks, HOUR, MINUTE};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Tries that may fail; then all that is readable goes.
pub const MOST: u8 = 10;

/// How long to wait after so many failed tries, in milliseconds: three are free.
const WAITS: [i64; 10] = [
    0,
    0,
    0,
    30_000,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    HOUR,
];

/// What to do when somebody wants to try a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A try is allowed.
    Allowed {
        /// Tries left, this one included.
        left: u8,
    },
    /// No try yet.
    Wait {
        /// Milliseconds that must still pass.
        millis: i64,
        /// Tries left after that.
        left: u8,
    },
    /// There were ten failed tries: wipe the database, its key and the slots. The sealed outbox and captures stay.
    Wipe,
}

/// How many tries failed, or were begun and never ended, and when the last one began.
///
/// A wait runs on the monotonic clock, which nobody can set. After a restart of the system it begins anew, as nobody
/// knows how long the device was off. On a system whose monotonic clock cannot be read, give the run of the process
/// for a boot and its own monotonic clock; without any, a wait does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tries {
    version: u8,
    failed: u8,
    since: Clocks,
}

const VERSION: u8 = 1;

impl Tries {
    /// None yet.
    pub const fn none(clocks: Clocks) -> Self {
        Self {
            version: VERSION,
            failed: 0,
            since: clocks,
        }
    }

    /// What is assumed when the count cannot be read: one last try, after the longest wait.
    pub(super) const fn unreadable(clocks: Clocks) -> Self {
        Self {
            version: VERSION,
            failed: MOST - 1,
            since: clocks,
        }
    }

    /// Tries that failed or never ended.
    pub const fn failed(&self) -> u8 {
        self.failed
    }

    /// What to do now.
    pub fn next(&self, clocks: &Clocks) -> Next {
        let Some(&wait) = WAITS.get(usize::from(self.failed)) else {
            return Next::Wipe;
        };
        let left = MOST.saturating_sub(self.failed);
        match wait.saturating_sub(self.passed(clocks).unwrap_or(0)) {
            ..=0 => Next::Allowed { left },
            millis => Next::Wait { millis, left },
        }
    }

    /// The count once another try is begun.
    pub const fn with_one_more(&self, clocks: Clocks) -> Self {
        Self {
            version: VERSION,
            failed: self.failed.saturating_add(1),
            since: clocks,
        }
    }

    /// The count with its wait begun anew, when it ran in another run of the system than this one.
    pub fn after_restart(&self, clocks: Clocks) -> Option<Self> {
        let runs_here = self.passed(&clocks).is_some();
        let can_run = clocks.boot.is_some() && clocks.mono.is_some();
        (can_run && !runs_here).then_some(Self {
            since: clocks,
            ..*self
        })
    }

    /// Milliseconds since the last try, where one run of the system saw both ends.
    fn passed(&self, clocks: &Clocks) -> Option<i64> {
        let (began, now) = (self.since.mono?, clocks.mono?);
        let same_run = self.since.boot? == clocks.boot? && now >= began;
        same_run.then(|| now.saturating_sub(began))
    }

    /// The content of the file: JSON, and a checksum so that a flipped bit does not lower the count.
    pub(super) fn to_bytes(self) -> Result<Vec<u8>, serde_json::Error> {
        let mut text = serde_json::to_string(&self)?;
        let checksum = checksum(&text);
        text.push('\n');
        text.push_str(&checksum);
        text.push('\n');
        Ok(text.into_bytes())
    }

    /// Reads the content of the file; nothing when it is damaged or of a form that this version does not know.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (text, found) = std::str::from_utf8(bytes)
            .ok()?
            .strip_suffix('\n')?
            .split_once('\n')?;
        let tries: Self = serde_json::from_str(text).ok()?;
        (found == checksum(text) && tries.version == VERSION).then_some(tries)
    }
}

fn checksum(text: &str) -> String {
    text::encode(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use drempel_domain::id::BootId;
    use drempel_domain::time::DAY;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn clocks(wall: i64, boot: u128, mono: i64) -> Clocks {
        Clocks {
            wall,
            boot: Some(BootId::new(Uuid::from_u128(boot))),
            mono: Some(mono),
        }
    }

    fn failed(times: u8, clocks: Clocks) -> Tries {
        (0..times).fold(Tries::none(clocks), |tries, _| tries.with_one_more(clocks))
    }

    #[test]
    fn three_tries_are_free_then_the_waits_grow_and_the_tenth_wipes() {
        let now = clocks(0, 1, 1_000);
        for (times, seconds) in [
            (0, 0),
            (1, 0),
            (2, 0),
            (3, 30),
            (4, 60),
            (5, 300),
            (6, 900),
            (7, 1_800),
            (8, 3_600),
            (9, 3_600),
        ] {
            let tries = failed(times, now);
            let left = MOST - times;
            let expected = match seconds * 1_000 {
                0 => Next::Allowed { left },
                millis => Next::Wait { millis, left },
            };
            assert_eq!(tries.next(&now), expected, "{times} failed");
            let over = clocks(0, 1, 1_000 + seconds * 1_000);
            assert_eq!(tries.next(&over), Next::Allowed { left }, "{times} failed");
        }
        assert_eq!(failed(10, now).next(&now), Next::Wipe);
        assert_eq!(failed(200, now).next(&clocks(0, 1, i64::MAX)), Next::Wipe);
    }

    #[test]
    fn a_wall_clock_ten_years_off_shortens_no_wait() {
        let tries = failed(8, clocks(1_700_000_000_000, 1, 5_000));
        for years in [-10, 10] {
            let turned = clocks(1_700_000_000_000 + years * 366 * DAY, 1, 6_000);
            assert_eq!(
                tries.next(&turned),
                Next::Wait {
                    millis: HOUR - 1_000,
                    left: 2
                }
            );
            assert_eq!(tries.after_restart(turned), None);
        }
    }

    #[test]
    fn a_restart_begins_the_wait_anew() {
        let tries = failed(4, clocks(0, 1, 50_000));
        let restarted = clocks(10 * DAY, 2, 70_000);
        assert_eq!(
            tries.next(&restarted),
            Next::Wait {
                millis: MINUTE,
                left: 6
            }
        );
        let anew = tries.after_restart(restarted).unwrap();
        assert_eq!(anew.failed(), 4);
        assert_eq!(
            anew.next(&clocks(0, 2, 129_999)),
            Next::Wait { millis: 1, left: 6 }
        );
        assert_eq!(anew.next(&clocks(0, 2, 130_000)), Next::Allowed { left: 6 });
    }

    #[test]
    fn without_a_monotonic_clock_a_wait_does_not_end() {
        let none = Clocks {
            wall: 0,
            boot: None,
            mono: None,
        };
        let tries = failed(3, none);
        let years_later = Clocks {
            wall: 3_650 * DAY,
            ..none
        };
        assert_eq!(
            tries.next(&years_later),
            Next::Wait {
                millis: 30_000,
                left: 7
            }
        );
        assert_eq!(tries.after_restart(years_later), None);
        assert_eq!(failed(2, none).next(&none), Next::Allowed { left: 8 });
    }

    #[test]
    fn a_count_that_cannot_be_read_leaves_one_try_after_the_longest_wait() {
        let now = clocks(0, 1, 0);
        assert_eq!(
            Tries::unreadable(now).next(&now),
            Next::Wait {
                millis: HOUR,
                left: 1
            }
        );
    }

    #[test]
    fn the_file_has_this_form() {
        let tries = failed(4, clocks(1_772_474_417_000, 7, 410_000));
        let text = "{\"version\":1,\"failed\":4,\"since\":{\"wall\":1772474417000,\
                    \"boot\":\"00000000-0000-0000-0000-000000000007\",\"mono\":410000}}\n\
                    4Wgisd-bFDSoXXpREB85OyYa7hhyrKa1zP8bRRCzo9Y\n";
        assert_eq!(String::from_utf8(tries.to_bytes().unwrap()).unwrap(), text);
        assert_eq!(Tries::from_bytes(text.as_bytes()), Some(tries));
    }

    #[test]
    fn a_flipped_bit_in_the_file_never_gives_another_count() {
        let bytes = failed(9, clocks(0, 1, 0)).to_bytes().unwrap();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                assert_eq!(Tries::from_bytes(&flipped), None);
            }
            assert_eq!(Tries::from_bytes(&bytes[..at]), None);
        }
    }

    /// What may happen to a phone in a thief's hands.
    #[derive(Clone, Debug)]
    enum Event {
        Runs { millis: i64 },
        SetsClock { wall: i64 },
        Restarts,
    }

    fn events() -> impl Strategy<Value = Vec<Event>> {
        let event = prop_oneof![
            (0..2 * HOUR).prop_map(|millis| Event::Runs { millis }),
            any::<i64>().prop_map(|wall| Event::SetsClock { wall }),
            Just(Event::Restarts),
        ];
        prop::collection::vec(event, 0..20)
    }

    proptest! {
        #[test]
        fn a_try_is_allowed_only_after_the_whole_wait_ran_within_one_run_of_the_system(
            times in 3u8..10, events in events(),
        ) {
            let mut now = clocks(0, 1, 0);
            let mut tries = failed(times, now);
            let mut ran = 0;
            for event in events {
                match event {
                    Event::Runs { millis } => {
                        ran += millis;
                        now.mono = now.mono.map(|mono| mono + millis);
                    }
                    Event::SetsClock { wall } => now.wall = wall,
                    Event::Restarts => {
                        ran = 0;
                        let boot = now.boot.map_or(0, |boot| boot.uuid().as_u128());
                        now = clocks(now.wall, boot + 1, 0);
                    }
                }
                tries = tries.after_restart(now).unwrap_or(tries);
                let allowed = matches!(tries.next(&now), Next::Allowed { .. });
                prop_assert_eq!(allowed, ran >= WAITS[usize::from(times)]);
                prop_assert_eq!(tries.failed(), times);
            }
        }

        #[test]
        fn any_bytes_are_read_as_a_count_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(Tries::from_bytes(&bytes), None);
        }
    }
}
