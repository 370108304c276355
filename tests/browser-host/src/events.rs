//! What the app tells by itself, as server-sent events to every page that listens.

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt as _, stream};
use std::convert::Infallible;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// How many events may wait for a page that is slow to read.
const WAITING: usize = 1_024;

/// The events of the app.
#[derive(Clone)]
pub(crate) struct Events(broadcast::Sender<(&'static str, String)>);

impl Events {
    /// Nobody listens yet.
    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }

    /// Passes an event on; with nobody listening it is gone, as it is in a window that shows nothing.
    pub(crate) fn tell(&self, name: &'static str, payload: &str) {
        let _ = self.0.send((name, payload.to_owned()));
    }

    /// The events from now on.
    pub(crate) fn stream(&self) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        // The comment makes the page's stream count as open before the first event.
        let opened = stream::once(async { Ok(Event::default().comment("open")) });
        let told = stream::unfold(self.0.subscribe(), |mut told| async {
            next(&mut told).await.map(|event| (Ok(event), told))
        });
        Sse::new(opened.chain(told)).keep_alive(KeepAlive::default())
    }
}

async fn next(told: &mut broadcast::Receiver<(&'static str, String)>) -> Option<Event> {
    loop {
        match told.recv().await {
            Ok((name, payload)) => return Some(Event::default().event(name).data(payload)),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return None,
        }
    }
}
