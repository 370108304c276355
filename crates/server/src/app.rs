//! The server itself, without HTTP: what is stored, the clock, and the source of identifiers.

use crate::data_directory::DataDirectory;
use crate::http::Rates;
use crate::journal::Journal;
use crate::municipality::{ImportError, Imported, Plan};
use crate::secrets::HeldKeys;
use crate::storage::{OpenError, Storage, StorageError};
use crate::sync::pull::PageLimits;
use drempel_domain::id::{EpochId, IdSource};
use drempel_domain::time::{Clock, Moment};
use drempel_protocol::access::Configuration;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The server. Cheap to clone: clones share everything.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub storage: Storage,
    pub journal: Journal,
    pub keys: HeldKeys,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdSource>,
    pub pages: PageLimits,
    rates: Rates,
    front: Front,
    configuration: Mutex<Option<(i64, Arc<Configuration>)>>,
    /// Held while the server runs, so that no second one does.
    _directory: DataDirectory,
}

/// How a server is run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much one answer carries.
    pub pages: PageLimits,
    /// What stands between the server and its devices.
    pub front: Front,
}

/// What stands between the server and its devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Front {
    /// Nothing: plain HTTP on the machine itself.
    #[default]
    Loopback,
    /// The server's own TLS.
    Tls,
    /// A proxy that the administrator trusts, which does TLS and says who asks.
    Proxy,
}

impl fmt::Debug for App {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("App").finish_non_exhaustive()
    }
}

impl App {
    /// Opens the server's data in a directory, which it keeps to itself: makes or upgrades the database, carries out
    /// erasures that a restored backup does not know of, and finishes copies that were under way.
    pub fn open(data: &Path, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Result<App, OpenError> {
        Self::open_with(data, clock, ids, Options::default())
    }

    /// The same with other options.
    pub fn open_with(
        data: &Path,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        options: Options,
    ) -> Result<App, OpenError> {
        let directory = DataDirectory::take(data)?;
        let app = Self::assemble(directory, clock, ids, options)?;
        app.replay_erasures()?;
        app.finish_copies()?;
        Ok(app)
    }

    /// Opens the data beside a server that may be running on it, for an administrator's commands.
    pub fn open_beside(data: &Path, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Result<App, OpenError> {
        let directory = DataDirectory::beside(data)?;
        Self::assemble(directory, clock, ids, Options::default())
    }

    fn assemble(
        directory: DataDirectory,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        Options { pages, front }: Options,
    ) -> Result<App, OpenError> {
        let storage = Storage::open(&directory.database())?;
        let journal = Journal::open(&directory.journal()).map_err(OpenError::Journal)?;
        storage.begin_audit(&*ids)?;
        let had_keys = directory.keys().exists();
        let keys = HeldKeys::open(directory.keys(), storage.keys_version()?)?;
        if !had_keys && !storage.devices()?.is_empty() {
            tracing::warn!(
                "there was no keys.json beside this database: new keys were made; put back the copy to open what phones have sealed"
            );
        }
        let app = App {
            inner: Arc::new(Inner {
                storage,
                journal,
                keys,
                clock,
                ids,
                pages,
                rates: Rates::default(),
                front,
                configuration: Mutex::new(None),
                _directory: directory,
            }),
        };
        app.epoch()?;
        Ok(app)
    }

    /// Takes in a municipality file: people, spaces, memberships, spots, partners, lists and settings. Importing
    /// again updates; what is no longer in the file stays.
    ///
    /// With an error, nothing was imported.
    pub fn import(&self, file: &str) -> Result<Imported, ImportError> {
        let now = self.now();
        let plan = Plan::read(file, now)?;
        self.storage()
            .import(&plan, now)
            .map_err(|error| ImportError::NotStored(error.to_string()))?;
        Ok(plan.counts())
    }

    pub(crate) fn storage(&self) -> &Storage {
        &self.inner.storage
    }

    pub(crate) fn rates(&self) -> &Rates {
        &self.inner.rates
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.inner.front != Front::Loopback
    }

    pub(crate) fn is_behind_proxy(&self) -> bool {
        self.inner.front == Front::Proxy
    }

    pub(crate) fn now(&self) -> Moment {
        self.inner.clock.now()
    }

    /// The life of the log; begins one where there is none, as in a new or a restored database.
    pub(crate) fn epoch(&self) -> Result<EpochId, StorageError> {
        match self.storage().epoch()? {
            Some(epoch) => Ok(epoch),
            None => self.new_epoch(),
        }
    }

    pub(crate) fn new_epoch(&self) -> Result<EpochId, StorageError> {
        let epoch = EpochId::new(self.inner.ids.next());
        self.storage().begin_epoch(epoch)?;
        Ok(epoch)
    }

    /// Carries out what changes that were taken in make in other spaces.
    pub(crate) fn finish_copies(&self) -> Result<(), StorageError> {
        while self.storage().carry_out_one(self.now())? {}
        Ok(())
    }

    /// How the municipality has set things up, read again when an administrator changed it.
    pub(crate) fn configuration(&self) -> Result<Arc<Configuration>, StorageError> {
        let version = self.storage().configuration_version()?;
        let mut known = self
            .inner
            .configuration
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((at, configuration)) = known.as_ref()
            && *at == version
        {
            return Ok(Arc::clone(configuration));
        }
        let mut read = self.storage().configuration()?;
        read.tag = crate::digests::tag_of(&read);
        let read = Arc::new(read);
        *known = Some((version, Arc::clone(&read)));
        Ok(read)
    }
}
