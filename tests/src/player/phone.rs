//! One device of the file: the whole app on a disk of its own, its clocks, its way to the server.

use super::PlayError;
use super::names::NamedDevice;
use super::times::{LineIds, PhoneClock, TrueTime};
use super::way::Way;
use crate::world::{CODE, code, copy_folder, key_in};
use drempel_client::Client;
use drempel_client::phone::{Cost, Delivered, FileKey, Machine, Phone as App, PhoneError, Stage, Unlocking};
use drempel_client::sync::{Http, SyncReport};
use drempel_domain::id::{BootId, DeviceId, IdSource as _, RecordId};
use drempel_domain::record::computed_id;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::Clock as _;
use drempel_sealing::randomness::Randomness;
use drempel_sealing::secret::DatabaseKey;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A code that opens nothing.
const WRONG: &str = "82047194";

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
    clock: Arc<PhoneClock>,
    way: Way,
    life: u32,
    app: App,
}

impl Phone {
    /// Switches a new device on, with nothing on it.
    ///
    /// # Errors
    /// When its files cannot be made.
    pub(crate) fn new(named: &NamedDevice, shared: &Shared) -> Result<Self, PlayError> {
        let boot = BootId::new(computed_id("boot", &[named.id.as_bytes()]).uuid());
        let clock = Arc::new(PhoneClock::new(shared.time.clone(), boot, shared.time.get()));
        let app = start(&folder(shared, named, 0), &clock, &shared.ids)?;
        Ok(Self {
            named: named.clone(),
            shared: shared.clone(),
            clock,
            way: Way::new(Http::to(&shared.address, &[])?),
            life: 0,
            app,
        })
    }

    /// Does something with its library, for which it must be open.
    ///
    /// # Errors
    /// Those of `work`; that it is locked.
    pub(crate) fn with<T, E>(&self, work: impl FnOnce(&Client) -> Result<T, E>) -> Result<T, PlayError>
    where
        PlayError: From<E>,
    {
        Ok(self.app.with_open(work)??)
    }

    /// The way to the server.
    pub(crate) fn way(&self) -> &Way {
        &self.way
    }

    /// In which stage it is.
    pub(crate) fn stage(&self) -> Stage {
        self.app.stage()
    }

    /// Sets its settable clock so many milliseconds off.
    pub(crate) fn set_skew(&self, millis: i64) {
        self.clock.set_skew(millis);
    }

    /// Chooses a code and enrols it with an invitation of that code. A device that has ended can be enrolled again.
    ///
    /// # Errors
    /// As [`App::choose_code`] and [`App::enrol`].
    pub(crate) async fn enrol(&self, invitation: &str) -> Result<DeviceId, PlayError> {
        self.app.choose_code(&code(CODE)).await?;
        self.app
            .enrol(&self.way, invitation, &self.named.platform)
            .await?;
        self.with(Client::device)
    }

    /// Its person puts it away.
    ///
    /// # Errors
    /// As [`App::lock`].
    pub(crate) async fn lock(&self) -> Result<(), PlayError> {
        Ok(self.app.lock().await?)
    }

    /// Its person types the code, where it is locked.
    ///
    /// # Errors
    /// When the code does not open it.
    pub(crate) async fn unlock(&self) -> Result<(), PlayError> {
        match self.app.unlock(&code(CODE)).await? {
            Unlocking::Open => Ok(()),
            other => Err(PlayError::line(format!(
                "the right code does not open it: {other:?}"
            ))),
        }
    }

    /// Somebody else types a code.
    ///
    /// # Errors
    /// When it opens.
    pub(crate) async fn try_wrong_code(&self) -> Result<(), PlayError> {
        match self.app.unlock(&code(WRONG)).await? {
            Unlocking::Open | Unlocking::ReadLocked => Err(PlayError::line("a wrong code opens it")),
            _ => Ok(()),
        }
    }

    /// Records a note without unlocking; what it will be known by.
    ///
    /// # Errors
    /// As [`App::set_aside`].
    pub(crate) fn set_aside(&self, note: QuickNote) -> Result<RecordId, PlayError> {
        let id = RecordId::new(self.shared.ids.next());
        self.app.set_aside(note, Some(id))?;
        Ok(id)
    }

    /// Synchronises.
    ///
    /// # Errors
    /// As [`App::synchronise`].
    pub(crate) async fn synchronise(&self) -> Result<SyncReport, PhoneError> {
        self.app.synchronise(&self.way).await
    }

    /// Hands in what lies sealed.
    ///
    /// # Errors
    /// As [`App::deliver`].
    pub(crate) async fn deliver(&self) -> Result<Delivered, PlayError> {
        Ok(self.app.deliver(&self.way).await?)
    }

    /// Kills the app where it stands, starts it again on what was on the disk at that instant, and unlocks it.
    ///
    /// # Errors
    /// When the files cannot be copied, or the library does not open again.
    pub(crate) async fn kill(&mut self) -> Result<(), PlayError> {
        let old = self.folder();
        self.life += 1;
        let new = self.folder();
        copy_folder(&old, &new);
        // The killed one is dropped with its own files, so that nothing it does on its way out can help the new one.
        self.app = start(&new, &self.clock, &self.shared.ids)?;
        fs::remove_dir_all(&old).map_err(|error| PlayError::file(old, error))?;
        self.unlock().await
    }

    /// Whether any file is left that could be read with the code and the machine.
    pub(crate) fn holds_anything_readable(&self) -> bool {
        ["app/drempel.db", "app/drempel.db-wal", "app/doors", "hardware"]
            .iter()
            .any(|file| self.folder().join(file).exists())
    }

    /// The directory in which its library lies.
    pub(crate) fn directory(&self) -> PathBuf {
        self.folder().join("app")
    }

    /// The key of its library, to look at what the files really hold.
    pub(crate) fn key(&self) -> DatabaseKey {
        key_in(&self.folder(), CODE, self.clock.clocks())
    }

    fn folder(&self) -> PathBuf {
        folder(&self.shared, &self.named, self.life)
    }
}

fn folder(shared: &Shared, named: &NamedDevice, life: u32) -> PathBuf {
    shared.directory.join(format!("{}-{life}", named.id))
}

fn start(folder: &Path, clock: &Arc<PhoneClock>, ids: &Arc<LineIds>) -> Result<App, PlayError> {
    fs::create_dir_all(folder).map_err(|error| PlayError::file(folder, error))?;
    let machine = Machine {
        clock: clock.clone(),
        ids: ids.clone(),
        randomness: Randomness::of_the_system,
        hardware: Arc::new(FileKey::at(&folder.join("hardware"))),
        biometrics: None,
        cost: Some(Cost::FLOOR),
    };
    Ok(App::start(&folder.join("app"), machine)?)
}
