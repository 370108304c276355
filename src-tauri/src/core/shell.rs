//! The app as its commands reach it.

use super::events::Events;
use super::failures::refusal;
use super::outside::Outside;
use super::syncing::Syncing;
use drempel_client::phone::{Machine, Phone, PhoneError, Stage};
use drempel_screens::{CommandError, Deed, Recent, Screens};
use std::path::Path;
use std::sync::Mutex;

/// What a command answers.
pub(crate) type Answer<T> = Result<T, CommandError>;

/// Has the device's own app open an address (`tel:`, `sms:`). Says whether there is one for it.
pub(crate) type OpenOutside = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// What is around the app on its device.
pub(crate) struct Around {
    /// Clocks, randomness, keys.
    pub(crate) machine: Machine,
    /// How the page hears what happens.
    pub(crate) events: Events,
    /// The device's other apps.
    pub(crate) open_outside: OpenOutside,
}

/// The app's one state.
pub(crate) struct Shell {
    pub(crate) phone: Phone,
    pub(crate) outside: Outside,
    pub(crate) events: Events,
    pub(crate) syncing: Syncing,
    pub(super) open_outside: OpenOutside,
    /// The stage that the page was last told.
    pub(super) told: Mutex<Stage>,
    /// The code of the invitation that is being used. It is in no file.
    pub(super) invitation: Mutex<Option<String>>,
    recent: Recent,
}

impl Shell {
    /// The app whose data are in that directory.
    ///
    /// # Errors
    /// As [`Phone::start`].
    pub(crate) fn start(directory: &Path, around: Around) -> Result<Self, PhoneError> {
        let phone = Phone::start(directory, around.machine)?;
        Ok(Self {
            told: Mutex::new(phone.stage()),
            phone,
            outside: Outside::found(directory),
            events: around.events,
            open_outside: around.open_outside,
            syncing: Syncing::default(),
            invitation: Mutex::default(),
            recent: Recent::default(),
        })
    }

    /// Asks something of an open app.
    ///
    /// # Errors
    /// `locked` in every other stage.
    pub(crate) fn open<T>(&self, ask: impl FnOnce(Screens<'_>) -> Answer<T>) -> Answer<T> {
        let asked = |client: &drempel_client::Client| ask(Screens::new(client, &self.recent));
        self.phone.with_open(asked).map_err(refusal)?
    }

    /// Does something in an open app: every screen that shows it is told, and the municipality is tried.
    ///
    /// # Errors
    /// `locked` in every other stage.
    pub(crate) fn act<T>(&self, deed: impl FnOnce(Screens<'_>) -> Deed<T>) -> Answer<T> {
        let done = self.open(deed)?;
        let changed: Vec<&str> = done.changed.iter().copied().collect();
        self.events.changed(&changed);
        // A form that is being filled in is sent nowhere.
        if changed.iter().any(|collection| *collection != "draft") {
            self.syncing.wake();
        }
        Ok(done.answer)
    }

    /// Forgets what was just saved.
    pub(super) fn forget(&self) {
        self.recent.forget();
    }
}
