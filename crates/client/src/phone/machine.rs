//! What the machine gives that the app runs on: clocks, identifiers, randomness, its key.

use super::PhoneError;
use crate::system::{self, RandomIds, SystemClock};
use drempel_domain::id::IdSource;
use drempel_domain::time::{Clock, Clocks};
use drempel_sealing::hardware::DeviceKey;
use drempel_sealing::randomness::{NoRandomness, Randomness};
use drempel_sealing::slot::{BiometricKey, Cost};
use std::sync::Arc;
use std::time::Duration;

/// The machine that a phone is. A shell fills it in once.
#[derive(Clone)]
pub struct Machine {
    /// Its clocks.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers come from.
    pub ids: Arc<dyn IdSource>,
    /// Where random bytes come from.
    pub randomness: fn() -> Result<Randomness, NoRandomness>,
    /// Its key: in hardware on a phone, in a file on a desktop.
    pub hardware: Arc<dyn DeviceKey>,
    /// Its fingers or face, where it has them.
    pub biometrics: Option<Arc<dyn BiometricKey + Send + Sync>>,
    /// What trying a code costs; measured on this machine when absent.
    pub cost: Option<Cost>,
}

impl Machine {
    /// The machine at hand with that key, without biometrics, measuring what a try costs.
    pub fn with_key(hardware: Arc<dyn DeviceKey>) -> Self {
        Self {
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
            randomness: Randomness::of_the_system,
            hardware,
            biometrics: None,
            cost: None,
        }
    }

    /// What the clocks show, for what is recorded and sent.
    pub(super) fn clocks(&self) -> Clocks {
        self.clock.clocks()
    }

    /// What the clocks show, for waits: time is always counted by something that nobody can set.
    pub(super) fn counting_clocks(&self) -> Clocks {
        system::counting(self.clocks())
    }

    pub(super) fn random(&self) -> Result<Randomness, PhoneError> {
        Ok((self.randomness)()?)
    }

    /// What a try at a code costs on this machine.
    pub(super) fn cost(&self) -> Cost {
        self.cost
            .unwrap_or_else(|| Cost::calibrated(|cost| self.measure(cost)))
    }

    /// How long one try takes at that cost; nothing where the memory is not there.
    fn measure(&self, cost: Cost) -> Option<Duration> {
        let began = self.counting_clocks().mono?;
        cost.try_out().ok()?;
        let took = self.counting_clocks().mono?.saturating_sub(began);
        Some(Duration::from_millis(u64::try_from(took).unwrap_or(0)))
    }
}

/// Whether so many milliseconds of running time have passed since then, or nobody knows.
pub(super) fn is_long_ago(since: Option<Clocks>, now: Clocks, millis: i64) -> bool {
    let since = since.filter(|since| since.boot == now.boot);
    let passed = since.and_then(|since| now.mono?.checked_sub(since.mono?));
    passed.is_none_or(|passed| passed >= millis)
}
