//! The folder of the app on the device: which file is what, and how a small one is kept.

use super::PhoneError;
use drempel_sealing::durable;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files of the app. What is said of each holds for a thief too.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder at that path, made when there is none, for its owner alone.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        make(path)?;
        Ok(Self(path.to_owned()))
    }

    /// The encrypted library.
    pub(super) fn database(&self) -> PathBuf {
        self.0.join("drempel.db")
    }

    /// The wrapped key of the library: of no use without the code and the machine.
    pub(super) fn doors(&self) -> PathBuf {
        self.0.join("doors")
    }

    /// How many tries at the code failed.
    pub(super) fn tries(&self) -> PathBuf {
        self.0.join("tries")
    }

    /// Which enrolment is the present one, as a device number.
    pub(super) fn present(&self) -> PathBuf {
        self.0.join("present")
    }

    /// The sealed work of each enrolment, in a folder of its own named after its device number.
    pub(super) fn sealed(&self) -> PathBuf {
        self.0.join("sealed")
    }

    /// Forms that were open while locked, sealed for this phone alone.
    pub(super) fn drafts(&self) -> PathBuf {
        self.0.join("drafts")
    }

    /// The lease and what the clocks said since.
    pub(super) fn lease(&self) -> PathBuf {
        self.0.join("lease")
    }

    /// Why there is nothing to read any more.
    pub(super) fn ended(&self) -> PathBuf {
        self.0.join("ended")
    }

    /// Everything that can be read with a key, and the doors to that key.
    pub(super) fn readable(&self) -> Vec<PathBuf> {
        let mut files = vec![self.doors(), self.tries(), self.lease()];
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let mut name = self.database().into_os_string();
            name.push(suffix);
            files.push(name.into());
        }
        files
    }
}

/// Makes a folder that only its owner may look into.
pub(super) fn make(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// The same, so that it is still there after a power cut.
pub(super) fn make_durably(path: &Path) -> io::Result<()> {
    make(path)?;
    for folder in path.ancestors().skip(1).take(2) {
        durable::settle_folder(folder)?;
    }
    Ok(())
}

/// Keeps something small, durably, in the place of what was there.
pub(super) fn keep(path: &Path, what: &impl Serialize) -> Result<(), PhoneError> {
    let bytes = serde_json::to_vec(what).map_err(io::Error::from)?;
    Ok(durable::replace(path, &bytes)?)
}

/// What was kept; nothing when nothing was.
pub(super) fn kept<T: DeserializeOwned>(path: &Path, name: &'static str) -> Result<Option<T>, PhoneError> {
    let Some(bytes) = bytes(path)? else {
        return Ok(None);
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|_| PhoneError::Unreadable(name))
}

/// The content of a file; nothing when there is none.
pub(super) fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
