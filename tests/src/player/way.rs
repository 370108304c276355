//! The way from a device to the server: real HTTP, of which one answer can be lost.

use drempel_client::sync::{Asking, Http, Reply, Transport, TransportError};
use std::sync::atomic::{AtomicBool, Ordering};

/// Real HTTP to the server's process.
#[derive(Debug)]
pub(crate) struct Way {
    http: Http,
    loses_replies: AtomicBool,
}

impl Way {
    /// That way.
    pub(crate) fn new(http: Http) -> Self {
        Self {
            http,
            loses_replies: AtomicBool::new(false),
        }
    }

    /// From now on, the server gets what is sent and its answers are lost, or arrive again.
    pub(crate) fn lose_replies(&self, yes: bool) {
        self.loses_replies.store(yes, Ordering::SeqCst);
    }
}

impl Transport for Way {
    async fn ask(&self, asking: Asking<'_>) -> Result<Reply, TransportError> {
        let reply = self.http.ask(asking).await?;
        match self.loses_replies.load(Ordering::SeqCst) {
            true => Err(TransportError::Interrupted),
            false => Ok(reply),
        }
    }
}
