//! A fingerprint of a device's public keys, short enough to be read out at both ends.
//!
//! At enrolment the phone shows the fingerprint of what it made, the server shows that of what it received, and the
//! administrator confirms that they are the same. Both compute it from the same parts in the same order: the capture
//! key, the hash of the sync token, the hash of the deposit token. So nobody in between, and nobody with a stolen
//! invitation, can put a device of their own in its place.

use crate::fields::Writing;
use sha2::{Digest, Sha256};
use std::fmt;

const GROUPS: usize = 6;

/// Six groups of four digits: 80 bits, which nobody finds a second device for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u16; GROUPS]);

impl Fingerprint {
    /// The fingerprint of these parts in this order.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let all = parts
            .into_iter()
            .fold(Writing::of("drempel fingerprint 1"), |all, part| {
                all.counted(part)
            })
            .done();
        let hash: [u8; 32] = Sha256::digest(all).into();
        let mut groups = [0; GROUPS];
        for (group, bytes) in groups.iter_mut().zip(hash.chunks_exact(5)) {
            // Forty bits for ten thousand values: no value is seen noticeably more often.
            let number = bytes
                .iter()
                .fold(0u64, |number, &byte| number << 8 | u64::from(byte));
            *group = u16::try_from(number % 10_000).unwrap_or(0);
        }
        Self(groups)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, group) in self.0.iter().enumerate() {
            let between = if place == 0 { "" } else { " " };
            write!(out, "{between}{group:04}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_has_this_form() {
        let fingerprint = Fingerprint::of([&[7; 32][..], b"token", b"deposit"]);
        assert_eq!(fingerprint.to_string(), "4996 0754 3853 3252 4948 7437");
    }

    #[test]
    fn other_keys_another_order_or_another_cut_give_another_fingerprint() {
        let one = Fingerprint::of([&b"ab"[..], b"c"]);
        for other in [
            Fingerprint::of([&b"ab"[..], b"d"]),
            Fingerprint::of([&b"c"[..], b"ab"]),
            Fingerprint::of([&b"a"[..], b"bc"]),
            Fingerprint::of([&b"abc"[..]]),
        ] {
            assert_ne!(one, other);
        }
    }
}
