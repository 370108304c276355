//! Seeds that once broke something: they are played again with every test run.

/// A seed, and what it broke.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// The seed.
    pub seed: u64,
    /// What it broke, in a sentence.
    pub broke: &'static str,
}

/// All of them.
pub const ONCE_BROKEN: &[Stored] = &[];
