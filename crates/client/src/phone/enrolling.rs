//! From a phone that no municipality knows to one that is open: a code, keys, an invitation.

use super::auto_lock::AutoLock;
use super::doors::{Doors, Tried};
use super::folder::{self, Folder};
use super::sealed_work::{Enrolment, SealedWork};
use super::session::{Session, User};
use super::start::{Life, lock};
use super::{Code, CodeFault, CodeKind, Phone, PhoneError, Stage};
use crate::Client;
use crate::sync::{SyncError, Transport, exchange};
use drempel_domain::rules::retention::Terms;
use drempel_domain::time::Moment;
use drempel_protocol::SYNCHRONISATIONS;
use drempel_protocol::enrolment::{Enrolled, EnrolmentAnswer};
use drempel_protocol::problem::Code as Problem;
use drempel_sealing::durable;
use drempel_sealing::lease::LeaseWatch;
use drempel_sealing::secret::DatabaseKey;
use serde_json::Value;

/// How far an enrolment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolling {
    /// The phone is enrolled and open.
    Done(Enrolled),
    /// The administrator has not confirmed the phone yet: show this, and ask again every few seconds.
    AwaitsConfirmation {
        /// Six groups of four digits, which the administrator sees as well.
        fingerprint: String,
        /// When the invitation ends, on the server's clock.
        expires_at: Moment,
    },
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
            Stage::Locked | Stage::ReadLocked | Stage::Open => return Err(PhoneError::AlreadyEnrolled),
        }
        self.judge_code(code)?;
        let begun = std::mem::replace(&mut *lock(&self.life), Life::NotEnrolled(None));
        if let Life::NotEnrolled(Some(session)) = begun {
            session.close(|_| Ok(())).await?;
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
        let user = self.enter_to_enrol()?;
        let enrolled = match user.enrolled()? {
            // A kill came between the answer and what follows from it.
            Some(enrolled) => enrolled,
            None => match user.enrol(transport, invitation, platform).await? {
                EnrolmentAnswer::Enrolled(enrolled) => enrolled,
                EnrolmentAnswer::AwaitsConfirmation(awaiting) => {
                    return Ok(Enrolling::AwaitsConfirmation {
                        fingerprint: user.fingerprint()?,
                        expires_at: Moment::from_millis(awaiting.expires_at),
                    });
                }
            },
        };
        self.become_enrolled(&user, &enrolled)?;
        drop(user);
        self.open_what_was_begun()?;
        Ok(Enrolling::Done(enrolled))
    }

    /// Keeps what a locked phone must know, and makes the files for sealed work.
    fn become_enrolled(&self, client: &Client, enrolled: &Enrolled) -> Result<(), PhoneError> {
        let enrolment = Enrolment {
            device: enrolled.device,
            lock: enrolled.lock,
            user: enrolled.user,
            personal: enrolled.personal,
            regime: None,
            capture_key: client
                .capture_key()?
                .public()
                .map_err(|_| PhoneError::Unreadable("capture key"))?,
            deposit_token: client.deposit_token()?.to_string(),
            keys: enrolled.keys.clone(),
            note_days: Terms::default().quick_note_days,
        };
        let work = SealedWork::make(&self.folder.sealed(), enrolment)?;
        let lease = client.checked_lease(&enrolled.lease)?;
        self.begin_lease(LeaseWatch::begin(lease, self.machine.counting_clocks()))?;
        *lock(&self.sealed) = Some(work);
        // Last: from now on the phone is enrolled, whatever happens.
        folder::keep(&self.folder.present(), &enrolled.device)
    }

    fn enter_to_enrol(&self) -> Result<User, PhoneError> {
        match &*lock(&self.life) {
            Life::NotEnrolled(Some(session)) => session.enter(),
            Life::NotEnrolled(None) | Life::Ended(_) => Err(PhoneError::NoCodeChosen),
            Life::Locked | Life::ReadLocked(_) | Life::Open(_) => Err(PhoneError::AlreadyEnrolled),
        }
    }

    fn open_what_was_begun(&self) -> Result<(), PhoneError> {
        *lock(&self.auto_lock) = AutoLock::begin(self.machine.counting_clocks());
        let mut life = lock(&self.life);
        *life = match std::mem::replace(&mut *life, Life::Locked) {
            Life::NotEnrolled(Some(session)) => {
                self.prepare_library(&session)?;
                Life::Open(session)
            }
            other => other,
        };
        Ok(())
    }
}

/// Takes away everything that a key could read.
pub(super) fn remove_readable(folder: &Folder) -> Result<(), PhoneError> {
    for file in folder.readable() {
        durable::remove(&file)?;
    }
    match std::fs::remove_dir_all(folder.drafts()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
