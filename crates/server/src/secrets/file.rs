//! The file of the server's private keys: making it, reading it, and putting a new key in front.

use crate::storage::StorageError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use drempel_protocol::keys::ServerKeys;
use drempel_sealing::durable;
use drempel_sealing::keys::{KeyId, PrivateKey, PrivateKeys, SealError};
use drempel_sealing::lease::{Lease, LeaseError, LeaseKey};
use drempel_sealing::randomness::{NoRandomness, Randomness};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fs;
use std::io;
use std::path::Path;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const VERSION: u8 = 1;

/// All private keys of the server.
#[derive(Debug)]
pub(crate) struct SecretKeys {
    /// Opens what devices sealed, under each key that one of them may still know.
    sealing: PrivateKeys,
    /// Signs leases now.
    lease: LeaseKey,
    /// What devices are told.
    public: ServerKeys,
    kept: Kept,
}

/// The keys as they lie in the file: 32 bytes each, in base64url.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Kept {
    version: u8,
    /// To which devices seal: the present one, then those before it.
    sealing: Vec<String>,
    /// With which leases are signed: the present one and the next.
    lease: [String; 2],
    /// Under which the hashes of typed codes are made.
    codes: String,
}

/// The keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeysError {
    /// The file cannot be read or written.
    #[error("the file of keys cannot be read or written ({0})")]
    File(#[from] io::Error),
    /// The file holds something else.
    #[error("the file of keys is damaged; put back the copy that was kept apart")]
    Damaged,
    /// Which version of them is in use cannot be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// There is no randomness for a new key.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl From<SealError> for KeysError {
    fn from(_: SealError) -> Self {
        Self::Damaged
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Kept(…)")
    }
}

impl SecretKeys {
    /// The keys of that file; where there is none, new ones, which are then in it.
    pub(crate) fn open(path: &Path) -> Result<Self, KeysError> {
        match fs::read(path) {
            Ok(bytes) => Self::of(read(&Zeroizing::new(bytes))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Self::of(Kept::new(&mut Randomness::of_the_system()?))?;
                keys.keep(path)?;
                Ok(keys)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// These keys with a new one to seal to, and the next one to sign with; those before still open.
    pub(crate) fn rotated(&self) -> Result<Self, KeysError> {
        let mut randomness = Randomness::of_the_system()?;
        let [_, next] = &self.kept.lease;
        let mut sealing = vec![new_key(&mut randomness)];
        sealing.extend(self.kept.sealing.iter().cloned());
        Self::of(Kept {
            version: VERSION,
            sealing,
            lease: [next.clone(), new_key(&mut randomness)],
            codes: self.kept.codes.clone(),
        })
    }

    /// Puts the keys into a file that its owner alone can read, durably.
    pub(crate) fn keep(&self, path: &Path) -> Result<(), KeysError> {
        let text = Zeroizing::new(serde_json::to_vec(&self.kept).map_err(|_| KeysError::Damaged)?);
        Ok(durable::replace(path, &text)?)
    }

    fn of(kept: Kept) -> Result<Self, KeysError> {
        let mut sealing = PrivateKeys::new();
        for key in &kept.sealing {
            sealing.add(PrivateKey::from_bytes(&*bytes(key)?))?;
        }
        let present = kept.sealing.first().ok_or(KeysError::Damaged)?;
        let public = PrivateKey::from_bytes(&*bytes(present)?).public()?;
        let [lease, next] = &kept.lease;
        let lease = LeaseKey::from_bytes(&*bytes(lease)?);
        let next = LeaseKey::from_bytes(&*bytes(next)?);
        bytes(&kept.codes)?;
        let mut public = ServerKeys {
            tag: String::new(),
            sealing: text(&public)?,
            lease: vec![text(&lease.public())?, text(&next.public())?],
        };
        public.tag = crate::digests::tag_of(&public);
        Ok(Self {
            sealing,
            lease,
            public,
            kept,
        })
    }

    /// What devices are told of them.
    pub(crate) fn public(&self) -> &ServerKeys {
        &self.public
    }

    /// The keys that open what devices sealed.
    pub(crate) fn sealing(&self) -> &PrivateKeys {
        &self.sealing
    }

    /// The name of the key to which devices seal now.
    pub(crate) fn present(&self) -> Result<KeyId, KeysError> {
        let present = self.kept.sealing.first().ok_or(KeysError::Damaged)?;
        Ok(PrivateKey::from_bytes(&*bytes(present)?).public()?.id())
    }

    /// A lease, signed.
    pub(crate) fn sign(&self, lease: &Lease) -> Result<String, LeaseError> {
        self.lease.sign(lease)
    }

    /// A hash that nobody can compare guesses with who has only the database.
    pub(crate) fn hash_of_code(&self, purpose: &str, text: &str) -> Result<[u8; 32], KeysError> {
        let key = bytes(&self.kept.codes)?;
        let mut hash = Hmac::<Sha256>::new_from_slice(&*key).map_err(|_| KeysError::Damaged)?;
        hash.update(purpose.as_bytes());
        hash.update(&[0]);
        hash.update(text.as_bytes());
        Ok(hash.finalize().into_bytes().into())
    }
}

impl Kept {
    fn new(randomness: &mut Randomness) -> Self {
        Self {
            version: VERSION,
            sealing: vec![new_key(randomness)],
            lease: [new_key(randomness), new_key(randomness)],
            codes: new_key(randomness),
        }
    }
}

fn read(text: &[u8]) -> Result<Kept, KeysError> {
    let kept: Kept = serde_json::from_slice(text).map_err(|_| KeysError::Damaged)?;
    if kept.version == VERSION {
        Ok(kept)
    } else {
        Err(KeysError::Damaged)
    }
}

fn new_key(randomness: &mut Randomness) -> String {
    let mut key = Zeroizing::new([0; 32]);
    randomness.fill(key.as_mut_slice());
    URL_SAFE_NO_PAD.encode(*key)
}

fn bytes(key: &str) -> Result<Zeroizing<[u8; 32]>, KeysError> {
    let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(key).map_err(|_| KeysError::Damaged)?);
    let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| KeysError::Damaged)?;
    Ok(Zeroizing::new(bytes))
}

/// The text that a public key has in JSON.
fn text(key: &impl Serialize) -> Result<String, KeysError> {
    let value = serde_json::to_value(key).map_err(|_| KeysError::Damaged)?;
    value.as_str().map(str::to_owned).ok_or(KeysError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn keys_are_made_once_for_their_owner_alone_and_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let made = SecretKeys::open(&path).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(SecretKeys::open(&path).unwrap().public(), made.public());
        assert!(!format!("{made:?}").contains(&made.kept.codes));
    }

    #[test]
    fn after_a_rotation_the_next_lease_key_signs_and_the_old_keys_still_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let made = SecretKeys::open(&path).unwrap();
        let rotated = made.rotated().unwrap();
        assert_ne!(rotated.public().sealing, made.public().sealing);
        assert_eq!(rotated.public().lease[0], made.public().lease[1]);
        assert_eq!(rotated.kept.sealing[1], made.kept.sealing[0]);
        assert_ne!(rotated.public().tag, made.public().tag);
        let code = |keys: &SecretKeys| keys.hash_of_code("code", "7K3M").unwrap();
        assert_eq!(
            code(&rotated),
            code(&made),
            "codes that were given out still count"
        );
    }

    #[test]
    fn a_damaged_file_is_never_replaced_by_new_keys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        SecretKeys::open(&path).unwrap();
        let whole = fs::read(&path).unwrap();
        for spoiled in [&whole[..whole.len() - 5], b"", b"{}"] {
            fs::write(&path, spoiled).unwrap();
            assert!(matches!(SecretKeys::open(&path), Err(KeysError::Damaged)));
            assert_eq!(fs::read(&path).unwrap(), spoiled);
        }
    }
}
