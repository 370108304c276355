//! The count of tries in its file, always written before it is acted on.

use super::{Next, Tries};
use crate::durable::{self, Disk, RealDisk};
use drempel_domain::time::Clocks;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The count of tries, as its file has it. Keep one for the whole process: two would not see each other's tries.
#[derive(Debug)]
pub struct TryCounter {
    path: PathBuf,
    tries: Tries,
}

/// One try that was counted: the right to check one code once.
#[derive(Debug)]
#[must_use = "the try is counted: use it to open the slot"]
pub struct Attempt(());

/// A try that succeeded: the right to begin counting from nothing.
#[derive(Debug)]
#[must_use = "the try is counted as failed until this resets the counter"]
pub struct Passed(());

impl Attempt {
    /// What remains of an attempt whose code was right.
    pub(crate) fn passed(self) -> Passed {
        Passed(())
    }

    /// An attempt out of thin air, for tests of what needs one.
    #[cfg(test)]
    pub(crate) fn for_a_test() -> Self {
        Self(())
    }
}

/// A try cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum TriesError {
    /// The count cannot be written, so nothing may be checked: a full disk, a read-only folder.
    #[error("the count of tries cannot be written, so no code is checked")]
    Disk(#[from] io::Error),
    /// No try is allowed now; [`TryCounter::next`] says what is.
    #[error("no try is allowed now")]
    NotAllowed,
}

impl TryCounter {
    /// Begins counting, for a slot that was just made.
    ///
    /// # Errors
    /// [`TriesError::Disk`].
    pub fn create(path: &Path, clocks: Clocks) -> Result<Self, TriesError> {
        let tries = Tries::none(clocks);
        store(&RealDisk, path, tries)?;
        Ok(Self {
            path: path.to_owned(),
            tries,
        })
    }

    /// Reads the count for a slot that exists. A count that is missing or damaged leaves one try after the longest
    /// wait, so that deleting the file gains nothing.
    ///
    /// # Errors
    /// [`TriesError::Disk`] when the file is there and cannot be read.
    pub fn open(path: &Path, clocks: Clocks) -> Result<Self, TriesError> {
        let found = match fs::read(path) {
            Ok(bytes) => Tries::from_bytes(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        if let Some(tries) = found {
            durable::settle(path)?;
            return Ok(Self {
                path: path.to_owned(),
                tries,
            });
        }
        let tries = Tries::unreadable(clocks);
        store(&RealDisk, path, tries)?;
        Ok(Self {
            path: path.to_owned(),
            tries,
        })
    }

    /// Tries that failed or never ended.
    pub fn failed(&self) -> u8 {
        self.tries.failed()
    }

    /// What to do now. The first look after a restart of the system begins the wait anew, and writes that down.
    ///
    /// # Errors
    /// [`TriesError::Disk`].
    pub fn next(&mut self, clocks: &Clocks) -> Result<Next, TriesError> {
        if let Some(anew) = self.tries.after_restart(*clocks) {
            self.write(anew)?;
        }
        Ok(self.tries.next(clocks))
    }

    /// Counts one more try and makes that durable; only then may a code be checked.
    ///
    /// # Errors
    /// [`TriesError::NotAllowed`], and [`TriesError::Disk`] when the count cannot be written: then nothing may be
    /// checked.
    pub fn begin(&mut self, clocks: &Clocks) -> Result<Attempt, TriesError> {
        match self.next(clocks)? {
            Next::Allowed { .. } => {
                self.write(self.tries.with_one_more(*clocks))?;
                Ok(Attempt(()))
            }
            Next::Wait { .. } | Next::Wipe => Err(TriesError::NotAllowed),
        }
    }

    /// Begins counting from nothing, after a code that was right.
    ///
    /// # Errors
    /// [`TriesError::Disk`]: the try then stays counted, and the user is unlocked all the same.
    pub fn reset(&mut self, passed: Passed, clocks: Clocks) -> Result<(), TriesError> {
        let Passed(()) = passed;
        self.write(Tries::none(clocks))
    }

    fn write(&mut self, tries: Tries) -> Result<(), TriesError> {
        store(&RealDisk, &self.path, tries)?;
        self.tries = tries;
        Ok(())
    }
}

fn store(disk: &impl Disk, path: &Path, tries: Tries) -> Result<(), TriesError> {
    let bytes = tries.to_bytes().map_err(io::Error::from)?;
    Ok(durable::replace_on(disk, path, &bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::durable::testing::{Crash, MemoryDisk};
    use crate::tries::MOST;
    use drempel_domain::id::BootId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(mono: i64) -> Clocks {
        Clocks {
            wall: 0,
            boot: Some(BootId::new(Uuid::from_u128(1))),
            mono: Some(mono),
        }
    }

    #[test]
    fn a_try_is_in_the_file_before_it_can_be_made_and_a_right_code_resets_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tries");
        let mut counter = TryCounter::create(&path, at(0)).unwrap();
        let attempt = counter.begin(&at(0)).unwrap();
        assert_eq!(TryCounter::open(&path, at(0)).unwrap().failed(), 1);
        counter.reset(attempt.passed(), at(0)).unwrap();
        assert_eq!(TryCounter::open(&path, at(0)).unwrap().failed(), 0);
    }

    #[test]
    fn the_tenth_failed_try_wipes_however_long_one_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tries");
        let mut counter = TryCounter::create(&path, at(0)).unwrap();
        let mut mono = 0;
        for _ in 0..MOST {
            if let Next::Wait { millis, .. } = counter.next(&at(mono)).unwrap() {
                let early = counter.begin(&at(mono + millis - 1));
                assert!(matches!(early, Err(TriesError::NotAllowed)));
                mono += millis;
            }
            let _failed = counter.begin(&at(mono)).unwrap();
        }
        assert_eq!(counter.next(&at(i64::MAX)).unwrap(), Next::Wipe);
        assert!(matches!(
            counter.begin(&at(i64::MAX)),
            Err(TriesError::NotAllowed)
        ));
    }

    #[test]
    fn deleting_or_spoiling_the_file_leaves_one_try_after_the_longest_wait() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tries");
        for spoil in [None, Some(&b""[..]), Some(b"{\"failed\":0}\n")] {
            TryCounter::create(&path, at(0)).unwrap();
            match spoil {
                None => fs::remove_file(&path).unwrap(),
                Some(bytes) => fs::write(&path, bytes).unwrap(),
            }
            let mut counter = TryCounter::open(&path, at(5)).unwrap();
            assert_eq!(counter.failed(), MOST - 1);
            assert!(matches!(
                counter.next(&at(5)).unwrap(),
                Next::Wait {
                    millis: 3_600_000,
                    left: 1
                }
            ));
            assert_eq!(TryCounter::open(&path, at(9)).unwrap().failed(), MOST - 1);
        }
    }

    #[test]
    fn where_the_count_cannot_be_written_no_try_can_be_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tries");
        let mut counter = TryCounter::create(&path, at(0)).unwrap();
        drop(folder);
        assert!(matches!(counter.begin(&at(0)), Err(TriesError::Disk(_))));
        assert_eq!(counter.failed(), 0);
    }

    #[test]
    fn a_restart_in_the_middle_of_a_wait_is_written_down() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tries");
        let mut counter = TryCounter::create(&path, at(0)).unwrap();
        for _ in 0..3 {
            let _failed = counter.begin(&at(0)).unwrap();
        }
        let restarted = |mono| Clocks {
            boot: Some(BootId::new(Uuid::from_u128(2))),
            ..at(mono)
        };
        let waits = Next::Wait {
            millis: 30_000,
            left: 7,
        };
        assert_eq!(counter.next(&restarted(90_000)).unwrap(), waits);
        let mut again = TryCounter::open(&path, restarted(120_000)).unwrap();
        assert_eq!(
            again.next(&restarted(120_000)).unwrap(),
            Next::Allowed { left: 7 }
        );
    }

    fn crashes() -> impl Strategy<Value = (usize, Crash)> {
        let crash = prop_oneof![
            Just(Crash::Kill),
            (0usize..=16, any::<bool>())
                .prop_map(|(sixteenths, names)| Crash::PowerCut { sixteenths, names }),
        ];
        (0usize..8, crash)
    }

    proptest! {
        #[test]
        fn no_crash_at_any_step_of_any_write_lowers_the_count(crashes in prop::collection::vec(crashes(), 1..12)) {
            let (disk, path) = (MemoryDisk::default(), Path::new("tries"));
            store(&disk, path, Tries::none(at(0))).unwrap();
            let opened = || {
                durable::settle_on(&disk, path).unwrap();
                Tries::from_bytes(&disk.read(path).unwrap()).unwrap()
            };
            let mut checked = 0;
            for (steps, crash) in crashes {
                let before = opened();
                disk.steps_left.set(Some(steps));
                // A code is checked only when the count was stored.
                if store(&disk, path, before.with_one_more(at(0))).is_ok() {
                    checked += 1;
                }
                disk.restart(crash);
                let after = opened();
                prop_assert!(after.failed() >= before.failed());
                prop_assert!(after.failed() >= checked);
            }
        }
    }
}
