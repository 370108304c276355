//! From a phone that no municipality knows to one that is open: a code, keys, an invitation.

use super::doors::{Doors, Tried};
use super::folder::{self, Folder};
use super::session::{Session, User};
use super::start::{Life, lock};
use super::{Code, CodeFault, CodeKind, Phone, PhoneError, Stage};
use crate::sync::{SyncError, Transport, exchange};
use drempel_domain::id::{DeviceId, UserId};
use drempel_protocol::SYNCHRONISATIONS;
use drempel_protocol::enrolment::{Awaiting, Enrolled, EnrolmentAnswer};
use drempel_protocol::problem::Code as Problem;
use drempel_sealing::durable;
use drempel_sealing::secret::DatabaseKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who the phone is to the municipality: what it must know while locked. Beside the library, for whoever looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Enrolment {
    pub(super) device: DeviceId,
    pub(super) user: UserId,
}

/// How far an enrolment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolling {
    /// The phone is enrolled and open.
    Done(Enrolled),
    /// The administrator has not confirmed the phone yet: ask again.
    AwaitsConfirmation(Awaiting),
}

impl Phone {
    /// Whether a municipality answers at the other end.
    ///
    /// Asks as nobody, so that nothing is used up and nothing is fetched.
    ///
    /// # Errors
    /// [`SyncError`]: no connection, or somebody else answered.
    pub async fn find_municipality(&self, transport: &impl Transport) -> Result<(), SyncError> {
        let nothing = serde_json::Map::new();
        match exchange::<Value>(transport, SYNCHRONISATIONS, None, &nothing).await {
            Ok(_)
            | Err(SyncError::Refused {
                code: Problem::NotEnrolled,
                ..
            }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// What kind of code it is, when it can be chosen on this machine.
    ///
    /// # Errors
    /// [`CodeFault`], for its author to read.
    pub fn judge_code(&self, code: &Code) -> Result<CodeKind, CodeFault> {
        code.check(self.machine.hardware.is_hardware())
    }

    /// Whether a code was chosen since the app started, so that [`Phone::enrol`] can go on.
    pub fn is_code_chosen(&self) -> bool {
        matches!(&*lock(&self.life), Life::NotEnrolled(Some(_)))
    }

    /// Makes the phone's keys, and the door that this code opens; nothing was fetched before.
    ///
    /// When the app was killed on its way here, the same code goes on where it was; another one begins anew.
    ///
    /// # Errors
    /// [`PhoneError::WeakCode`], [`PhoneError::AlreadyEnrolled`], or what the machine cannot do.
    pub async fn choose_code(&self, code: &Code) -> Result<(), PhoneError> {
        let _alone = self.passage.lock().await;
        match self.stage() {
            Stage::NotEnrolled | Stage::Ended(_) => {}
            Stage::Locked | Stage::Open => return Err(PhoneError::AlreadyEnrolled),
        }
        self.judge_code(code)?;
        let begun = std::mem::replace(&mut *lock(&self.life), Life::NotEnrolled(None));
        if let Life::NotEnrolled(Some(session)) = begun {
            session.close().await?;
        }
        let (doors, key) = match self.go_on_with(code)? {
            Some(found) => found,
            None => self.begin_anew(code)?,
        };
        let session = Session::open(&self.folder, &self.machine, key)?;
        *lock(&self.doors) = Some(doors);
        *lock(&self.life) = Life::NotEnrolled(Some(session));
        Ok(())
    }

    /// The door that was made before the app was killed, when this code opens it.
    fn go_on_with(&self, code: &Code) -> Result<Option<(Doors, DatabaseKey)>, PhoneError> {
        let Ok(Some(mut doors)) = Doors::found(&self.folder, &self.machine) else {
            return Ok(None);
        };
        match doors.try_code(&self.machine, code)? {
            Tried::Opened(key) => Ok(Some((doors, key))),
            Tried::Wrong | Tried::TooEarly | Tried::TooMany => Ok(None),
        }
    }

    /// A new key and a new door. Nothing is behind an earlier one: nothing was fetched.
    fn begin_anew(&self, code: &Code) -> Result<(Doors, DatabaseKey), PhoneError> {
        durable::remove(&self.folder.ended())?;
        remove_readable(&self.folder)?;
        let key = DatabaseKey::generate(&mut self.machine.random()?);
        let doors = Doors::make(&self.folder, &self.machine, &key, code)?;
        Ok((doors, key))
    }

    /// Enrols the phone with the code of an invitation; then it is open.
    ///
    /// An answer that was lost, or a kill, costs nothing: the same invitation finds the same phone.
    ///
    /// # Errors
    /// [`PhoneError::NoCodeChosen`]; [`PhoneError::Sync`] with `code_not_valid` for an invitation that is wrong, used
    /// or expired: another one can be tried then.
    pub async fn enrol(
        &self,
        transport: &impl Transport,
        invitation: &str,
        platform: &str,
    ) -> Result<Enrolling, PhoneError> {
        let _alone = self.passage.lock().await;
        let answer = {
            let user = self.enter_to_enrol()?;
            user.enrol(transport, invitation, platform).await?
        };
        let answer = match answer {
            EnrolmentAnswer::Enrolled(answer) => answer,
            EnrolmentAnswer::AwaitsConfirmation(awaiting) => {
                return Ok(Enrolling::AwaitsConfirmation(awaiting));
            }
        };
        let enrolment = Enrolment {
            device: answer.device,
            user: answer.user,
        };
        folder::keep(&self.folder.enrolment(), &enrolment)?;
        self.open_what_was_begun();
        Ok(Enrolling::Done(answer))
    }

    fn enter_to_enrol(&self) -> Result<User, PhoneError> {
        match &*lock(&self.life) {
            Life::NotEnrolled(Some(session)) => Ok(session.enter()),
            Life::NotEnrolled(None) | Life::Ended(_) => Err(PhoneError::NoCodeChosen),
            Life::Locked | Life::Open(_) => Err(PhoneError::AlreadyEnrolled),
        }
    }

    fn open_what_was_begun(&self) {
        let mut life = lock(&self.life);
        *life = match std::mem::replace(&mut *life, Life::Locked) {
            Life::NotEnrolled(Some(session)) => Life::Open(session),
            other => other,
        };
    }

    /// Who the phone is to the municipality; nothing before it is enrolled.
    pub(super) fn enrolment(&self) -> Result<Option<Enrolment>, PhoneError> {
        folder::kept(&self.folder.enrolment(), "enrolment")
    }
}

/// Takes away everything that a key could read.
pub(super) fn remove_readable(folder: &Folder) -> Result<(), PhoneError> {
    for file in folder.readable() {
        durable::remove(&file)?;
    }
    Ok(())
}
