//! One change sealed to the server: `1 | device (16) | space (16) | number (8) | key id (16) | HPKE`.

use crate::fields::{Malformed, Reading, Writing};
use crate::keys::{KeyId, PrivateKeys, PublicKey, SealError};
use crate::name::ChangeName;
use crate::padding;
use crate::randomness::Randomness;
use zeroize::Zeroizing;

/// The first byte: what the entry is, and in which form.
pub(crate) const FORM: u8 = 1;
const PURPOSE: &str = "drempel outbox entry 1";

/// A change that only the server can read. Its name and the key it is sealed to are in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedChange {
    name: ChangeName,
    key: KeyId,
    sealed: Vec<u8>,
}

impl SealedChange {
    pub(super) fn seal(
        name: ChangeName,
        change: &[u8],
        server: PublicKey,
        randomness: &mut Randomness,
    ) -> Result<Self, SealError> {
        let key = server.id();
        let sealed = server.seal(PURPOSE, &context(name, key), &padding::pad(change), randomness)?;
        Ok(Self { name, key, sealed })
    }

    /// The change's name.
    pub fn name(&self) -> ChangeName {
        self.name
    }

    /// The server's key that it is sealed to.
    pub fn key(&self) -> KeyId {
        self.key
    }

    /// The bytes, as they are kept and delivered.
    pub fn encode(&self) -> Vec<u8> {
        self.name
            .write(Writing::plain().fixed(&[FORM]))
            .fixed(&self.key.to_bytes())
            .fixed(&self.sealed)
            .done()
    }

    /// Reads an entry that was kept or delivered. Whether it is genuine shows when it is opened.
    ///
    /// # Errors
    /// [`SealError::Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, SealError> {
        Self::read(bytes).map_err(|Malformed| SealError::Malformed)
    }

    fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reading = Reading::of(bytes);
        if reading.byte()? != FORM {
            return Err(Malformed);
        }
        Ok(Self {
            name: ChangeName::read(&mut reading)?,
            key: KeyId::from_bytes(reading.array()?),
            sealed: reading.rest().to_vec(),
        })
    }

    /// The change, at the server.
    ///
    /// # Errors
    /// [`SealError::OtherKey`] for a key that the server does not have, [`SealError::NotGenuine`] for an entry that
    /// was changed or moved to another name.
    pub fn open(&self, keys: &PrivateKeys) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let padded = keys
            .get(self.key)?
            .open(PURPOSE, &context(self.name, self.key), &self.sealed)?;
        padding::unpad(padded).ok_or(SealError::NotGenuine)
    }
}

fn context(name: ChangeName, key: KeyId) -> Vec<u8> {
    name.write(Writing::of(PURPOSE)).fixed(&key.to_bytes()).done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::PrivateKey;
    use drempel_domain::id::{DeviceId, SpaceId};
    use drempel_domain::sync_log::Seq;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn name() -> ChangeName {
        ChangeName {
            device: DeviceId::new(Uuid::from_u128(1)),
            space: SpaceId::new(Uuid::from_u128(2)),
            seq: Seq(3),
        }
    }

    fn sealed() -> (PrivateKeys, SealedChange) {
        let mut randomness = Randomness::repeatable([8; 32]);
        let key = PrivateKey::from_bytes(&[8; 32]);
        let public = key.public().unwrap();
        let mut keys = PrivateKeys::new();
        keys.add(key).unwrap();
        (
            keys,
            SealedChange::seal(name(), b"{\"seq\":3}", public, &mut randomness).unwrap(),
        )
    }

    #[test]
    fn the_server_opens_what_the_device_sealed() {
        let (keys, entry) = sealed();
        let delivered = SealedChange::decode(&entry.encode()).unwrap();
        assert_eq!(delivered, entry);
        assert_eq!(*delivered.open(&keys).unwrap(), b"{\"seq\":3}");
        assert_eq!(entry.open(&PrivateKeys::new()), Err(SealError::OtherKey));
    }

    #[test]
    fn an_entry_has_this_form_and_stays_readable() {
        let (keys, entry) = sealed();
        let golden =
            crate::text::decode(include_str!("../../tests/golden/outbox-entry.txt").trim_end()).unwrap();
        assert_eq!(crate::text::encode(&entry.encode()), crate::text::encode(&golden));
        assert_eq!(
            *SealedChange::decode(&golden).unwrap().open(&keys).unwrap(),
            b"{\"seq\":3}"
        );
    }

    #[test]
    fn a_flipped_bit_anywhere_gives_an_error_and_never_another_change() {
        let (keys, entry) = sealed();
        let bytes = entry.encode();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                let opened = SealedChange::decode(&flipped).and_then(|entry| entry.open(&keys));
                assert!(opened.is_err(), "byte {at}, bit {bit}");
            }
        }
    }

    proptest! {
        #[test]
        fn cut_or_random_bytes_give_an_error(cut in 0usize..300, noise in prop::collection::vec(any::<u8>(), 0..300)) {
            let (keys, entry) = sealed();
            let bytes = entry.encode();
            for bad in [&bytes[..cut.min(bytes.len() - 1)], &noise] {
                prop_assert!(SealedChange::decode(bad).and_then(|entry| entry.open(&keys)).is_err());
            }
        }
    }
}
