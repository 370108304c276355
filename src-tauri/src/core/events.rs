//! What the app tells its page by itself.

use crate::shapes::{FirstSync, LockChange};
use drempel_screens::shapes::SyncStatus;
use serde::Serialize;
use serde_json::Value;

/// How the events get to the page.
pub(crate) struct Events(Box<dyn Fn(&'static str, Value) + Send + Sync>);

/// That records of these kinds changed, whoever did it.
#[derive(Serialize)]
struct Changed<'a> {
    collections: &'a [&'a str],
}

impl Events {
    pub(crate) fn new(tell: impl Fn(&'static str, Value) + Send + Sync + 'static) -> Self {
        Self(Box::new(tell))
    }

    /// Screens that show records of these kinds ask again.
    pub(crate) fn changed(&self, collections: &[&str]) {
        self.tell("changed", &Changed { collections });
    }

    /// How far the synchronisation is.
    pub(crate) fn sync(&self, status: &SyncStatus) {
        self.tell("sync", status);
    }

    /// The lock fell or opened.
    pub(crate) fn lock(&self, change: &LockChange) {
        self.tell("lock", change);
    }

    /// The first synchronisation went on.
    pub(crate) fn first_sync(&self, progress: &FirstSync) {
        self.tell("first_sync", progress);
    }

    fn tell(&self, name: &'static str, payload: &impl Serialize) {
        match serde_json::to_value(payload) {
            Ok(payload) => (self.0)(name, payload),
            Err(error) => tracing::error!(%error, event = name, "an event cannot be written down"),
        }
    }
}
