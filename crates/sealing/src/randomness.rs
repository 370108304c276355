//! Random bytes, as an argument.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use std::fmt;

/// A source of random bytes for keys, salts and nonces: ChaCha20 under 256 bits of the operating system's.
///
/// Make one where an operation begins and let it go afterwards. The part that can fail, asking the operating system,
/// is over once there is one.
pub struct Randomness(ChaCha20Rng);

/// The operating system has no random bytes to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness;

impl Randomness {
    /// A source that nobody can foretell.
    ///
    /// # Errors
    /// [`NoRandomness`], on a system that has just started or is badly set up.
    pub fn of_the_system() -> Result<Self, NoRandomness> {
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice()).map_err(|_| NoRandomness)?;
        Ok(Self(ChaCha20Rng::from_seed(*seed)))
    }

    /// A source that gives the same bytes for the same seed, so that a test can repeat a run. Never for keys in use.
    pub fn repeatable(seed: [u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// Fills with random bytes.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    /// So many random bytes that are no secret: a salt, a nonce.
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// The generator, for the libraries that take one.
    pub(crate) fn generator(&mut self) -> &mut ChaCha20Rng {
        &mut self.0
    }
}

impl fmt::Debug for Randomness {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Randomness(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sources_of_the_system_never_agree() {
        let mut ana = Randomness::of_the_system().unwrap();
        let mut bo = Randomness::of_the_system().unwrap();
        assert_ne!(ana.bytes::<32>(), bo.bytes::<32>());
        assert_ne!(ana.bytes::<32>(), ana.bytes::<32>());
    }

    #[test]
    fn a_source_is_not_printed() {
        assert_eq!(format!("{:?}", Randomness::repeatable([7; 32])), "Randomness(…)");
    }
}
