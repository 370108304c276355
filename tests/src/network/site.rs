//! The real server on loopback, for the devices of a small municipality.

use axum::Router;
use axum::extract::Path as AddressPath;
use axum::http::StatusCode;
use axum::routing::post;
use drempel_client::system::{RandomIds, SystemClock};
use drempel_server::{App, router};
use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The municipality of ana, bo and chris, in the form that a server imports.
pub const MUNICIPALITY: &str = include_str!("municipality.json");

/// Opens the server's data in a folder, with the municipality of ana, bo and chris in it.
///
/// # Errors
/// What the server says.
pub fn open(data: &Path) -> Result<App, Box<dyn Error + Send + Sync>> {
    let app = App::open(data, Arc::new(SystemClock), Arc::new(RandomIds))?;
    app.import(MUNICIPALITY)?;
    Ok(app)
}

/// The server's own addresses and one more, `POST /codes/{user}`, that makes an enrolment code as an administrator
/// would: for the devices of tests, on loopback only.
pub fn router_with_codes(app: App) -> Router {
    let codes = app.clone();
    let make_code = move |AddressPath(user): AddressPath<String>| async move {
        codes.make_code(&user).map_err(|_| StatusCode::NOT_FOUND)
    };
    Router::new()
        .route("/codes/{user}", post(make_code))
        .merge(router(app))
}

/// Answers what comes in, and tells the server who asks.
///
/// # Errors
/// None in practice: it goes on for ever.
pub async fn serve(listener: TcpListener, router: Router) -> std::io::Result<()> {
    axum::serve(
        listener,
        router.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .await
}

/// A server that answers on loopback until it is dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Site {
    /// Opens the data in that folder and answers on a free port.
    ///
    /// # Errors
    /// What the server says, or when there is no port to listen on.
    pub async fn start(data: &Path) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::with(router_with_codes(open(data)?)).await
    }

    /// Answers with that router on a free port.
    ///
    /// # Errors
    /// When there is no port to listen on.
    pub async fn with(router: Router) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move {
            // It ends with the task.
            let _ = serve(listener, router).await;
        });
        Ok(Self { address, task })
    }

    /// Where it listens.
    pub fn socket(&self) -> SocketAddr {
        self.address
    }

    /// The address to give to a device.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}
