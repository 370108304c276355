//! What lies sealed beside the library: captures, outbox, and who the phone is while it is locked.

use super::PhoneError;
use super::folder;
use super::machine::is_long_ago;
use drempel_domain::id::{DeviceId, SpaceId, UserId};
use drempel_domain::space::Regime;
use drempel_domain::sync_log::Seq;
use drempel_domain::time::{Clocks, HOUR};
use drempel_protocol::keys::ServerKeys;
use drempel_sealing::capture::{Captures, Recipients};
use drempel_sealing::durable;
use drempel_sealing::keys::PublicKey;
use drempel_sealing::outbox::{FileError, Outbox};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Milliseconds of running time for which what the server said of sealed work is relied on.
const REMEMBERED: i64 = HOUR;

/// Milliseconds of running time after which a locked phone asks whether it still has access.
const ASKED_EVERY: i64 = HOUR;

/// What a phone must know of its enrolment while it is locked. Nothing in it opens or tells anything about others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Enrolment {
    /// The device number of the library.
    pub(super) device: DeviceId,
    /// The device number of the lock.
    pub(super) lock: DeviceId,
    /// The person, as an identifier.
    pub(super) user: UserId,
    /// The person's own space.
    pub(super) personal: Option<SpaceId>,
    /// Its regime; absent before the first synchronisation.
    #[serde(default)]
    pub(super) regime: Option<Regime>,
    /// The public half of the key to which captures are sealed.
    pub(super) capture_key: PublicKey,
    /// The token that hands in sealed work and does nothing else.
    pub(super) deposit_token: String,
    /// The server's public keys.
    pub(super) keys: ServerKeys,
    /// Days for which an unprocessed note is kept.
    pub(super) note_days: u32,
}

impl Enrolment {
    /// The server's key to which work is sealed.
    pub(super) fn server_key(&self) -> Result<PublicKey, PhoneError> {
        serde_json::from_value(self.keys.sealing.clone().into())
            .map_err(|_| PhoneError::Unreadable("enrolment"))
    }

    /// For whom captures are sealed.
    pub(super) fn recipients(&self) -> Result<Recipients, PhoneError> {
        Ok(Recipients {
            device: self.capture_key,
            server: self.server_key()?,
        })
    }
}

/// The sealed work of one enrolment, open for one writer.
pub(super) struct SealedWork {
    folder: PathBuf,
    enrolment: Enrolment,
    pub(super) outbox: Outbox,
    /// Absent where the person has no space of their own.
    pub(super) captures: Option<Captures>,
    /// How far the server has said to be of late, so that little is sent twice.
    pub(super) received: BTreeMap<(DeviceId, SpaceId), Seq>,
    /// Since when that is remembered.
    remembers_since: Option<Clocks>,
    /// When the server last answered with the deposit token.
    answered: Option<Clocks>,
}

impl SealedWork {
    /// Makes the files of an enrolment, or goes on with those that a kill left behind.
    pub(super) fn make(all: &Path, enrolment: Enrolment) -> Result<Self, PhoneError> {
        let folder = folder_of(all, enrolment.device);
        folder::make_durably(&folder)?;
        made(Outbox::create(&folder.join("outbox"), enrolment.device))?;
        if let Some(personal) = enrolment.personal {
            made(Captures::create(
                &folder.join("captures"),
                enrolment.lock,
                personal,
            ))?;
        }
        // Last: whoever finds it finds the others.
        folder::keep(&folder.join("enrolment"), &enrolment)?;
        Self::open(folder)
    }

    /// Has what was set aside go on under another device number of the library, with the lock's own as it was.
    pub(super) fn take_captures_along(all: &Path, from: DeviceId, to: DeviceId) -> Result<(), PhoneError> {
        let (from, to) = (folder_of(all, from), folder_of(all, to));
        folder::make_durably(&to)?;
        if let Some(captures) = folder::bytes(&from.join("captures"))? {
            durable::replace(&to.join("captures"), &captures)?;
        }
        Ok(())
    }

    /// What is in the outbox lies sealed elsewhere: only what was set aside is still to be handed in.
    pub(super) fn keep_only_captures(mut self) -> Result<Option<Self>, PhoneError> {
        while let Some(entry) = self.outbox.entries(None, 1)?.first() {
            self.outbox.drop_through(entry.name().space, Seq(u64::MAX))?;
        }
        if self.set_aside() == 0 {
            self.remove()?;
            return Ok(None);
        }
        self.outbox.close()?;
        Ok(Some(self))
    }

    /// Opens the files of the enrolment with that device number.
    pub(super) fn of(all: &Path, device: DeviceId) -> Result<Self, PhoneError> {
        Self::open(folder_of(all, device))
    }

    fn open(folder: PathBuf) -> Result<Self, PhoneError> {
        let enrolment: Option<Enrolment> = folder::kept(&folder.join("enrolment"), "enrolment")?;
        let captures = match Captures::open(&folder.join("captures")) {
            Ok(captures) => Some(captures),
            Err(FileError::Disk(error)) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        let enrolment = enrolment.ok_or(PhoneError::Unreadable("enrolment"))?;
        let outbox = match Outbox::open(&folder.join("outbox")) {
            // What is in the library is sealed again at the next unlocking; what is in the file stays beside it.
            Err(FileError::Foreign) => {
                fs::rename(folder.join("outbox"), folder.join("outbox.damaged"))?;
                Outbox::create(&folder.join("outbox"), enrolment.device)?
            }
            opened => opened?,
        };
        Ok(Self {
            enrolment,
            outbox,
            captures,
            received: BTreeMap::new(),
            remembers_since: None,
            answered: None,
            folder,
        })
    }

    /// Every enrolment of this phone whose sealed work was not handed in yet, but for the present one.
    pub(super) fn left_behind(all: &Path, present: Option<DeviceId>) -> Result<Vec<Self>, PhoneError> {
        let entries = match fs::read_dir(all) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut left = Vec::new();
        for entry in entries {
            let folder = entry?.path();
            let is_present = present.is_some_and(|device| folder == folder_of(all, device));
            // A folder without that file was never finished: nothing was ever sealed in it.
            if is_present || !folder.join("enrolment").exists() {
                continue;
            }
            // One that is not closed belongs to an enrolment that a kill came in between, and that goes on.
            match Self::open(folder) {
                Ok(work) if work.outbox.is_closed() => left.push(work),
                Ok(_) => {}
                // It must not keep the others, or the phone, from going on.
                Err(error) => tracing::warn!(%error, "sealed work of an earlier enrolment cannot be read"),
            }
        }
        Ok(left)
    }

    pub(super) fn enrolment(&self) -> &Enrolment {
        &self.enrolment
    }

    /// Knows something else of the enrolment from now on.
    pub(super) fn learn(&mut self, change: impl FnOnce(&mut Enrolment)) -> Result<(), PhoneError> {
        let mut learnt = self.enrolment.clone();
        change(&mut learnt);
        if learnt != self.enrolment {
            folder::keep(&self.folder.join("enrolment"), &learnt)?;
            self.enrolment = learnt;
        }
        Ok(())
    }

    /// Does not rely any more on what the server said long ago: a backup may cover it by now, and one may have been put
    /// back.
    pub(super) fn forget_what_was_said_long_ago(&mut self, now: Clocks) {
        if is_long_ago(self.remembers_since, now, REMEMBERED) {
            self.received.clear();
            self.remembers_since = Some(now);
        }
    }

    /// The server answered, and said whether this enrolment has access.
    pub(super) fn was_answered(&mut self, now: Clocks) {
        self.answered = Some(now);
    }

    /// Whether the server must be asked if this enrolment still has access, although there is nothing to hand in.
    pub(super) fn is_to_ask(&self, now: Clocks) -> bool {
        is_long_ago(self.answered, now, ASKED_EVERY)
    }

    /// How many captures there are.
    pub(super) fn set_aside(&self) -> usize {
        self.captures.as_ref().map_or(0, Captures::len)
    }

    /// How many entries there are that the server is not known to have for good.
    pub(super) fn undelivered(&self) -> usize {
        self.outbox.len().saturating_add(self.set_aside())
    }

    /// Removes the files, once everything in them was handed in for good.
    pub(super) fn remove(self) -> Result<(), PhoneError> {
        let folder = self.folder.clone();
        drop(self);
        // First the file that makes the others count.
        durable::remove(&folder.join("enrolment"))?;
        Ok(fs::remove_dir_all(&folder)?)
    }
}

fn folder_of(all: &Path, device: DeviceId) -> PathBuf {
    all.join(device.to_string())
}

/// A file that is there was made before a kill.
fn made<T>(result: Result<T, FileError>) -> Result<(), FileError> {
    match result {
        Ok(_) | Err(FileError::Exists) => Ok(()),
        Err(error) => Err(error),
    }
}
