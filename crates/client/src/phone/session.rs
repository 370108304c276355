//! An unlocked phone's library, and who uses it: locking waits for them, and nobody comes in any more.

use super::folder::Folder;
use super::{Machine, PhoneError};
use crate::Client;
use drempel_sealing::secret::DatabaseKey;
use drempel_store::Key;
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::watch;

/// An open library with its key.
pub(super) struct Session {
    client: Arc<Client>,
    key: DatabaseKey,
    users: watch::Sender<usize>,
    closing: watch::Sender<bool>,
}

/// Somebody who uses the library. It is not closed before they let go.
pub(super) struct User {
    // In this order: the library is let go first, then whoever waits for that is told.
    client: Arc<Client>,
    _leaving: Leaving,
    closing: watch::Receiver<bool>,
}

/// Counts its user out.
struct Leaving(watch::Sender<usize>);

impl Session {
    /// Opens the library with its key, making it when there is none.
    pub(super) fn open(folder: &Folder, machine: &Machine, key: DatabaseKey) -> Result<Self, PhoneError> {
        let (clock, ids) = (Arc::clone(&machine.clock), Arc::clone(&machine.ids));
        let client = Client::open(&folder.database(), &Key::new(*key.expose()), clock, ids)?;
        Ok(Self {
            client: Arc::new(client),
            key,
            users: watch::Sender::new(0),
            closing: watch::Sender::new(false),
        })
    }

    /// The key of the library.
    pub(super) fn key(&self) -> &DatabaseKey {
        &self.key
    }

    /// Begins to use the library.
    pub(super) fn enter(&self) -> User {
        self.users.send_modify(|users| *users = users.saturating_add(1));
        User {
            client: Arc::clone(&self.client),
            _leaving: Leaving(self.users.clone()),
            closing: self.closing.subscribe(),
        }
    }

    /// Waits until nobody uses the library, brings it to rest, closes it and forgets its key.
    pub(super) async fn close(self) -> Result<(), PhoneError> {
        self.closing.send_replace(true);
        let mut users = self.users.subscribe();
        // Cannot fail: the sender is here.
        let _ = users.wait_for(|users| *users == 0).await;
        match Arc::into_inner(self.client) {
            Some(client) => Ok(client.close()?),
            None => Ok(()),
        }
    }
}

impl User {
    /// Ends when the phone is being locked: whoever waits for the network gives up then.
    pub(super) async fn closing(&self) {
        let _ = self.closing.clone().wait_for(|closing| *closing).await;
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
        self.0.send_modify(|users| *users = users.saturating_sub(1));
    }
}
