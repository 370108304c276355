//! The host's addresses, and where it listens.

use crate::app;
use crate::call::call;
use crate::events::Events;
use crate::origin::only_our_own;
use crate::page::page;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::test::MockRuntime;
use tauri::{AssetResolver, WebviewWindow};
use tokio::net::TcpListener;

/// What every answer needs.
#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) window: WebviewWindow<MockRuntime>,
    pub(crate) assets: Arc<AssetResolver<MockRuntime>>,
    pub(crate) events: Events,
    /// The app's content security policy as its configuration says it.
    pub(crate) policy: Arc<str>,
    /// The address and port that the page is asked at.
    pub(crate) authority: Arc<str>,
}

/// Why the host ended.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HostError {
    /// The app itself cannot be started.
    #[error("the app cannot be started: {0}")]
    App(#[from] tauri::Error),
    /// The app has another window than the host knows.
    #[error("the app opened no window `main`")]
    NoWindow,
    /// Somebody else on the network could ask.
    #[error("the host listens on a loopback address only")]
    NotLoopback,
    /// Nothing can be listened to.
    #[error("the host cannot listen: {0}")]
    Io(#[from] io::Error),
}

/// Serves the app over those data until it is stopped, and says on standard output where.
pub(crate) fn serve(data: PathBuf, listen: SocketAddr) -> Result<(), HostError> {
    if !listen.ip().is_loopback() {
        return Err(HostError::NotLoopback);
    }
    let events = Events::new();
    let (app, window) = app::start(data, &events)?;
    let policy = app.config().app.security.csp.as_ref().map(ToString::to_string);
    tauri::async_runtime::block_on(async {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let host = Host {
            window,
            assets: Arc::new(app.asset_resolver()),
            events,
            policy: policy.unwrap_or_default().into(),
            authority: address.to_string().into(),
        };
        writeln!(io::stdout(), "http://{address}")?;
        Ok(axum::serve(listener, router(host)).await?)
    })
}

fn router(host: Host) -> Router {
    Router::new()
        .route("/ipc/{command}", post(call))
        .route(
            "/events",
            get(async |axum::extract::State(host): axum::extract::State<Host>| host.events.stream()),
        )
        .fallback(get(page))
        .layer(from_fn_with_state(host.clone(), only_our_own))
        .with_state(host)
}
