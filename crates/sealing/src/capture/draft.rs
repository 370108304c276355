//! A form that is open while the phone is locked: sealed at each pause, each time in the place of the one before.

use crate::durable;
use crate::fields::{Malformed, Reading, Writing};
use crate::keys::{KeyId, PrivateKey, PublicKey, SealError};
use crate::padding;
use crate::randomness::Randomness;
use drempel_domain::id::DeviceId;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MAGIC: &[u8] = b"drempel draft 1\n";
const PURPOSE: &str = "drempel draft 1";

/// Where one draft lies: `magic | capture key id (16) | HPKE`.
#[derive(Clone, Debug)]
pub struct DraftSlot {
    path: PathBuf,
    device: DeviceId,
}

/// A draft cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The operating system cannot read or write it.
    #[error("the draft cannot be read or written")]
    Disk(#[from] io::Error),
    /// It cannot be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl DraftSlot {
    /// The slot at that path, for drafts of the lock's device number.
    pub fn at(path: &Path, device: DeviceId) -> Self {
        Self {
            path: path.to_owned(),
            device,
        }
    }

    /// Seals a draft and puts it durably in the place of the one before.
    ///
    /// # Errors
    /// [`DraftError`]: the one before is then still there.
    pub fn save(
        &self,
        draft: &[u8],
        capture_key: PublicKey,
        randomness: &mut Randomness,
    ) -> Result<(), DraftError> {
        let id = capture_key.id();
        let sealed = capture_key.seal(PURPOSE, &self.context(id), &padding::pad(draft), randomness)?;
        let bytes = Writing::plain()
            .fixed(MAGIC)
            .fixed(&id.to_bytes())
            .fixed(&sealed)
            .done();
        Ok(durable::replace(&self.path, &bytes)?)
    }

    /// The draft, after unlocking; nothing when there is none.
    ///
    /// # Errors
    /// [`DraftError::Seal`] when it was sealed to another key or is damaged, [`DraftError::Disk`].
    pub fn read(&self, capture_key: &PrivateKey) -> Result<Option<Zeroizing<Vec<u8>>>, DraftError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(self.open(&bytes, capture_key)?))
    }

    /// Whether there is a draft: a locked phone may know that much.
    pub fn is_taken(&self) -> bool {
        self.path.exists()
    }

    /// Takes the draft away, once it is in the database or its form was saved.
    ///
    /// # Errors
    /// [`DraftError::Disk`].
    pub fn clear(&self) -> Result<(), DraftError> {
        Ok(durable::remove(&self.path)?)
    }

    fn open(&self, bytes: &[u8], capture_key: &PrivateKey) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (id, sealed) = parts(bytes).map_err(|Malformed| SealError::Malformed)?;
        if capture_key.public()?.id() != id {
            return Err(SealError::OtherKey);
        }
        let padded = capture_key.open(PURPOSE, &self.context(id), sealed)?;
        padding::unpad(padded).ok_or(SealError::NotGenuine)
    }

    fn context(&self, key: KeyId) -> Vec<u8> {
        Writing::of(PURPOSE)
            .id(self.device.uuid())
            .fixed(&key.to_bytes())
            .done()
    }
}

fn parts(bytes: &[u8]) -> Result<(KeyId, &[u8]), Malformed> {
    let mut reading = Reading::of(bytes.strip_prefix(MAGIC).ok_or(Malformed)?);
    let id = KeyId::from_bytes(reading.array()?);
    Ok((id, reading.rest()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn device(number: u128) -> DeviceId {
        DeviceId::new(Uuid::from_u128(number))
    }

    #[test]
    fn a_draft_takes_the_place_of_the_one_before_and_comes_back_after_unlocking() {
        let folder = tempfile::tempdir().unwrap();
        let mut randomness = Randomness::repeatable([4; 32]);
        let capture = PrivateKey::generate(&mut randomness);
        let slot = DraftSlot::at(&folder.path().join("draft"), device(1));
        assert!(slot.read(&capture).unwrap().is_none());
        for draft in ["fo", "four boys"] {
            slot.save(draft.as_bytes(), capture.public().unwrap(), &mut randomness)
                .unwrap();
        }
        assert_eq!(**slot.read(&capture).unwrap().unwrap(), *b"four boys");
        assert!(slot.is_taken());
        let bytes = fs::read(folder.path().join("draft")).unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"four"));
        slot.clear().unwrap();
        assert!(!slot.is_taken());
    }

    #[test]
    fn no_other_key_and_no_other_device_opens_a_draft() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft");
        let mut randomness = Randomness::repeatable([4; 32]);
        let capture = PrivateKey::generate(&mut randomness);
        let slot = DraftSlot::at(&path, device(1));
        slot.save(b"four boys", capture.public().unwrap(), &mut randomness)
            .unwrap();
        let other = PrivateKey::generate(&mut randomness);
        assert!(matches!(
            slot.read(&other),
            Err(DraftError::Seal(SealError::OtherKey))
        ));
        let elsewhere = DraftSlot::at(&path, device(2));
        assert!(matches!(
            elsewhere.read(&capture),
            Err(DraftError::Seal(SealError::NotGenuine))
        ));
    }

    #[test]
    fn a_draft_has_this_form_and_each_flipped_bit_of_it_gives_an_error() {
        let capture = PrivateKey::from_bytes(&[6; 32]);
        let slot = DraftSlot::at(Path::new("draft"), device(1));
        let golden = crate::text::decode(include_str!("../../tests/golden/draft.txt").trim_end()).unwrap();
        assert_eq!(*slot.open(&golden, &capture).unwrap(), b"four boys");
        for at in 0..golden.len() {
            let mut flipped = golden.clone();
            flipped[at] ^= 1;
            assert!(slot.open(&flipped, &capture).is_err(), "byte {at}");
            assert!(slot.open(&golden[..at], &capture).is_err(), "cut at {at}");
        }
    }

    proptest! {
        #[test]
        fn random_bytes_are_no_draft(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let slot = DraftSlot::at(Path::new("draft"), device(1));
            prop_assert!(slot.open(&bytes, &PrivateKey::from_bytes(&[6; 32])).is_err());
        }
    }
}
