//! What lies outside the encrypted library, because it is needed while locked: the municipality's address, whom to call
//! there, how the app looks.

use drempel_client::phone::PhoneError;
use drempel_screens::shapes::Appearance;
use drempel_sealing::durable;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The file, and what it holds.
pub(crate) struct Outside {
    path: PathBuf,
    known: Mutex<Known>,
}

/// Nothing in it says anything about a person.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Known {
    /// The municipality's address; empty before the first try to enrol.
    pub(crate) server: String,
    /// Whom to call about a lost phone or a forgotten code, as the municipality last said.
    pub(crate) administrator_phone: Option<String>,
    pub(crate) appearance: Appearance,
}

impl Known {
    /// The municipality is at that address. Another one has another administrator.
    pub(crate) fn move_to(&mut self, server: String) {
        if self.server != server {
            self.server = server;
            self.administrator_phone = None;
        }
    }
}

impl Outside {
    /// What was kept in that directory. A file that cannot be read is as good as none: everything in it can be asked again.
    pub(crate) fn found(directory: &Path) -> Self {
        let path = directory.join("shell.json");
        let known = std::fs::read(&path).ok();
        let known = known.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            path,
            known: Mutex::new(known.unwrap_or_default()),
        }
    }

    pub(crate) fn server(&self) -> String {
        self.lock().server.clone()
    }

    pub(crate) fn administrator_phone(&self) -> Option<String> {
        self.lock().administrator_phone.clone()
    }

    pub(crate) fn appearance(&self) -> Appearance {
        self.lock().appearance.clone()
    }

    /// Changes what is known, durably.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Known)) -> Result<(), PhoneError> {
        let mut known = self.lock();
        let mut changed = known.clone();
        change(&mut changed);
        let bytes = serde_json::to_vec(&changed).map_err(io::Error::from)?;
        durable::replace(&self.path, &bytes)?;
        *known = changed;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
