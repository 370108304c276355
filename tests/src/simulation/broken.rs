//! An invariant of the sync log that did not hold.

use std::fmt;

/// What did not hold, and on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The number of the invariant in `sync-protocol.md`; 0 for a run that could not go on.
    pub invariant: u8,
    /// What was seen, with identifiers.
    pub what: String,
}

impl Broken {
    /// That invariant did not hold.
    pub fn new(invariant: u8, what: impl Into<String>) -> Self {
        Self {
            invariant,
            what: what.into(),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "invariant {} does not hold: {}", self.invariant, self.what)
    }
}

/// Fails with the invariant unless the condition holds.
pub(super) fn must(condition: bool, invariant: u8, what: impl FnOnce() -> String) -> Result<(), Broken> {
    match condition {
        true => Ok(()),
        false => Err(Broken::new(invariant, what())),
    }
}
