//! The instant at which a change counts, decided once by the server.

use crate::id::DeviceId;
use crate::time::{Clocks, Moment};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Bits below the milliseconds.
const COUNTER_BITS: u32 = 16;

/// The last bits of an effective time, which are those of the identifier of the device that wrote: half a millisecond.
const DEVICE_BITS: u32 = 15;

/// The latest millisecond that 48 bits hold, in the year 10889.
const LATEST_MILLIS: u64 = (1 << 48) - 1;

/// An effective time: 48 bits of milliseconds since 1970 and 16 bits of counter (a hybrid logical clock).
///
/// Written as sixteen lower-case hexadecimal digits, so that the order of the texts is the order in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Eff(u64);

/// The text is no effective time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an effective time: expected sixteen lower-case hexadecimal digits")]
pub struct NotAnEff;

impl Eff {
    /// The first tick of that instant; instants before 1970 count as 1970.
    pub fn at(moment: Moment) -> Self {
        let millis = u64::try_from(moment.millis()).unwrap_or(0);
        Self(millis.min(LATEST_MILLIS) << COUNTER_BITS)
    }

    /// The first effective time from that instant on that is this device's: its last 15 bits are those of the device's
    /// identifier.
    ///
    /// Whoever saw a value names it by its effective time alone. So what two devices write must not count from the same
    /// tick, and which of them wins must not hang on who is heard first.
    pub fn of(moment: Moment, device: DeviceId) -> Self {
        let (_, identifier) = device.uuid().as_u64_pair();
        Self(Self::at(moment).0 | (identifier & ((1 << DEVICE_BITS) - 1)))
    }

    /// The first effective time after this one that is this device's: at most half a millisecond later.
    pub fn after(self, device: DeviceId) -> Self {
        let half = self.0 >> DEVICE_BITS;
        let own = Self::of(Moment::from_millis(0), device).0;
        let within = (half << DEVICE_BITS) | own;
        match within > self.0 {
            true => Self(within),
            false => Self(within.saturating_add(1 << DEVICE_BITS)),
        }
    }

    /// The instant, without the counter.
    pub fn moment(self) -> Moment {
        Moment::from_millis(i64::try_from(self.0 >> COUNTER_BITS).unwrap_or(i64::MAX))
    }

    /// All 64 bits, for storing.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The effective time with these 64 bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

impl fmt::Display for Eff {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl FromStr for Eff {
    type Err = NotAnEff;

    fn from_str(text: &str) -> Result<Self, NotAnEff> {
        let digits = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if text.len() != 16 || !digits {
            return Err(NotAnEff);
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| NotAnEff)
    }
}

impl Serialize for Eff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Eff {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// When a change was made, in the server's time, as far as the device's clocks can tell.
///
/// Within one run of the operating system the monotonic clock counts, which nobody can set. Otherwise the
/// settable clock counts, corrected by how far it is off at the moment of sending. A claim, not yet a decision:
/// it may lie in the future.
pub fn claimed_time(made: &Clocks, sending: &Clocks, server_now: Moment) -> Moment {
    let same_boot = made.boot.is_some() && made.boot == sending.boot;
    match (made.mono, sending.mono) {
        (Some(then), Some(now)) if same_boot => server_now.plus_millis(then.saturating_sub(now)),
        _ => {
            let off = server_now.millis().saturating_sub(sending.wall);
            Moment::from_millis(made.wall.saturating_add(off))
        }
    }
}

/// When a change of that device counts: always an effective time of its own.
///
/// `before` is when the device's change before this one counts: whatever the way took and the clocks showed, a device's
/// changes count in the order in which they were made, each from an instant of its own as long as that is not to come.
///
/// `seen` is the greatest version among those that the writer saw, `current` the greatest among the values that
/// the change meets. The result is after everything that was seen, so an edit made after seeing a value beats it
/// whatever the clocks say; and it is at most half a millisecond after the later of the device's effective time of
/// `server_now` and `current`, so no clock and no forged version reaches into the future.
pub fn effective_time(
    claimed: Moment,
    server_now: Moment,
    device: DeviceId,
    before: Option<Eff>,
    seen: Option<Eff>,
    current: Option<Eff>,
) -> Eff {
    let now = Eff::of(server_now, device);
    let made = Eff::of(claimed, device);
    let by_clock = before
        .map_or(made, |before| made.max(before.after(device)))
        .min(now);
    let ceiling = current.map_or(now, |current| current.max(now));
    seen.map_or(by_clock, |seen| by_clock.max(seen.min(ceiling).after(device)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn clocks(wall: i64, boot: Option<u128>, mono: Option<i64>) -> Clocks {
        Clocks {
            wall,
            boot: boot.map(|boot| crate::id::BootId::new(Uuid::from_u128(boot))),
            mono,
        }
    }

    #[test]
    fn the_monotonic_clock_decides_within_one_run_of_the_system() {
        let made = clocks(999, Some(1), Some(1_000));
        let sending = clocks(5, Some(1), Some(61_000));
        let now = Moment::from_millis(1_000_000);
        assert_eq!(claimed_time(&made, &sending, now).millis(), 940_000);
    }

    #[test]
    fn after_a_restart_the_settable_clock_decides_corrected_by_its_error() {
        let made = clocks(10_000, Some(1), Some(1_000));
        let sending = clocks(70_000, Some(2), Some(3));
        let now = Moment::from_millis(1_000_000);
        assert_eq!(claimed_time(&made, &sending, now).millis(), 940_000);
    }

    #[test]
    fn the_counter_carries_over_into_the_milliseconds() {
        let full = Eff::from_bits((7 << 16) | 0xffff);
        assert_eq!(full.after(device(0)), Eff::at(Moment::from_millis(8)));
        assert_eq!(
            Eff::from_bits(u64::MAX).after(device(0)),
            Eff::from_bits(u64::MAX)
        );
    }

    #[test]
    fn an_effective_time_is_sixteen_digits() {
        let eff = Eff::at(Moment::from_millis(1_772_473_968_000));
        assert_eq!(eff.to_string(), "019cafae65800000");
        assert_eq!(eff.to_string().parse(), Ok(eff));
        for text in ["19cafae65800000", "019CAFAE65800000", "+19cafae65800000", ""] {
            assert_eq!(text.parse::<Eff>(), Err(NotAnEff), "{text}");
        }
    }

    fn device(number: u128) -> DeviceId {
        DeviceId::new(Uuid::from_u128(number))
    }

    #[test]
    fn two_devices_never_count_from_one_tick_by_the_clock_alone() {
        let now = Moment::from_millis(1_772_473_968_000);
        let eff = |number| effective_time(now, now, device(number), None, None, None);
        assert_eq!(eff(0).to_string(), "019cafae65800000");
        assert_eq!(eff(0xffff).to_string(), "019cafae65807fff");
        assert!(eff(1) < eff(2));
        assert_eq!(eff(2).moment(), now);
    }

    fn any_eff() -> impl Strategy<Value = Eff> {
        (0u64..1 << 62).prop_map(Eff::from_bits)
    }

    proptest! {
        #[test]
        fn every_effective_time_has_the_last_bits_of_its_device_and_comes_after_what_was_seen(
            claimed in any::<i64>(), now in 0i64..1 << 46, of in any::<u128>(), seen in any_eff(),
        ) {
            let now = Moment::from_millis(now);
            let eff = effective_time(Moment::from_millis(claimed), now, device(of), None, Some(seen), Some(seen));
            let last = u64::try_from(of & 0x7fff).unwrap();
            prop_assert_eq!(eff.bits() & 0x7fff, last);
            prop_assert!(eff > seen);
            prop_assert!(seen.after(device(of)).bits() - seen.bits() <= 0x8000);
        }

        #[test]
        fn no_clock_and_no_forged_version_reaches_into_the_future(
            claimed in any::<i64>(), now in 0i64..1 << 46, of in any::<u128>(), before in prop::option::of(any_eff()),
            seen in prop::option::of(any_eff()), current in prop::option::of(any_eff()),
        ) {
            let now = Moment::from_millis(now);
            let eff = effective_time(Moment::from_millis(claimed), now, device(of), before, seen, current);
            let ceiling = Eff::of(now, device(of)).max(current.unwrap_or_default());
            prop_assert!(eff <= ceiling.after(device(of)));
        }

        #[test]
        fn an_edit_beats_the_value_that_its_writer_saw(
            claimed in any::<i64>(), now in 0i64..1 << 46, of in any::<u128>(), current in any_eff(),
        ) {
            let eff = effective_time(
                Moment::from_millis(claimed), Moment::from_millis(now), device(of), None, Some(current), Some(current),
            );
            prop_assert!(eff > current);
        }

        #[test]
        fn a_change_never_counts_before_the_one_that_its_device_made_before_it(
            claimed in any::<i64>(), now in 0i64..1 << 45, earlier in 0i64..1 << 45, of in any::<u128>(),
        ) {
            let now = Moment::from_millis(now);
            let before = Eff::of(Moment::from_millis(earlier), device(of));
            let eff = effective_time(Moment::from_millis(claimed), now, device(of), Some(before), None, None);
            prop_assert!(eff >= before.min(Eff::of(now, device(of))));
        }

        #[test]
        fn clocks_that_claim_nothing_impossible_are_believed(
            claimed in 0i64..1 << 45, later in 0i64..1 << 40, of in any::<u128>(),
        ) {
            let claimed = Moment::from_millis(claimed);
            let eff = effective_time(claimed, claimed.plus_millis(later), device(of), None, None, None);
            prop_assert_eq!(eff, Eff::of(claimed, device(of)));
        }
    }
}
