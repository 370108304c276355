//! Plans with lost phones that once broke something: they are played again with every test run.

use super::plan::Plan;
use super::step::Step;

/// A plan, and what it broke.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// What it broke, in a sentence.
    pub broke: &'static str,
    seed: u64,
    phones: usize,
    steps: &'static [Step],
}

impl Stored {
    /// What happens in it.
    pub fn plan(&self) -> Plan {
        Plan {
            seed: self.seed,
            phones: self.phones,
            steps: self.steps.to_vec(),
        }
    }
}

/// All of them.
pub const ONCE_BROKEN: &[Stored] = &[];
