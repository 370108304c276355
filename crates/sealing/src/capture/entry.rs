//! One change sealed for two readers, its content once and its key twice.
//!
//! `2 | device (16) | space (16) | number (8) | capture key id (16) | server key id (16) | key for the device (80) |
//! key for the server (80) | nonce (24) | content`, the keys by HPKE, the content by XChaCha20-Poly1305.

use crate::aead::{self, NONCE, NotGenuine};
use crate::fields::{Malformed, Reading, Writing};
use crate::keys::{KeyId, OVERHEAD, PrivateKey, PrivateKeys, PublicKey, SealError};
use crate::name::ChangeName;
use crate::padding;
use crate::randomness::Randomness;
use crate::secret::{Secret, filled};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

/// The first byte: what the entry is, and in which form.
pub(crate) const FORM: u8 = 2;
const CONTENT: &str = "drempel capture content 1";
const FOR_DEVICE: &str = "drempel capture key for the device 1";
const FOR_SERVER: &str = "drempel capture key for the server 1";
/// Bytes of a content key sealed by HPKE.
const SEALED_KEY: usize = 32 + OVERHEAD;

/// For whom a capture is sealed. Public keys, which a locked phone may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipients {
    /// The device's capture key; its private half lies in the encrypted database.
    pub device: PublicKey,
    /// The server's present key.
    pub server: PublicKey,
}

/// A change recorded while locked. Its name and the keys it is sealed to are in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedCapture {
    place: Context,
    for_device: [u8; SEALED_KEY],
    for_server: [u8; SEALED_KEY],
    nonce: [u8; NONCE],
    content: Vec<u8>,
}

/// What every part of an entry is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Context {
    name: ChangeName,
    device_key: KeyId,
    server_key: KeyId,
}

impl Context {
    fn write(self, to: Writing) -> Writing {
        self.name
            .write(to)
            .fixed(&self.device_key.to_bytes())
            .fixed(&self.server_key.to_bytes())
    }

    fn bytes(self, purpose: &'static str) -> Vec<u8> {
        self.write(Writing::of(purpose)).done()
    }
}

impl SealedCapture {
    pub(super) fn seal(
        name: ChangeName,
        change: &[u8],
        recipients: &Recipients,
        randomness: &mut Randomness,
    ) -> Result<Self, SealError> {
        let place = Context {
            name,
            device_key: recipients.device.id(),
            server_key: recipients.server.id(),
        };
        let key = filled(|bytes| randomness.fill(bytes));
        let for_device = seal_key(&key, recipients.device, FOR_DEVICE, place, randomness)?;
        let for_server = seal_key(&key, recipients.server, FOR_SERVER, place, randomness)?;
        let (nonce, content) = aead::seal(&key, &place.bytes(CONTENT), &padding::pad(change), randomness)
            .map_err(|NotGenuine| SealError::TooLarge)?;
        Ok(Self {
            place,
            for_device,
            for_server,
            nonce,
            content,
        })
    }

    /// The change's name, under the lock's device number.
    pub fn name(&self) -> ChangeName {
        self.place.name
    }

    /// The server's key that it is sealed to.
    pub fn key(&self) -> KeyId {
        self.place.server_key
    }

    /// The bytes, as they are kept and delivered.
    pub fn encode(&self) -> Vec<u8> {
        self.place
            .write(Writing::plain().fixed(&[FORM]))
            .fixed(&self.for_device)
            .fixed(&self.for_server)
            .fixed(&self.nonce)
            .fixed(&self.content)
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
            place: Context {
                name: ChangeName::read(&mut reading)?,
                device_key: KeyId::from_bytes(reading.array()?),
                server_key: KeyId::from_bytes(reading.array()?),
            },
            for_device: reading.array()?,
            for_server: reading.array()?,
            nonce: reading.array()?,
            content: reading.rest().to_vec(),
        })
    }

    /// The change, at the server.
    ///
    /// # Errors
    /// [`SealError::OtherKey`], [`SealError::NotGenuine`].
    pub fn open(&self, keys: &PrivateKeys) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let key = keys.get(self.place.server_key)?;
        self.open_with(key, FOR_SERVER, &self.for_server)
    }

    /// The change, on the device after unlocking.
    ///
    /// # Errors
    /// [`SealError::OtherKey`] when it was sealed to the capture key of an earlier enrolment: the server can still
    /// open it. [`SealError::NotGenuine`].
    pub fn open_on_device(&self, capture_key: &PrivateKey) -> Result<Zeroizing<Vec<u8>>, SealError> {
        if capture_key.public()?.id() != self.place.device_key {
            return Err(SealError::OtherKey);
        }
        self.open_with(capture_key, FOR_DEVICE, &self.for_device)
    }

    fn open_with(
        &self,
        private: &PrivateKey,
        purpose: &'static str,
        sealed_key: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let opened = private.open(purpose, &self.place.bytes(purpose), sealed_key)?;
        let opened: &[u8; 32] = opened.as_slice().try_into().map_err(|_| SealError::NotGenuine)?;
        let key = filled(|bytes| *bytes = *opened);
        let padded = aead::open(&key, &self.place.bytes(CONTENT), &self.nonce, &self.content)
            .map_err(|NotGenuine| SealError::NotGenuine)?;
        padding::unpad(padded).ok_or(SealError::NotGenuine)
    }
}

fn seal_key(
    key: &Secret,
    to: PublicKey,
    purpose: &'static str,
    place: Context,
    randomness: &mut Randomness,
) -> Result<[u8; SEALED_KEY], SealError> {
    to.seal(purpose, &place.bytes(purpose), key.expose_secret(), randomness)?
        .try_into()
        .map_err(|_| SealError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use drempel_domain::id::{DeviceId, SpaceId};
    use drempel_domain::sync_log::Seq;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn sealed() -> (PrivateKey, PrivateKeys, SealedCapture) {
        let mut randomness = Randomness::repeatable([4; 32]);
        let (capture, server) = (PrivateKey::from_bytes(&[4; 32]), PrivateKey::from_bytes(&[5; 32]));
        let recipients = Recipients {
            device: capture.public().unwrap(),
            server: server.public().unwrap(),
        };
        let name = ChangeName {
            device: DeviceId::new(Uuid::from_u128(1)),
            space: SpaceId::new(Uuid::from_u128(2)),
            seq: Seq(3),
        };
        let mut keys = PrivateKeys::new();
        keys.add(server).unwrap();
        let entry = SealedCapture::seal(name, b"{\"seq\":3}", &recipients, &mut randomness).unwrap();
        (capture, keys, entry)
    }

    #[test]
    fn the_unlocked_device_and_the_server_both_read_it() {
        let (capture, keys, entry) = sealed();
        let kept = SealedCapture::decode(&entry.encode()).unwrap();
        assert_eq!(*kept.open_on_device(&capture).unwrap(), b"{\"seq\":3}");
        assert_eq!(*kept.open(&keys).unwrap(), b"{\"seq\":3}");
    }

    #[test]
    fn no_other_key_reads_it() {
        let (_, _, entry) = sealed();
        let other = PrivateKey::from_bytes(&[9; 32]);
        assert_eq!(entry.open_on_device(&other), Err(SealError::OtherKey));
        let mut keys = PrivateKeys::new();
        keys.add(other).unwrap();
        assert_eq!(entry.open(&keys), Err(SealError::OtherKey));
    }

    #[test]
    fn an_entry_has_this_form_and_stays_readable() {
        let (capture, keys, entry) = sealed();
        let golden =
            crate::text::decode(include_str!("../../tests/golden/capture-entry.txt").trim_end()).unwrap();
        assert_eq!(crate::text::encode(&entry.encode()), crate::text::encode(&golden));
        let read = SealedCapture::decode(&golden).unwrap();
        assert_eq!(read.open_on_device(&capture), read.open(&keys));
    }

    #[test]
    fn a_flipped_bit_gives_an_error_to_each_reader_whose_part_it_hits_and_never_another_change() {
        let (capture, keys, entry) = sealed();
        let bytes = entry.encode();
        for at in 0..bytes.len() {
            for bit in [0, 7] {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                let Ok(read) = SealedCapture::decode(&flipped) else {
                    continue;
                };
                let (on_device, at_server) = (read.open_on_device(&capture), read.open(&keys));
                assert!(on_device.is_err() || at_server.is_err(), "byte {at}, bit {bit}");
                for opened in [on_device, at_server].into_iter().flatten() {
                    assert_eq!(*opened, b"{\"seq\":3}", "byte {at}, bit {bit}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn cut_or_random_bytes_give_an_error(cut in 0usize..600, noise in prop::collection::vec(any::<u8>(), 0..600)) {
            let (capture, keys, entry) = sealed();
            let bytes = entry.encode();
            for bad in [&bytes[..cut.min(bytes.len() - 1)], &noise] {
                let Ok(read) = SealedCapture::decode(bad) else { continue };
                prop_assert!(read.open(&keys).is_err() && read.open_on_device(&capture).is_err());
            }
        }
    }
}
