//! An unlocked phone's library, and who uses it: locking waits for them, and nobody comes in any more.

use super::folder::Folder;
use super::{Machine, PhoneError};
use crate::Client;
use drempel_sealing::secret::DatabaseKey;
use drempel_store::Key;
use std::ops::Deref;
use std::sync::{Arc, Weak};
use tokio::sync::watch;

/// An open library with its key.
pub(super) struct Session {
    client: Arc<Client>,
    key: DatabaseKey,
    traffic: watch::Sender<Traffic>,
}

/// How many use the library, and whether anybody may still come in.
#[derive(Clone, Copy, Debug, Default)]
struct Traffic {
    users: usize,
    closing: bool,
}

/// A way into a library for whoever must not keep it open.
pub(super) struct Entrance {
    client: Weak<Client>,
    traffic: watch::Sender<Traffic>,
}

/// Somebody who uses the library. It is not closed before they let go.
pub(super) struct User {
    // In this order: the library is let go first, then whoever waits for that is told.
    client: Arc<Client>,
    leaving: Leaving,
}

/// Counts its user out.
struct Leaving(watch::Sender<Traffic>);

impl Session {
    /// Opens the library with its key, making it when there is none.
    pub(super) fn open(folder: &Folder, machine: &Machine, key: DatabaseKey) -> Result<Self, PhoneError> {
        let (clock, ids) = (Arc::clone(&machine.clock), Arc::clone(&machine.ids));
        let guarded = Key::copied(key.expose()).guarding_memory();
        let client = Client::open(&folder.database(), &guarded, clock, ids)?;
        Ok(Self {
            client: Arc::new(client),
            key,
            traffic: watch::Sender::new(Traffic::default()),
        })
    }

    /// The key of the library.
    pub(super) fn key(&self) -> &DatabaseKey {
        &self.key
    }

    /// A way in for later.
    pub(super) fn entrance(&self) -> Entrance {
        Entrance {
            client: Arc::downgrade(&self.client),
            traffic: self.traffic.clone(),
        }
    }

    /// Begins to use the library.
    pub(super) fn enter(&self) -> Result<User, PhoneError> {
        self.entrance().enter().ok_or(PhoneError::Locked)
    }

    /// Waits until nobody uses the library, lets `last` have it, brings it to rest, closes it and forgets its key.
    ///
    /// Whatever becomes of `last`, the library is closed.
    pub(super) async fn close(
        self,
        last: impl FnOnce(&Client) -> Result<(), PhoneError>,
    ) -> Result<(), PhoneError> {
        self.traffic.send_modify(|traffic| traffic.closing = true);
        let mut traffic = self.traffic.subscribe();
        // Cannot fail: the sender is here.
        let _ = traffic.wait_for(|traffic| traffic.users == 0).await;
        let Some(client) = Arc::into_inner(self.client) else {
            return Ok(());
        };
        let done = last(&client);
        client.close()?;
        done
    }
}

impl Entrance {
    /// Begins to use the library; nothing when it is being closed or is closed.
    pub(super) fn enter(&self) -> Option<User> {
        let came_in = self.traffic.send_if_modified(|traffic| {
            traffic.users = traffic.users.saturating_add(usize::from(!traffic.closing));
            !traffic.closing
        });
        let leaving = came_in.then(|| Leaving(self.traffic.clone()))?;
        let client = self.client.upgrade()?;
        Some(User { client, leaving })
    }
}

impl User {
    /// Ends when the phone is being locked: whoever waits for the network gives up then.
    pub(super) async fn closing(&self) {
        let _ = self
            .leaving
            .0
            .subscribe()
            .wait_for(|traffic| traffic.closing)
            .await;
    }
}

impl Deref for User {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0
            .send_modify(|traffic| traffic.users = traffic.users.saturating_sub(1));
    }
}
