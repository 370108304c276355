//! A device in a folder: its encrypted library, the key beside it, and how it becomes known to the server.

use drempel_client::Client;
use drempel_client::sync::{Asking, Http, Reply, SyncError, Transport, TransportError};
use drempel_client::system::{RandomIds, SystemClock, random_bytes};
use drempel_domain::id::SpaceId;
use drempel_domain::space::SpaceKind;
use drempel_protocol::problem::Code;
use drempel_store::Key;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The library's file within the device's folder.
pub const LIBRARY: &str = "library.sqlite";
/// The file of the key: a phone keeps it behind its hardware, a test beside the library.
const KEY: &str = "library.key";

/// Opens the library in that folder, making folder, key and library when there are none.
///
/// # Errors
/// When the folder cannot be written, or what the client says.
pub fn open(folder: &Path) -> Result<Client, Box<dyn Error + Send + Sync>> {
    fs::create_dir_all(folder)?;
    let key = Key::new(key(folder)?);
    let client = Client::open(
        &folder.join(LIBRARY),
        &key,
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    )?;
    Ok(client)
}

/// The key of the library in that folder, made when there is none.
///
/// # Errors
/// When the folder cannot be read or written.
pub fn key(folder: &Path) -> Result<[u8; 32], Box<dyn Error + Send + Sync>> {
    let path = folder.join(KEY);
    if let Ok(bytes) = fs::read(&path) {
        return Ok(bytes
            .try_into()
            .map_err(|_| "the key file does not hold 32 bytes")?);
    }
    let bytes: [u8; 32] = random_bytes()?;
    // Written whole before it is used: a key that is half on disk would lock the library for ever.
    let unfinished = folder.join("library.key.part");
    fs::write(&unfinished, bytes)?;
    fs::rename(&unfinished, &path)?;
    Ok(bytes)
}

/// Makes the device known as that person's, unless it is known already, and learns which spaces the person has; no
/// record comes yet. The enrolment code is read from `code`, or asked of the server of the tests and kept there.
///
/// # Errors
/// When the server cannot be reached, or what it says.
pub async fn enrol(
    client: &Client,
    server: &str,
    user: &str,
    code: &Path,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let http = Http::to(server, &[])?;
    if !client.is_enrolled()? {
        let text = match fs::read_to_string(code) {
            Ok(text) => text,
            Err(_) => ask_for_code(server, user).await?,
        };
        fs::write(code, &text)?;
        if let Err(error) = client.enrol(&http, text.trim(), "desktop").await {
            if matches!(
                error,
                SyncError::Refused {
                    code: Code::CodeNotValid,
                    ..
                }
            ) {
                fs::remove_file(code)?;
            }
            return Err(error.into());
        }
    }
    if team(client).is_err() {
        // The first round tells who may see what. What it comes to after that is no concern here.
        let _ = client.synchronise(&Once::through(&http)).await;
    }
    team(client).map(|_| ())
}

/// The space of the team that the device's person belongs to.
///
/// # Errors
/// When the device does not know of one.
pub fn team(client: &Client) -> Result<SpaceId, Box<dyn Error + Send + Sync>> {
    let spaces = client.spaces()?;
    let team = spaces
        .iter()
        .find(|granted| granted.space.kind == SpaceKind::Team);
    Ok(team.ok_or("the device knows of no team")?.space.id)
}

/// A way for requests that are none of the protocol's.
///
/// # Errors
/// When there is no TLS to be had, which it needs whether it is used or not.
pub fn plain_way() -> reqwest::Result<reqwest::Client> {
    // Fails only where a provider was installed already, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build()
}

async fn ask_for_code(server: &str, user: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
    let address = format!("{server}/codes/{user}");
    let answer = plain_way()?.post(address).send().await?.error_for_status()?;
    Ok(answer.text().await?)
}

/// A way to the server for one request; there is no second.
struct Once<'a> {
    http: &'a Http,
    asked: AtomicU64,
}

impl<'a> Once<'a> {
    fn through(http: &'a Http) -> Self {
        Self {
            http,
            asked: AtomicU64::new(0),
        }
    }
}

impl Transport for Once<'_> {
    async fn ask(&self, asking: Asking<'_>) -> Result<Reply, TransportError> {
        match self.asked.fetch_add(1, Ordering::Relaxed) {
            0 => self.http.ask(asking).await,
            _ => Err(TransportError::Unreachable),
        }
    }
}

/// A way to the server that counts round trips and the bytes of bodies.
#[derive(Debug)]
pub struct Counting {
    http: Http,
    rounds: AtomicU64,
    up: AtomicU64,
    down: AtomicU64,
}

/// What passed a [`Counting`] way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Round trips.
    pub rounds: u64,
    /// Bytes of bodies towards the server.
    pub up: u64,
    /// Bytes of bodies towards the device.
    pub down: u64,
}

impl Counting {
    /// Counts what passes this way.
    pub fn over(http: Http) -> Self {
        Self {
            http,
            rounds: AtomicU64::new(0),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
        }
    }

    /// What passed since this was last asked.
    pub fn take(&self) -> Counted {
        Counted {
            rounds: self.rounds.swap(0, Ordering::Relaxed),
            up: self.up.swap(0, Ordering::Relaxed),
            down: self.down.swap(0, Ordering::Relaxed),
        }
    }
}

impl Transport for Counting {
    async fn ask(&self, asking: Asking<'_>) -> Result<Reply, TransportError> {
        let size = |body: &[u8]| u64::try_from(body.len()).unwrap_or(u64::MAX);
        self.rounds.fetch_add(1, Ordering::Relaxed);
        self.up.fetch_add(size(&asking.body), Ordering::Relaxed);
        let reply = self.http.ask(asking).await?;
        self.down.fetch_add(size(&reply.body), Ordering::Relaxed);
        Ok(reply)
    }
}
