//! The directory in which a server keeps its data, and the lock that keeps a second server out.

use crate::storage::OpenError;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// A directory with the server's data.
#[derive(Debug)]
pub(crate) struct DataDirectory {
    path: PathBuf,
    /// Unlocked by the system when it is closed, however the process ends.
    _lock: Option<File>,
}

impl DataDirectory {
    /// Takes the directory for a server; makes it when its parent is there.
    pub(crate) fn take(path: &Path) -> Result<Self, OpenError> {
        let lock = lock_file(path)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: Some(lock),
            }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
            Err(TryLockError::Error(error)) => Err(OpenError::Directory(error)),
        }
    }

    /// Uses the directory beside a server that may be running on it.
    pub(crate) fn beside(path: &Path) -> Result<Self, OpenError> {
        lock_file(path)?;
        Ok(Self {
            path: path.to_owned(),
            _lock: None,
        })
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join("drempel.sqlite")
    }

    /// The server's private keys.
    pub(crate) fn keys(&self) -> PathBuf {
        self.path.join("keys.json")
    }

    /// The journal of erasures.
    pub(crate) fn journal(&self) -> PathBuf {
        self.path.join("erasures.log")
    }
}

fn lock_file(path: &Path) -> Result<File, OpenError> {
    if !path.exists() {
        // For this user alone.
        let made = DirBuilder::new().mode(0o700).create(path);
        made.map_err(OpenError::Directory)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    options
        .open(path.join("drempel.lock"))
        .map_err(OpenError::Directory)
}
