//! The keys as the running server holds them: read again when an administrator rotated them, and the leases they sign.

use super::{KeysError, SecretKeys};
use crate::app::App;
use crate::problem::Refusal;
use crate::storage::{OpenError, StorageError};
use drempel_domain::id::DeviceId;
use drempel_domain::time::{MINUTE, Moment};
use drempel_protocol::problem::Code;
use drempel_sealing::lease::{Lease, Terms};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// How old a device's lease may be before it is given a new one, in milliseconds: most answers carry none.
const RENEWED_EVERY: i64 = 15 * MINUTE;

/// Settings of the municipality: days without contact until reading locks, and until what can be read is purged.
pub(crate) const READ_LOCK_DAYS: &str = "lease_read_lock_days";
/// See [`READ_LOCK_DAYS`].
pub(crate) const PURGE_DAYS: &str = "lease_purge_days";

/// The keys, and which version of them was read.
#[derive(Debug)]
pub(crate) struct HeldKeys {
    path: PathBuf,
    read: Mutex<(i64, Arc<SecretKeys>)>,
}

impl HeldKeys {
    /// Reads the keys of that file, or makes them. `version` is what the database says of them.
    pub(crate) fn open(path: PathBuf, version: i64) -> Result<Self, OpenError> {
        let keys = SecretKeys::open(&path)?;
        Ok(Self {
            path,
            read: Mutex::new((version, Arc::new(keys))),
        })
    }
}

impl From<KeysError> for OpenError {
    fn from(error: KeysError) -> Self {
        Self::Keys(error.to_string())
    }
}

impl From<KeysError> for Refusal {
    fn from(error: KeysError) -> Self {
        if let KeysError::Storage(error) = error {
            return error.into();
        }
        tracing::error!(%error, "the keys cannot be used");
        Self::new(
            Code::Unavailable,
            "The server's keys cannot be used. Tell the administrator.",
        )
    }
}

impl App {
    /// The server's keys, read again when an administrator rotated them.
    pub(crate) fn keys(&self) -> Result<Arc<SecretKeys>, KeysError> {
        let version = self.storage().keys_version()?;
        let held = &self.inner.keys;
        let mut read = held.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.0 != version {
            *read = (version, Arc::new(SecretKeys::open(&held.path)?));
        }
        Ok(Arc::clone(&read.1))
    }

    /// Puts new keys in front, durably, before anybody is told of them.
    pub(crate) fn put_rotated_keys(&self) -> Result<Arc<SecretKeys>, KeysError> {
        let held = &self.inner.keys;
        let mut read = held.read.lock().unwrap_or_else(PoisonError::into_inner);
        // Read again, so that two administrators at once do not drop each other's key.
        let rotated = SecretKeys::open(&held.path)?.rotated()?;
        rotated.keep(&held.path)?;
        read.1 = Arc::new(rotated);
        Ok(Arc::clone(&read.1))
    }

    /// Copies the keys into a file, for their owner alone.
    pub(crate) fn copy_keys(&self, to: &std::path::Path) -> Result<(), KeysError> {
        SecretKeys::open(&self.inner.keys.path)?.keep(to)
    }

    /// A signed lease for a device that is in contact now, unless the one that it has is still new.
    pub(crate) fn lease(
        &self,
        device: DeviceId,
        has: Option<i64>,
        now: Moment,
    ) -> Result<Option<String>, Refusal> {
        let is_new = has.is_some_and(|has| {
            let age = now.millis().saturating_sub(has);
            (0..RENEWED_EVERY).contains(&age)
        });
        if is_new {
            return Ok(None);
        }
        let lease = Lease::new(device, now, self.lease_terms()?);
        let signed = self.keys()?.sign(&lease);
        signed.map(Some).map_err(|_| KeysError::Damaged.into())
    }

    fn lease_terms(&self) -> Result<Terms, StorageError> {
        let configuration = self.configuration()?;
        let days = |name: &str| configuration.settings.get(name).copied();
        // What was imported was checked; a municipality that says nothing has the usual terms.
        Ok(terms_of(days(READ_LOCK_DAYS), days(PURGE_DAYS)).unwrap_or(Terms::USUAL))
    }
}

/// The terms that these settings make; nothing when they make none.
pub(crate) fn terms_of(read_lock: Option<i64>, purge: Option<i64>) -> Option<Terms> {
    let days = |set: Option<i64>, usual: u16| set.map_or(Some(usual), |days| u16::try_from(days).ok());
    Terms::of_days(days(read_lock, 7)?, days(purge, 14)?).ok()
}
