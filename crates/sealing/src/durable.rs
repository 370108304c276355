//! Replacing a small file so that after a crash there is the old content or the new, whole, and nothing else.
//!
//! Written beside it, made durable, put in its place, and the place made durable: when [`replace`] returns, the new
//! content survives a kill and a power cut.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces the content of a file, or makes the file, readable by its owner alone.
///
/// # Errors
/// What the operating system says. The old content is then still there, unless the very last step failed: then it
/// is the old or the new.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    replace_on(&RealDisk, path, content)
}

/// The steps of which a replacement is made, so that a test can stop after each.
pub(crate) trait Disk {
    /// A file that was written but is not yet durable.
    type Written;

    /// Makes a file of its own with this content, or overwrites what an earlier attempt left.
    fn write(&self, path: &Path, content: &[u8]) -> io::Result<Self::Written>;
    /// Makes the content durable.
    fn sync(&self, written: Self::Written) -> io::Result<()>;
    /// Puts a file in the place of another in the same folder, in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes the names in a folder durable.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

pub(crate) fn replace_on(disk: &impl Disk, path: &Path, content: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    let written = disk.write(&beside, content)?;
    disk.sync(written)?;
    disk.rename(&beside, path)?;
    disk.sync_folder(folder(path))
}

/// Makes durable that the file has the content which it is now found with.
///
/// A kill may have come between the last two steps of a replacement. Then the new content is found, and a power cut
/// could still bring the old one back.
pub(crate) fn settle(path: &Path) -> io::Result<()> {
    settle_on(&RealDisk, path)
}

pub(crate) fn settle_on(disk: &impl Disk, path: &Path) -> io::Result<()> {
    disk.sync_folder(folder(path))
}

/// Makes durable which names are in a folder.
///
/// # Errors
/// What the operating system says.
pub fn settle_folder(folder: &Path) -> io::Result<()> {
    RealDisk.sync_folder(folder)
}

/// Removes a file for good; one that is not there, or whose folder is not, is removed already.
///
/// # Errors
/// What the operating system says.
pub fn remove(path: &Path) -> io::Result<()> {
    for gone in [beside(path), path.to_owned()] {
        match fs::remove_file(gone) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    match settle(path) {
        // In a folder that was never made there was never a file.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        settled => settled,
    }
}

/// Where the new content lies until it takes its place.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(".new");
    name.into()
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Options for a file that only its owner may read.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The disk of this machine.
pub(crate) struct RealDisk;

impl Disk for RealDisk {
    type Written = File;

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<File> {
        let mut file = private().write(true).create(true).truncate(true).open(path)?;
        file.write_all(content)?;
        Ok(file)
    }

    fn sync(&self, written: File) -> io::Result<()> {
        written.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// Other systems have no way to ask for it, and make names durable by themselves.
    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! A disk in memory that stops at a chosen step and forgets what was not made durable.

    use super::*;
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    /// What happens to the process.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Crash {
        /// The process is killed; the operating system keeps what it was given.
        Kill,
        /// The power goes; of what was not made durable, this share in sixteenths survives, names only when asked.
        PowerCut { sixteenths: usize, names: bool },
    }

    /// The disk.
    #[derive(Default)]
    pub(crate) struct MemoryDisk {
        contents: RefCell<Vec<(Vec<u8>, bool)>>,
        names: RefCell<BTreeMap<PathBuf, usize>>,
        durable_names: RefCell<BTreeMap<PathBuf, usize>>,
        /// Steps until the disk stops; none: it never does.
        pub(crate) steps_left: Cell<Option<usize>>,
    }

    impl MemoryDisk {
        /// The content under a name.
        pub(crate) fn read(&self, path: &Path) -> Option<Vec<u8>> {
            let at = *self.names.borrow().get(path)?;
            Some(self.contents.borrow()[at].0.clone())
        }

        /// Starts anew after a crash, with what survived it.
        pub(crate) fn restart(&self, crash: Crash) {
            self.steps_left.set(None);
            let Crash::PowerCut { sixteenths, names } = crash else {
                return;
            };
            for (content, durable) in self
                .contents
                .borrow_mut()
                .iter_mut()
                .filter(|(_, durable)| !durable)
            {
                content.truncate(content.len() * sixteenths / 16);
                *durable = true;
            }
            if !names {
                self.names.replace(self.durable_names.borrow().clone());
            }
        }

        fn step(&self) -> io::Result<()> {
            match self.steps_left.get() {
                Some(0) => Err(io::Error::other("the process was killed")),
                left => {
                    self.steps_left.set(left.map(|left| left - 1));
                    Ok(())
                }
            }
        }
    }

    impl Disk for MemoryDisk {
        type Written = usize;

        fn write(&self, path: &Path, content: &[u8]) -> io::Result<usize> {
            let at = self.contents.borrow().len();
            self.step()?;
            self.names.borrow_mut().insert(path.to_owned(), at);
            self.contents.borrow_mut().push((Vec::new(), false));
            let half = content.len() / 2;
            self.step()?;
            self.contents.borrow_mut()[at].0.extend(&content[..half]);
            self.step()?;
            self.contents.borrow_mut()[at].0.extend(&content[half..]);
            Ok(at)
        }

        fn sync(&self, written: usize) -> io::Result<()> {
            self.step()?;
            self.contents.borrow_mut()[written].1 = true;
            Ok(())
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.step()?;
            let at = self.names.borrow_mut().remove(from);
            let at = at.ok_or(io::ErrorKind::NotFound)?;
            self.names.borrow_mut().insert(to.to_owned(), at);
            Ok(())
        }

        fn sync_folder(&self, _: &Path) -> io::Result<()> {
            self.step()?;
            self.durable_names.replace(self.names.borrow().clone());
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{Crash, MemoryDisk};
    use super::*;

    #[test]
    fn after_a_crash_at_any_step_there_is_the_old_content_or_the_new_whole() {
        let path = Path::new("file");
        let (old, new) = (b"the old content".to_vec(), b"something new".to_vec());
        let cuts =
            (0..=16).flat_map(|sixteenths| [true, false].map(|names| Crash::PowerCut { sixteenths, names }));
        for crash in cuts.chain([Crash::Kill]) {
            for steps in 0..8 {
                let disk = MemoryDisk::default();
                replace_on(&disk, path, &old).unwrap();
                disk.steps_left.set(Some(steps));
                let done = replace_on(&disk, path, &new);
                disk.restart(crash);
                let found = disk.read(path).unwrap();
                assert!(found == old || found == new, "{crash:?} after {steps} steps");
                assert!(found == new || done.is_err(), "{crash:?} after {steps} steps");
                assert_eq!(done.is_ok(), steps >= 6);
            }
        }
    }

    #[test]
    fn a_file_is_replaced_on_the_disk_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        replace(&path, b"old").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        remove(&path).unwrap();
        remove(&path).unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_file_in_a_folder_that_was_never_made_is_removed_already() {
        let folder = tempfile::tempdir().unwrap();
        remove(&folder.path().join("never made").join("file")).unwrap();
        let file = folder.path().join("file");
        replace(&file, b"no folder").unwrap();
        assert!(
            remove(&file.join("within")).is_err(),
            "what cannot be looked at is not called removed"
        );
    }
}
