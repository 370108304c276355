//! From locked to open: a code or fingers, and what becomes of wrong ones.

use super::auto_lock::AutoLock;
use super::doors::{Doors, Tried};
use super::outbox_sealing::{seal_in_the_background, seal_what_waits};
use super::session::Session;
use super::start::{Life, lock};
use super::{Code, CodeKind, Ending, HardwareError, LockView, Phone, PhoneError, Stage};
use drempel_sealing::secret::DatabaseKey;
use drempel_sealing::slot::{BiometricError, SlotError};
use drempel_sealing::tries::Next;
use std::sync::Arc;

/// The fewest digits of a code where hardware answers each guess, and where only a file does.
const LEAST_DIGITS: (usize, usize) = (6, 8);

/// What became of a try to unlock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlocking {
    /// The phone is open.
    Open,
    /// The code was right, and the lease is over: the municipality must be reached first.
    ReadLocked,
    /// The code is wrong.
    Wrong,
    /// It is too early for a try; none was counted.
    TooEarly,
    /// The person was not recognised, or cancelled.
    NotRecognised,
    /// What could be read is gone.
    Ended(Ending),
}

impl Phone {
    /// Tries a code. The try is on the disk before the code is checked.
    ///
    /// # Errors
    /// [`PhoneError::NotEnrolled`]; or what the machine or the disk cannot do now.
    pub async fn unlock(&self, code: &Code) -> Result<Unlocking, PhoneError> {
        let _alone = self.passage.lock().await;
        if let Some(answered) = self.answered_without_a_try()? {
            return Ok(answered);
        }
        let tried = match &mut *lock(&self.doors) {
            Some(doors) => doors.try_code(&self.machine, code)?,
            None => return Err(PhoneError::NotEnrolled),
        };
        match tried {
            Tried::Opened(key) => self.open_with(key).await,
            Tried::Wrong => Ok(Unlocking::Wrong),
            Tried::TooEarly => Ok(Unlocking::TooEarly),
            Tried::TooMany => self.end_while_unlocking(Ending::TooManyTries),
        }
    }

    /// Asks for fingers or a face.
    ///
    /// # Errors
    /// [`PhoneError::NoBiometrics`] where the machine has none; as [`Phone::unlock`].
    pub async fn unlock_with_biometrics(&self) -> Result<Unlocking, PhoneError> {
        let _alone = self.passage.lock().await;
        if let Some(answered) = self.answered_without_a_try()? {
            return Ok(answered);
        }
        let tried = match &mut *lock(&self.doors) {
            Some(doors) => doors.try_biometrics(&self.machine),
            None => Err(PhoneError::NoBiometrics),
        };
        match tried {
            Ok(key) => self.open_with(key).await,
            Err(PhoneError::Slot(SlotError::Biometric(BiometricError::NotRecognised))) => {
                Ok(Unlocking::NotRecognised)
            }
            Err(PhoneError::Slot(SlotError::NoBiometrics)) => Err(PhoneError::NoBiometrics),
            Err(error) => Err(error),
        }
    }

    /// What can be said before anything is tried: it is open, it has ended, or the machine's key is gone for good.
    fn answered_without_a_try(&self) -> Result<Option<Unlocking>, PhoneError> {
        match self.stage() {
            Stage::NotEnrolled => return Err(PhoneError::NotEnrolled),
            Stage::Open => return Ok(Some(Unlocking::Open)),
            Stage::ReadLocked => return Ok(Some(Unlocking::ReadLocked)),
            Stage::Ended(ending) => return Ok(Some(Unlocking::Ended(ending))),
            Stage::Locked => {}
        }
        match self.machine.hardware.answers() {
            Ok(()) => Ok(None),
            Err(HardwareError::Lost) => self.end_while_unlocking(Ending::KeyLost).map(Some),
            Err(error) => Err(error.into()),
        }
    }

    fn end_while_unlocking(&self, ending: Ending) -> Result<Unlocking, PhoneError> {
        self.end(ending)?;
        Ok(Unlocking::Ended(ending))
    }

    async fn open_with(&self, key: DatabaseKey) -> Result<Unlocking, PhoneError> {
        let session = Session::open(&self.folder, &self.machine, key)?;
        self.prepare_library(&session)?;
        *lock(&self.auto_lock) = AutoLock::begin(self.machine.counting_clocks());
        // Nobody reads before the lease was looked at.
        *lock(&self.life) = Life::ReadLocked(session);
        self.heed_lease().await?;
        Ok(match self.stage() {
            Stage::Open => Unlocking::Open,
            Stage::Ended(ending) => Unlocking::Ended(ending),
            Stage::NotEnrolled | Stage::Locked | Stage::ReadLocked => Unlocking::ReadLocked,
        })
    }

    /// Takes in what was set aside, seals what is not sealed, and drops what is past its term.
    ///
    /// A person whose disk is full gets in all the same: what could not be done waits for the next time.
    pub(super) fn prepare_library(&self, session: &Session) -> Result<(), PhoneError> {
        let user = session.enter()?;
        if let Err(error) = self.take_in_what_was_set_aside(&user) {
            tracing::warn!(%error, "what was recorded while locked waits for the next unlocking");
        }
        if let Err(error) = seal_what_waits(&user, &self.sealed, &self.machine) {
            tracing::warn!(%error, "what waits could not be sealed yet");
        }
        if let Some(Err(error)) = self.least_time().map(|now| user.age(now)) {
            tracing::warn!(%error, "what is past its term could not be dropped yet");
        }
        let sealed = Arc::downgrade(&self.sealed);
        let sealer = seal_in_the_background(&user, session.entrance(), sealed, self.machine.clone())?;
        *lock(&self.sealer) = Some(sealer);
        Ok(())
    }

    /// Everything that a lock screen may know; nothing where there is no lock.
    ///
    /// # Errors
    /// [`PhoneError::Tries`] when the count of tries cannot be kept.
    pub fn lock_view(&self) -> Result<Option<LockView>, PhoneError> {
        let mut doors = lock(&self.doors);
        let Some(doors) = doors.as_mut() else {
            return Ok(None);
        };
        let (left, wait) = match doors.next(&self.machine)? {
            Next::Allowed { left } => (left, 0),
            Next::Wait { millis, left } => (left, millis),
            Next::Wipe => (0, 0),
        };
        Ok(Some(LockView {
            code: doors.slots().code_kind(),
            least_digits: self.least_digits(),
            biometric: self.machine.biometrics.is_some() && doors.slots().has_biometrics(),
            wrong: doors.failed(),
            left,
            wait,
        }))
    }

    /// The fewest digits that a code has on this machine.
    pub fn least_digits(&self) -> usize {
        let (with_hardware, without) = LEAST_DIGITS;
        if self.machine.hardware.is_hardware() {
            with_hardware
        } else {
            without
        }
    }

    /// Whether the code is digits or a passphrase; nothing where there is no lock.
    pub fn code_kind(&self) -> Option<CodeKind> {
        lock(&self.doors).as_ref().map(|doors| doors.slots().code_kind())
    }

    /// Puts another code in the place of the old one, which is tried as any other.
    ///
    /// # Errors
    /// [`PhoneError::Locked`], [`PhoneError::WrongCode`] when the old code is wrong or may not be tried now,
    /// [`PhoneError::WeakCode`]; the old code then still opens.
    pub async fn change_code(&self, old: &Code, new: &Code) -> Result<(), PhoneError> {
        let _alone = self.passage.lock().await;
        self.judge_code(new)?;
        match self.with_doors(|doors, _| doors.try_code(&self.machine, old))? {
            Tried::Opened(key) => self.with_doors(|doors, _| doors.change_code(&self.machine, &key, new)),
            Tried::Wrong | Tried::TooEarly => Err(PhoneError::WrongCode),
            Tried::TooMany => {
                self.close_the_library().await?;
                self.end(Ending::TooManyTries)?;
                Err(PhoneError::WrongCode)
            }
        }
    }

    /// Whether fingers or a face unlock this phone; nothing where the device has none that could.
    pub fn biometrics(&self) -> Option<bool> {
        let biometrics = self.machine.biometrics.as_ref()?;
        let open = lock(&self.doors)
            .as_ref()
            .is_some_and(|doors| doors.slots().has_biometrics());
        (open || biometrics.is_available()).then_some(open)
    }

    /// Lets fingers or a face unlock as well.
    ///
    /// # Errors
    /// [`PhoneError::Locked`], [`PhoneError::NoBiometrics`], or that nobody was recognised.
    pub async fn add_biometrics(&self) -> Result<(), PhoneError> {
        let _alone = self.passage.lock().await;
        self.with_doors(|doors, key| doors.add_biometrics(&self.machine, key))
    }

    /// Leaves the code as the only way to unlock.
    ///
    /// # Errors
    /// [`PhoneError::Locked`], [`PhoneError::Disk`].
    pub async fn remove_biometrics(&self) -> Result<(), PhoneError> {
        let _alone = self.passage.lock().await;
        self.with_doors(|doors, _| doors.remove_biometrics())
    }

    /// Does something with the doors of an open phone and its key.
    fn with_doors<T>(
        &self,
        work: impl FnOnce(&mut Doors, &DatabaseKey) -> Result<T, PhoneError>,
    ) -> Result<T, PhoneError> {
        match (&*lock(&self.life), &mut *lock(&self.doors)) {
            (Life::Open(session), Some(doors)) => work(doors, session.key()),
            _ => Err(PhoneError::Locked),
        }
    }
}
