//! The app's core on one device: a library of records, a clock, and a way to the municipality.

use crate::sync::Pace;
use crate::{ClientError, settings};
use drempel_domain::id::{DeviceId, IdSource, SpaceId};
use drempel_domain::rules::retention::Terms;
use drempel_domain::space::{Membership, SpaceKind};
use drempel_domain::time::{Clock, Moment};
use drempel_protocol::access::{Configuration, Granted, Person};
use drempel_store::{Key, Reader, SpaceState, Store};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};

/// Everything that the app can do on one device.
pub struct Client {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    /// Held while a synchronisation runs, so that there is never a second one.
    pub(crate) pace: tokio::sync::Mutex<Pace>,
    /// Rung after each save, for whoever seals what was saved.
    bell: OnceLock<Sender<()>>,
}

impl Client {
    /// Opens the library in that file, making it when there is none.
    ///
    /// # Errors
    /// [`ClientError::Open`], telling a wrong key, a newer version, a full disk and a read-only place apart.
    pub fn open(
        path: &Path,
        key: &Key,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Result<Self, ClientError> {
        Ok(Self {
            store: Store::open(path, key)?,
            clock,
            ids,
            pace: tokio::sync::Mutex::default(),
            bell: OnceLock::new(),
        })
    }

    /// Finishes what is being written and closes the library.
    ///
    /// # Errors
    /// When the database cannot be brought to rest; what was saved is saved all the same.
    pub fn close(self) -> Result<(), ClientError> {
        Ok(self.store.close()?)
    }

    /// Says after each save that there was one.
    pub(crate) fn ring_when_saved(&self, bell: Sender<()>) {
        // Whoever was first hears it.
        let _ = self.bell.set(bell);
    }

    /// Something was saved.
    pub(crate) fn ring(&self) {
        if let Some(bell) = self.bell.get() {
            let _ = bell.send(());
        }
    }

    /// The library, for views that this crate does not have.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The instant on the device's settable clock.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The identity under which the device is known to the municipality.
    ///
    /// # Errors
    /// [`ClientError::NotEnrolled`].
    pub fn device(&self) -> Result<DeviceId, ClientError> {
        self.store.read(settings::device)
    }

    /// The person whose device this is.
    ///
    /// # Errors
    /// [`ClientError::NotEnrolled`].
    pub fn person(&self) -> Result<Person, ClientError> {
        self.store.read(settings::person)
    }

    /// How the municipality has set things up; nothing before the first synchronisation.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn configuration(&self) -> Result<Option<Configuration>, ClientError> {
        self.store.read(settings::configuration)
    }

    /// Whom the municipality's people call about a lost phone or a forgotten code; nothing where it has not said so.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn administrator_phone(&self) -> Result<Option<String>, ClientError> {
        Ok(self
            .configuration()?
            .and_then(|set| set.municipality.administrator_phone))
    }

    /// How long the municipality keeps records; ours where it has no terms of its own.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn terms(&self) -> Result<Terms, ClientError> {
        self.store.read(settings::terms)
    }

    /// The spaces that the person belongs to, as the server last said.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn spaces(&self) -> Result<Vec<Granted>, ClientError> {
        self.store.read(granted_spaces)
    }

    /// The person's own space ("Alleen ik"); nothing before the first synchronisation.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn personal_space(&self) -> Result<Option<SpaceId>, ClientError> {
        let personal = |granted: &Granted| granted.space.kind == SpaceKind::Personal;
        Ok(self
            .spaces()?
            .iter()
            .find(|granted| personal(granted))
            .map(|granted| granted.space.id))
    }
}

/// The spaces that the person belongs to.
pub(crate) fn granted_spaces(reader: &Reader<'_>) -> Result<Vec<Granted>, ClientError> {
    reader
        .spaces()?
        .iter()
        .filter_map(|space| granted(space).transpose())
        .collect()
}

/// What the server last said of that space, when the person belongs to it.
pub(crate) fn granted_space(reader: &Reader<'_>, space: SpaceId) -> Result<Option<Granted>, ClientError> {
    let found = reader.spaces()?.into_iter().find(|state| state.id == space);
    found.as_ref().map_or(Ok(None), granted)
}

fn granted(space: &SpaceState) -> Result<Option<Granted>, ClientError> {
    match &space.granted {
        Some(text) if !space.removed => serde_json::from_str(text)
            .map(Some)
            .map_err(ClientError::Settings),
        _ => Ok(None),
    }
}

/// The person's membership of a space, as the device knows it.
pub(crate) fn membership(person: &Person, granted: &Granted) -> Membership {
    Membership {
        user: person.id,
        space: granted.space.id,
        role: granted.role,
        from: granted.from,
        until: granted.until,
    }
}
