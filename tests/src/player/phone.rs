//! One device of the file: a library of its own on the disk, its clocks, its way to the server.

use super::PlayError;
use super::names::NamedDevice;
use super::times::{LineIds, PhoneClock, TrueTime};
use super::way::Way;
use drempel_client::Client;
use drempel_client::sync::{Http, SyncError, SyncReport};
use drempel_domain::id::{BootId, DeviceId, SpaceId};
use drempel_domain::record::computed_id;
use drempel_domain::sync_log::Change;
use drempel_domain::time::{Clock as _, Clocks};
use drempel_protocol::enrolment::EnrolmentAnswer;
use drempel_store::Key;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The library's file within a device's directory.
const LIBRARY: &str = "library.db";
/// The files that make up a library on the disk: the database and what was written since it was last brought to rest.
const FILES: [&str; 2] = [LIBRARY, "library.db-wal"];

/// What all devices of a file have in common.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    /// Where their directories lie.
    pub directory: PathBuf,
    /// The server's address.
    pub address: String,
    /// The true time.
    pub time: TrueTime,
    /// Where identifiers come from.
    pub ids: Arc<LineIds>,
}

/// A device.
pub(crate) struct Phone {
    /// Its short name and whose it is.
    pub named: NamedDevice,
    shared: Shared,
    key: [u8; 32],
    clock: Arc<PhoneClock>,
    way: Way,
    life: u32,
    client: Client,
}

impl Phone {
    /// Switches a new device on, with an empty library.
    ///
    /// # Errors
    /// When its library cannot be made.
    pub(crate) fn new(named: &NamedDevice, shared: &Shared) -> Result<Self, PlayError> {
        let boot = BootId::new(computed_id("boot", &[named.id.as_bytes()]).uuid());
        let clock = Arc::new(PhoneClock::new(shared.time.clone(), boot, shared.time.get()));
        let key: [u8; 32] = Sha256::digest(named.id.as_bytes()).into();
        let client = open(&life(shared, named, 0), &key, &clock, &shared.ids)?;
        Ok(Self {
            named: named.clone(),
            shared: shared.clone(),
            key,
            clock,
            way: Way::new(Http::to(&shared.address, &[])?),
            life: 0,
            client,
        })
    }

    /// The app on it.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The way to the server.
    pub(crate) fn way(&self) -> &Way {
        &self.way
    }

    /// What its clocks show.
    pub(crate) fn clocks(&self) -> Clocks {
        self.clock.clocks()
    }

    /// Sets its settable clock so many milliseconds off.
    pub(crate) fn set_skew(&self, millis: i64) {
        self.clock.set_skew(millis);
    }

    /// Enrols it with a code.
    ///
    /// # Errors
    /// As [`Client::enrol`].
    pub(crate) async fn enrol(&self, code: &str) -> Result<DeviceId, PlayError> {
        let answer = self.client.enrol(&self.way, code, &self.named.platform).await?;
        match answer {
            EnrolmentAnswer::Enrolled(enrolled) => Ok(enrolled.device),
            EnrolmentAnswer::AwaitsConfirmation(_) => {
                Err(PlayError::Town("a typed code waits for nobody".to_owned()))
            }
        }
    }

    /// Synchronises.
    ///
    /// # Errors
    /// As [`Client::synchronise`].
    pub(crate) async fn synchronise(&self) -> Result<SyncReport, SyncError> {
        self.client.synchronise(&self.way).await
    }

    /// Kills the app where it stands and starts it again on what was on the disk at that instant.
    ///
    /// # Errors
    /// When the files cannot be copied, or the library does not open again.
    pub(crate) fn kill(&mut self) -> Result<(), PlayError> {
        let old = life(&self.shared, &self.named, self.life);
        self.life += 1;
        let new = life(&self.shared, &self.named, self.life);
        make_directory(&new)?;
        for file in FILES {
            let from = old.join(file);
            if from.exists() {
                fs::copy(&from, new.join(file)).map_err(|error| PlayError::file(&from, error))?;
            }
        }
        // The killed one is dropped with its own files, so that nothing it does on its way out can help the new one.
        self.client = open(&new, &self.key, &self.clock, &self.shared.ids)?;
        fs::remove_dir_all(&old).map_err(|error| PlayError::file(old, error))
    }

    /// Every change that only this device has, by space.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub(crate) fn undelivered(&self) -> Result<Vec<(SpaceId, Change)>, PlayError> {
        self.client.store().read(|reader| {
            let mut all = Vec::new();
            for space in reader.spaces()? {
                let changes = reader.pending(space.id, usize::MAX, usize::MAX)?;
                all.extend(changes.into_iter().map(|change| (space.id, change)));
            }
            Ok(all)
        })
    }

    /// Takes everything off the device.
    ///
    /// # Errors
    /// When the files cannot be removed.
    pub(crate) fn wipe(self) -> Result<(), PlayError> {
        let directory = self.directory();
        drop(self.client);
        fs::remove_dir_all(&directory).map_err(|error| PlayError::file(directory, error))
    }

    /// The directory in which its library lies.
    pub(crate) fn directory(&self) -> PathBuf {
        life(&self.shared, &self.named, self.life)
    }

    /// The key of its library, to look at what the files really hold.
    pub(crate) fn key(&self) -> &[u8; 32] {
        &self.key
    }
}

fn life(shared: &Shared, named: &NamedDevice, number: u32) -> PathBuf {
    shared.directory.join(format!("{}-{number}", named.id))
}

fn open(
    directory: &Path,
    key: &[u8; 32],
    clock: &Arc<PhoneClock>,
    ids: &Arc<LineIds>,
) -> Result<Client, PlayError> {
    make_directory(directory)?;
    let (clock, ids) = (Arc::clone(clock), Arc::clone(ids));
    Ok(Client::open(
        &directory.join(LIBRARY),
        &Key::new(*key),
        clock,
        ids,
    )?)
}

fn make_directory(directory: &Path) -> Result<(), PlayError> {
    fs::create_dir_all(directory).map_err(|error| PlayError::file(directory, error))
}
