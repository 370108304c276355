//! A phone as a shell holds it: what it is when the app starts, and in which stage it is now.

use super::auto_lock::AutoLock;
use super::delivering::Left;
use super::doors::Doors;
use super::folder::{self, Folder};
use super::lease::LeaseKeeper;
use super::outbox_sealing::Shared;
use super::sealed_work::SealedWork;
use super::session::{Session, User};
use super::{Ending, Machine, PhoneError, Stage};
use crate::Client;
use drempel_domain::id::DeviceId;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// The whole app on one phone. Share it among all that a shell does.
pub struct Phone {
    pub(super) folder: Folder,
    pub(super) machine: Machine,
    pub(super) life: Mutex<Life>,
    pub(super) doors: Mutex<Option<Doors>>,
    pub(super) auto_lock: Mutex<AutoLock>,
    pub(super) lease: Mutex<Option<LeaseKeeper>>,
    /// The sealed work of the present enrolment.
    pub(super) sealed: Shared,
    /// Seals what is saved while the library is open.
    pub(super) sealer: Mutex<Option<JoinHandle<()>>>,
    /// What earlier enrolments left behind.
    pub(super) left: Mutex<Left>,
    /// Held while sealed work is handed in.
    pub(super) delivering: tokio::sync::Mutex<()>,
    /// Held while the phone goes from one stage to another.
    pub(super) passage: tokio::sync::Mutex<()>,
}

/// In which stage a phone is, with what there is in it. A locked phone has no library.
pub(super) enum Life {
    /// No municipality knows it; once a code is chosen there is an empty library.
    NotEnrolled(Option<Session>),
    Locked,
    /// The library is there to reach the municipality with, and for nothing else.
    ReadLocked(Session),
    Open(Session),
    Ended(Ending),
}

impl Life {
    pub(super) fn is_enrolled(&self) -> bool {
        matches!(self, Life::Locked | Life::ReadLocked(_) | Life::Open(_))
    }
}

impl Phone {
    /// The app whose files are in that folder. One process at a time may have it.
    ///
    /// What a kill left half done is finished: a phone that was being wiped is wiped when this returns. One of which the
    /// way to the key is gone or damaged has ended, and hands in what lies sealed.
    ///
    /// # Errors
    /// [`PhoneError::Disk`] when the folder cannot be used, [`PhoneError::Unreadable`] for a file that is damaged or of
    /// a newer version.
    pub fn start(folder: &Path, machine: Machine) -> Result<Self, PhoneError> {
        let folder = Folder::at(folder)?;
        let auto_lock = Mutex::new(AutoLock::begin(machine.counting_clocks()));
        let phone = Self {
            folder,
            machine,
            life: Mutex::new(Life::NotEnrolled(None)),
            doors: Mutex::new(None),
            auto_lock,
            lease: Mutex::new(None),
            sealed: Arc::new(Mutex::new(None)),
            sealer: Mutex::new(None),
            left: Mutex::default(),
            delivering: tokio::sync::Mutex::default(),
            passage: tokio::sync::Mutex::default(),
        };
        phone.go_on()?;
        Ok(phone)
    }

    /// Takes up what the files say.
    fn go_on(&self) -> Result<(), PhoneError> {
        self.count_what_was_left()?;
        if let Some(ending) = folder::kept(&self.folder.ended(), "ended")? {
            return self.end(ending);
        }
        let Some(device) = folder::kept::<DeviceId>(&self.folder.present(), "present")? else {
            return Ok(());
        };
        match SealedWork::of(&self.folder.sealed(), device) {
            Ok(work) => *lock(&self.sealed) = Some(work),
            // The library is whole: its owner must get in, and can synchronise.
            Err(error) => {
                tracing::error!(%error, "sealed work cannot be read: nothing can be recorded while locked")
            }
        }
        *lock(&self.lease) = Some(LeaseKeeper::found(&self.folder)?);
        let Some(doors) = self.doors_found()? else {
            return self.end(Ending::KeyLost);
        };
        *lock(&self.doors) = Some(doors);
        *lock(&self.life) = Life::Locked;
        Ok(())
    }

    /// The doors to the library; nothing where they are gone, damaged, or were made cheap to try. Nobody gets at the key
    /// of the library any more then, and what lies sealed must not wait for it.
    fn doors_found(&self) -> Result<Option<Doors>, PhoneError> {
        match Doors::found(&self.folder, &self.machine) {
            Err(error) if error.is_damage() => {
                tracing::error!(%error, "the doors to the library are damaged");
                Ok(None)
            }
            found => found,
        }
    }

    /// In which stage the phone is.
    pub fn stage(&self) -> Stage {
        match &*lock(&self.life) {
            Life::NotEnrolled(_) => Stage::NotEnrolled,
            Life::Locked => Stage::Locked,
            Life::ReadLocked(_) => Stage::ReadLocked,
            Life::Open(_) => Stage::Open,
            Life::Ended(ending) => Stage::Ended(*ending),
        }
    }

    /// Does something with the library of an open phone. Locking waits until `work` returns.
    ///
    /// # Errors
    /// [`PhoneError::Locked`] in every other stage, [`PhoneError::ReadLocked`] when the lease is over.
    pub fn with_open<T>(&self, work: impl FnOnce(&Client) -> T) -> Result<T, PhoneError> {
        let user = self.enter()?;
        Ok(work(&user))
    }

    /// Begins to use the library of an open phone.
    fn enter(&self) -> Result<User, PhoneError> {
        match &*lock(&self.life) {
            Life::Open(session) => session.enter(),
            Life::ReadLocked(_) => Err(PhoneError::ReadLocked),
            Life::NotEnrolled(_) | Life::Locked | Life::Ended(_) => Err(PhoneError::Locked),
        }
    }

    /// Begins to use the library to reach the municipality, which the end of a lease does not forbid.
    pub(super) fn enter_for_contact(&self) -> Result<User, PhoneError> {
        match &*lock(&self.life) {
            Life::Open(session) | Life::ReadLocked(session) => session.enter(),
            Life::NotEnrolled(_) | Life::Locked | Life::Ended(_) => Err(PhoneError::Locked),
        }
    }

    pub(super) fn is_library_open(&self) -> bool {
        matches!(&*lock(&self.life), Life::Open(_) | Life::ReadLocked(_))
    }
}

impl Drop for Phone {
    /// Lets go of every file, so that the app can be started again in this process.
    fn drop(&mut self) {
        *lock(&self.life) = Life::Locked;
        if let Some(sealer) = lock(&self.sealer).take() {
            let _ = sealer.join();
        }
    }
}

/// What a panic left behind a lock is whole: each change of it is one assignment.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
