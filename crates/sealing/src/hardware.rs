//! The key that never leaves its phone: it answers each guess of a code, so that copied files are of no use elsewhere.
//!
//! The mobile shells bring their own [`HardwareKey`]: an HMAC-SHA-256 by a Keystore key that cannot be exported on
//! Android, a Secure Enclave key on iOS. [`FileKey`] serves the desktop and the tests and is weaker: whoever copies
//! all files copies it too. That is why a code must be longer where [`HardwareKey::is_hardware`] is false.

use crate::durable;
use crate::randomness::Randomness;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A key that can be asked, and not read.
pub trait HardwareKey {
    /// The key's answer to an input: always the same one, and unknown to whoever does not hold the key.
    ///
    /// # Errors
    /// [`HardwareError`].
    fn bind(&self, input: &[u8]) -> Result<Zeroizing<[u8; 32]>, HardwareError>;

    /// Whether the key lies in hardware that does not give it out.
    fn is_hardware(&self) -> bool;

    /// Whether the key answers now. Asked before a try is counted, so that a busy chip costs no try.
    ///
    /// # Errors
    /// [`HardwareError`].
    fn answers(&self) -> Result<(), HardwareError> {
        self.bind(b"drempel: does the key answer?").map(drop)
    }
}

/// The app's one key on its machine, which can be made anew and destroyed.
pub trait DeviceKey: HardwareKey + Send + Sync {
    /// Makes the key, in the place of an earlier one: what that protected cannot be opened any more.
    ///
    /// # Errors
    /// [`HardwareError`].
    fn renew(&self, randomness: &mut Randomness) -> Result<(), HardwareError>;

    /// Destroys the key: nothing that it protected can be opened again. One that is gone is destroyed already.
    ///
    /// # Errors
    /// [`HardwareError`].
    fn destroy(&self) -> Result<(), HardwareError>;
}

/// The key gives no answer.
#[derive(Debug, thiserror::Error)]
pub enum HardwareError {
    /// It is gone for good. What it protected cannot be opened any more; the sealed work can still be delivered.
    #[error("the device's key is gone: deliver the sealed work and enrol again")]
    Lost,
    /// It exists and does not answer now: the device is locked, or its security chip is busy. Try again later.
    #[error("the device's key does not answer now")]
    Unavailable,
    /// Others than its owner may read the key's file.
    #[error("the file of the device's key may be read by others: set its permissions to 0600")]
    Exposed,
    /// The file of the key cannot be read or written.
    #[error("the file of the device's key cannot be used")]
    File(#[from] io::Error),
}

/// A key in a file that only its owner may read: for desktops and tests. **Weaker** than a key in hardware.
///
/// The key is read for each answer and does not stay in memory.
#[derive(Debug)]
pub struct FileKey {
    path: PathBuf,
}

impl FileKey {
    /// Makes a new key at that path. An earlier one there is lost.
    ///
    /// # Errors
    /// [`HardwareError::File`].
    pub fn create(path: &Path, randomness: &mut Randomness) -> Result<Self, HardwareError> {
        let key = Self::at(path);
        key.renew(randomness)?;
        Ok(key)
    }

    /// The key at that path. Whether it is there shows when it is asked.
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    fn read(&self) -> Result<Zeroizing<[u8; 32]>, HardwareError> {
        let mut file = File::open(&self.path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => HardwareError::Lost,
            _ => HardwareError::File(error),
        })?;
        if may_be_read_by_others(&file)? {
            return Err(HardwareError::Exposed);
        }
        let mut key = Zeroizing::new([0; 32]);
        // A file that is too short holds no key any more.
        file.read_exact(key.as_mut_slice())
            .map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => HardwareError::Lost,
                _ => HardwareError::File(error),
            })?;
        Ok(key)
    }
}

impl HardwareKey for FileKey {
    fn bind(&self, input: &[u8]) -> Result<Zeroizing<[u8; 32]>, HardwareError> {
        let key = self.read()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).map_err(|_| HardwareError::Lost)?;
        mac.update(input);
        Ok(Zeroizing::new(mac.finalize().into_bytes().into()))
    }

    fn is_hardware(&self) -> bool {
        false
    }
}

impl DeviceKey for FileKey {
    fn renew(&self, randomness: &mut Randomness) -> Result<(), HardwareError> {
        let mut key = Zeroizing::new([0; 32]);
        randomness.fill(key.as_mut_slice());
        Ok(durable::replace(&self.path, key.as_slice())?)
    }

    fn destroy(&self) -> Result<(), HardwareError> {
        Ok(durable::remove(&self.path)?)
    }
}

#[cfg(unix)]
fn may_be_read_by_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

/// Elsewhere the folder of the user's profile keeps others out.
#[cfg(not(unix))]
fn may_be_read_by_others(_: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_key_answers_alike_each_time_and_differs_from_another() {
        let folder = tempfile::tempdir().unwrap();
        let mut randomness = Randomness::repeatable([1; 32]);
        let ana = FileKey::create(&folder.path().join("ana"), &mut randomness).unwrap();
        let bo = FileKey::create(&folder.path().join("bo"), &mut randomness).unwrap();
        assert_eq!(ana.bind(b"guess").unwrap(), ana.bind(b"guess").unwrap());
        assert_ne!(ana.bind(b"guess").unwrap(), ana.bind(b"other").unwrap());
        assert_ne!(ana.bind(b"guess").unwrap(), bo.bind(b"guess").unwrap());
        assert!(ana.answers().is_ok() && !ana.is_hardware());
    }

    #[test]
    fn a_key_that_was_deleted_or_cut_short_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let key = FileKey::create(&path, &mut Randomness::repeatable([1; 32])).unwrap();
        durable::replace(&path, b"short").unwrap();
        assert!(matches!(key.bind(b"guess"), Err(HardwareError::Lost)));
        key.destroy().unwrap();
        assert!(matches!(FileKey::at(&path).answers(), Err(HardwareError::Lost)));
        assert!(matches!(
            FileKey::at(&path).bind(b"guess"),
            Err(HardwareError::Lost)
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let key = FileKey::create(&path, &mut Randomness::repeatable([1; 32])).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(key.bind(b"guess"), Err(HardwareError::Exposed)));
    }

    #[test]
    fn the_key_is_not_in_what_is_printed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let key = FileKey::create(&path, &mut Randomness::repeatable([1; 32])).unwrap();
        let bytes = fs::read(&path).unwrap();
        assert!(!format!("{key:?}").contains(&format!("{bytes:?}")));
    }
}
