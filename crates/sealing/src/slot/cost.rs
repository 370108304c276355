//! What it costs to try a code: Argon2id's memory and time, never below a floor, measured on the phone itself.

use super::{Code, SlotError};
use crate::secret::{Secret, filled};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use secrecy::ExposeSecretMut;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use zeroize::{Zeroize, Zeroizing};

/// How long a try takes at least.
const LEAST: Duration = Duration::from_millis(250);
/// How long a try takes at most, where the floor allows it.
const MOST: Duration = Duration::from_secs(1);

/// What one try costs: memory in KiB, passes over it, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// The least that is ever accepted: 19 MiB and two passes (OWASP's minimum for Argon2id).
    pub const FLOOR: Self = Self::of(19 * 1024, 2);
    /// What is begun with: 64 MiB and three passes (RFC 9106, second choice).
    pub const USUAL: Self = Self::of(64 * 1024, 3);
    /// What a phone tries in turn when the usual cost is too much for it.
    const LIGHTER: [Self; 3] = [Self::of(48 * 1024, 3), Self::of(32 * 1024, 3), Self::FLOOR];
    /// The most that is believed of a file, so that a flipped bit cannot ask for all memory there is.
    const CEILING: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 64,
        lanes: 4,
    };

    const fn of(memory_kib: u32, passes: u32) -> Self {
        Self {
            memory_kib,
            passes,
            lanes: 1,
        }
    }

    /// The cost at which a try takes between 250 ms and a second on the phone that `measure` measures, as far as the
    /// floor allows.
    ///
    /// `measure` says how long [`Cost::try_out`] took at a given cost; nothing when there was not enough memory.
    pub fn calibrated(mut measure: impl FnMut(Self) -> Option<Duration>) -> Self {
        let fits = |took: &Duration| *took <= MOST;
        let Some(took) = measure(Self::USUAL).filter(fits) else {
            let lighter = Self::LIGHTER
                .into_iter()
                .find(|cost| measure(*cost).as_ref().is_some_and(fits));
            return lighter.unwrap_or(Self::FLOOR).slowed(&mut measure);
        };
        if took >= LEAST {
            Self::USUAL
        } else {
            Self::USUAL.slowed(&mut measure)
        }
    }

    /// The same with as many passes as it takes to need 250 ms.
    fn slowed(self, measure: &mut impl FnMut(Self) -> Option<Duration>) -> Self {
        let mut cost = self;
        while let Some(took) = measure(cost).filter(|took| *took < LEAST) {
            if cost.passes >= Self::CEILING.passes {
                break;
            }
            cost.passes = cost.more_passes(took).min(Self::CEILING.passes);
        }
        cost
    }

    /// How many passes would need 250 ms when these took so long; at most twice as many, as a clock may be coarse.
    fn more_passes(self, took: Duration) -> u32 {
        let passes = u128::from(self.passes);
        let wanted = LEAST
            .as_micros()
            .saturating_mul(passes)
            .div_ceil(took.as_micros().max(1));
        let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
        wanted.clamp(self.passes.saturating_add(1), self.passes.saturating_mul(2))
    }

    /// Spends this once on nothing, for `measure` of [`Cost::calibrated`].
    ///
    /// # Errors
    /// [`SlotError::OutOfMemory`].
    pub fn try_out(self) -> Result<(), SlotError> {
        let nothing = Code::new(Zeroizing::new(String::new()));
        self.stretch(&nothing, &[0; 16]).map(drop)
    }

    /// Memory in KiB.
    pub const fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    pub const fn passes(self) -> u32 {
        self.passes
    }

    /// Lanes.
    pub const fn lanes(self) -> u32 {
        self.lanes
    }

    /// Checks that the cost lies between the floor and the ceiling.
    pub(super) fn check(self) -> Result<(), SlotError> {
        let (floor, ceiling) = (Self::FLOOR, Self::CEILING);
        if self.memory_kib < floor.memory_kib || self.passes < floor.passes || self.lanes < floor.lanes {
            return Err(SlotError::BelowFloor);
        }
        if self.memory_kib > ceiling.memory_kib || self.passes > ceiling.passes || self.lanes > ceiling.lanes
        {
            return Err(SlotError::AboveCeiling);
        }
        Ok(())
    }

    /// Makes 32 bytes of a code, at this cost.
    pub(super) fn stretch(self, code: &Code, salt: &[u8; 16]) -> Result<Secret, SlotError> {
        self.check()?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| SlotError::AboveCeiling)?;
        let mut memory = Vec::new();
        memory
            .try_reserve_exact(params.block_count())
            .map_err(|_| SlotError::OutOfMemory)?;
        memory.resize(params.block_count(), Block::new());
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut stretched = filled(|_| ());
        let done = argon2.hash_password_into_with_memory(
            code.bytes(),
            salt,
            stretched.expose_secret_mut(),
            &mut memory,
        );
        memory.zeroize();
        done.map_err(|_| SlotError::NotOpened)?;
        Ok(stretched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    /// A phone that needs so many milliseconds for one pass over 64 MiB, and has so much memory.
    fn phone(millis: u64, memory_kib: u32) -> impl FnMut(Cost) -> Option<Duration> {
        move |cost| {
            let work = u64::from(cost.memory_kib) * u64::from(cost.passes);
            (cost.memory_kib <= memory_kib)
                .then(|| Duration::from_micros(millis * 1_000 * work / (64 * 1024)))
        }
    }

    #[test]
    fn a_try_takes_at_least_250_ms_on_any_phone_and_never_costs_less_than_the_floor() {
        let none = u32::MAX;
        for (name, millis, memory, expected) in [
            ("usual", 100, none, Cost::of(64 * 1024, 3)),
            ("fast", 20, none, Cost::of(64 * 1024, 13)),
            ("slow", 400, none, Cost::of(48 * 1024, 3)),
            ("slower", 600, none, Cost::of(32 * 1024, 3)),
            ("slowest", 9_000, none, Cost::FLOOR),
            ("fast with little memory", 30, 40_000, Cost::of(32 * 1024, 17)),
            ("with next to no memory", 30, 100, Cost::FLOOR),
        ] {
            let cost = Cost::calibrated(phone(millis, memory));
            assert_eq!(cost, expected, "{name}");
            assert!(
                phone(millis, none)(cost).unwrap() >= LEAST || memory == 100,
                "{name}"
            );
            assert!(cost.check().is_ok(), "{name}");
        }
    }

    #[test]
    fn calibration_ends_on_a_machine_without_a_working_clock() {
        assert_eq!(
            Cost::calibrated(|_| Some(Duration::ZERO)).passes,
            Cost::CEILING.passes
        );
    }

    #[test]
    fn a_cost_below_the_floor_or_beyond_reason_is_refused_before_it_is_spent() {
        for (memory, passes, lanes) in [(19 * 1024 - 1, 2, 1), (64 * 1024, 1, 1), (64 * 1024, 3, 0)] {
            let cost = Cost {
                memory_kib: memory,
                passes,
                lanes,
            };
            assert!(matches!(cost.try_out(), Err(SlotError::BelowFloor)));
        }
        for (memory, passes, lanes) in [(u32::MAX, 3, 1), (64 * 1024, u32::MAX, 1), (64 * 1024, 3, 9)] {
            let cost = Cost {
                memory_kib: memory,
                passes,
                lanes,
            };
            assert!(matches!(cost.try_out(), Err(SlotError::AboveCeiling)));
        }
    }

    #[test]
    fn stretching_is_argon2id_with_the_parameters_it_says() {
        let code = Code::new(Zeroizing::new("820471".to_owned()));
        let stretched = Cost::FLOOR.stretch(&code, b"a salt of sixtee").unwrap();
        // The same from the reference program: echo -n 820471 | argon2 'a salt of sixtee' -id -k 19456 -t 2 -p 1 -l 32 -r
        let expected = "b1e046b537b18f2bce20a460ae64624661dc9ed1fbe99629da515cc3fc5efec3";
        assert_eq!(crate::text::read_hex(expected), Some(*stretched.expose_secret()));
    }
}
