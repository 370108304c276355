//! What arrives sealed at the server, from an outbox or from a locked phone: told apart, named and opened.
//!
//! HPKE in base mode does not say who sealed. So before the server takes a change in, it checks that the name's device
//! is one of the deposit token's two device numbers, that the change inside has the name's number, and all that holds
//! for a change that arrives in the clear. A name that was taken in before is answered with its outcome, whichever way
//! it came.

use crate::capture::SealedCapture;
use crate::keys::{KeyId, PrivateKeys, SealError};
use crate::name;
use crate::outbox::SealedChange;
use zeroize::Zeroizing;

pub use name::ChangeName;

/// A sealed entry as it was deposited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deposit {
    /// A change of the database's device number, from an outbox.
    Outbox(SealedChange),
    /// A change of the lock's device number, recorded without unlocking.
    Capture(SealedCapture),
}

impl Deposit {
    /// Reads an entry. Whether it is genuine shows when it is opened.
    ///
    /// # Errors
    /// [`SealError::Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, SealError> {
        SealedChange::decode(bytes)
            .map(Self::Outbox)
            .or_else(|_| SealedCapture::decode(bytes).map(Self::Capture))
    }

    /// The change's name, as the entry says; it is the truth once the entry has opened.
    pub fn name(&self) -> ChangeName {
        match self {
            Self::Outbox(entry) => entry.name(),
            Self::Capture(entry) => entry.name(),
        }
    }

    /// The key of the server's that it is sealed to.
    pub fn key(&self) -> KeyId {
        match self {
            Self::Outbox(entry) => entry.key(),
            Self::Capture(entry) => entry.key(),
        }
    }

    /// The change as it travels.
    ///
    /// # Errors
    /// [`SealError::OtherKey`], [`SealError::NotGenuine`].
    pub fn open(&self, keys: &PrivateKeys) -> Result<Zeroizing<Vec<u8>>, SealError> {
        match self {
            Self::Outbox(entry) => entry.open(keys),
            Self::Capture(entry) => entry.open(keys),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use proptest::prelude::*;

    #[test]
    fn both_kinds_of_entries_are_told_apart() {
        let outbox = text::decode(include_str!("../tests/golden/outbox-entry.txt").trim_end()).unwrap();
        let capture = text::decode(include_str!("../tests/golden/capture-entry.txt").trim_end()).unwrap();
        assert!(matches!(Deposit::decode(&outbox), Ok(Deposit::Outbox(_))));
        assert!(matches!(Deposit::decode(&capture), Ok(Deposit::Capture(_))));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic_and_open_for_nobody(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let opened = Deposit::decode(&bytes).and_then(|deposit| deposit.open(&PrivateKeys::new()));
            prop_assert!(matches!(opened, Err(SealError::Malformed | SealError::OtherKey)));
        }
    }
}
