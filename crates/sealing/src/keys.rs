//! Key pairs to which work is sealed: the device's for captures, the server's for all that must not be lost.
//!
//! HPKE in base mode (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305. It says nothing about who sealed:
//! the server learns that from the deposit token, and the device keeps its own files.

use crate::randomness::Randomness;
use crate::secret::{Secret, filled};
use crate::text;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// Bytes by which a text sealed to a public key is longer: the encapsulated key and the tag.
pub(crate) const OVERHEAD: usize = ENCAPSULATED + 16;
const ENCAPSULATED: usize = 32;

/// The public half of a key pair: anyone may know it, and seal to it.
///
/// As text and in JSON, 43 characters of base64url.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKey(#[serde(with = "crate::text::array")] [u8; 32]);

/// Names a key pair: the first 128 bits of a hash of its public half, 32 lower-case hexadecimal digits as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 16]);

/// The private half of a key pair, which opens what was sealed to the public one.
pub struct PrivateKey(Secret);

/// What was sealed cannot be opened or sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The public key is one to which nothing can be sealed.
    #[error("the public key is not one that can be sealed to")]
    BadKey,
    /// There is too much for one entry.
    #[error("the entry is too large to be sealed")]
    TooLarge,
    /// The bytes are no sealed entry of a form that this version knows.
    #[error("the bytes are no sealed entry of a known form")]
    Malformed,
    /// It was sealed to a key that is not at hand.
    #[error("the entry was sealed to another key")]
    OtherKey,
    /// It was changed, or belongs to another place than it says.
    #[error("the entry is damaged or not what it says it is")]
    NotGenuine,
}

impl PublicKey {
    /// The key with these 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// The name of the key pair.
    pub fn id(self) -> KeyId {
        let hash = Sha256::new_with_prefix(b"drempel key id\0")
            .chain_update(self.0)
            .finalize();
        let mut id = [0; 16];
        id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        KeyId(id)
    }

    /// Seals a text to this key for one purpose in one context.
    pub(crate) fn seal(
        self,
        purpose: &str,
        context: &[u8],
        text: &[u8],
        randomness: &mut Randomness,
    ) -> Result<Vec<u8>, SealError> {
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&self.0).map_err(|_| SealError::BadKey)?;
        let (encapsulated, sealed) =
            hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
                &OpModeS::Base,
                &key,
                purpose.as_bytes(),
                text,
                context,
                randomness.generator(),
            )
            .map_err(|_| SealError::BadKey)?;
        let mut bytes = encapsulated.to_bytes().to_vec();
        bytes.extend(sealed);
        Ok(bytes)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PublicKey({})", text::encode(&self.0))
    }
}

impl KeyId {
    /// The name with these sixteen bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The sixteen bytes.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write_hex(&self.0, out)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl PrivateKey {
    /// A new key pair.
    pub fn generate(randomness: &mut Randomness) -> Self {
        Self(filled(|bytes| randomness.fill(bytes)))
    }

    /// The key with these 32 bytes, as they were kept.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(filled(|to| *to = *bytes))
    }

    /// The 32 bytes, to be kept where nobody else reads them: in the encrypted database, or in the server's vault.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    /// The public half.
    ///
    /// # Errors
    /// Never, for 32 bytes of any kind.
    pub fn public(&self) -> Result<PublicKey, SealError> {
        let public = X25519HkdfSha256::sk_to_pk(&self.key()?).to_bytes();
        Ok(PublicKey(public.into()))
    }

    /// Opens a text that was sealed to the public half for the same purpose in the same context.
    pub(crate) fn open(
        &self,
        purpose: &str,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (encapsulated, text) = sealed
            .split_first_chunk::<ENCAPSULATED>()
            .ok_or(SealError::Malformed)?;
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated)
            .map_err(|_| SealError::Malformed)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.key()?,
            &encapsulated,
            purpose.as_bytes(),
            text,
            context,
        )
        .map(Zeroizing::new)
        .map_err(|_| SealError::NotGenuine)
    }

    fn key(&self) -> Result<<X25519HkdfSha256 as Kem>::PrivateKey, SealError> {
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(self.expose()).map_err(|_| SealError::BadKey)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PrivateKey(…)")
    }
}

/// The private keys of a server: the one that devices seal to now, and earlier ones.
///
/// An earlier key stays until no outbox can still hold an entry sealed to it: 90 days after the last device that knew
/// it was revoked, or delivered under a newer one.
#[derive(Debug, Default)]
pub struct PrivateKeys(BTreeMap<KeyId, PrivateKey>);

impl PrivateKeys {
    /// No key yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key.
    ///
    /// # Errors
    /// As [`PrivateKey::public`].
    pub fn add(&mut self, key: PrivateKey) -> Result<KeyId, SealError> {
        let id = key.public()?.id();
        self.0.insert(id, key);
        Ok(id)
    }

    /// The key of that name.
    pub(crate) fn get(&self, id: KeyId) -> Result<&PrivateKey, SealError> {
        self.0.get(&id).ok_or(SealError::OtherKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_private_half_opens_and_only_for_the_same_purpose_and_context() {
        let mut randomness = Randomness::repeatable([3; 32]);
        let server = PrivateKey::generate(&mut randomness);
        let other = PrivateKey::generate(&mut randomness);
        let sealed = server
            .public()
            .unwrap()
            .seal("outbox", b"place", b"words", &mut randomness)
            .unwrap();
        assert_eq!(sealed.len(), b"words".len() + OVERHEAD);
        assert_eq!(*server.open("outbox", b"place", &sealed).unwrap(), b"words");
        for wrong in [
            other.open("outbox", b"place", &sealed),
            server.open("capture", b"place", &sealed),
            server.open("outbox", b"elsewhere", &sealed),
        ] {
            assert_eq!(wrong, Err(SealError::NotGenuine));
        }
        assert_eq!(
            server.open("outbox", b"place", &sealed[..31]),
            Err(SealError::Malformed)
        );
    }

    #[test]
    fn nothing_is_sealed_to_a_key_that_gives_everyone_the_same_secret() {
        let mut randomness = Randomness::repeatable([3; 32]);
        let zero = PublicKey::from_bytes([0; 32]);
        assert_eq!(
            zero.seal("outbox", b"", b"", &mut randomness),
            Err(SealError::BadKey)
        );
    }

    #[test]
    fn a_key_pair_is_named_by_its_public_half_and_its_private_half_is_not_printed() {
        let key = PrivateKey::from_bytes(&[7; 32]);
        let public = key.public().unwrap();
        assert_eq!(public.id().to_string().len(), 32);
        assert_eq!(PrivateKey::from_bytes(key.expose()).public(), Ok(public));
        assert_eq!(format!("{key:?}"), "PrivateKey(…)");
    }
}
