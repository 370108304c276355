//! The way to the municipality, as far as it is known, and the wish to try it.

use drempel_client::sync::{Http, HttpError};
use drempel_screens::shapes::{Connection, Running};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// What is known of the way to the municipality.
pub(crate) struct Syncing {
    wish: Notify,
    seen: Mutex<Seen>,
    way: Mutex<Option<(String, Arc<Http>)>>,
}

/// What the last tries showed.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) connection: Connection,
    pub(crate) running: Option<Running>,
}

impl Default for Syncing {
    fn default() -> Self {
        Self {
            wish: Notify::new(),
            seen: Mutex::new(Seen {
                // Nothing was tried yet: nothing is said to be wrong.
                connection: Connection::Online,
                running: None,
            }),
            way: Mutex::default(),
        }
    }
}

impl Syncing {
    /// Asks for a try as soon as may be.
    pub(crate) fn wake(&self) {
        self.wish.notify_one();
    }

    /// Waits until somebody asks for a try.
    pub(super) async fn asked(&self) {
        self.wish.notified().await;
    }

    pub(crate) fn seen(&self) -> Seen {
        *lock(&self.seen)
    }

    /// Notes what a try shows.
    pub(super) fn see(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut lock(&self.seen));
    }

    /// The way to the municipality at that address, kept alive between tries.
    ///
    /// # Errors
    /// As [`Http::to`].
    pub(crate) fn way(&self, server: &str) -> Result<Arc<Http>, HttpError> {
        let mut way = lock(&self.way);
        match &*way {
            Some((known, http)) if known == server => Ok(Arc::clone(http)),
            _ => {
                let http = Arc::new(Http::to(server, &[])?);
                *way = Some((server.to_owned(), Arc::clone(&http)));
                Ok(http)
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
