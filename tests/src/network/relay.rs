//! A relay on loopback that spoils what passes: it cuts, answers in somebody else's words, or keeps silent.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What the relay does to the connections that come from now on.
#[derive(Clone, Debug, Default)]
pub enum Fault {
    /// Everything passes.
    #[default]
    None,
    /// The connection breaks after so many bytes towards the server.
    CutRequest(u64),
    /// The connection breaks after so many bytes towards the device.
    CutAnswer(u64),
    /// Somebody else reads the request and answers these bytes; the server learns nothing.
    SomebodyAnswers(String),
    /// The request disappears and nothing is ever answered.
    Silence,
}

/// How many bytes passed, headers included.
#[derive(Debug, Default)]
pub struct Carried {
    up: AtomicU64,
    down: AtomicU64,
    swallowed: Notify,
}

impl Carried {
    /// Bytes towards the server and towards the device since they were last asked for.
    pub fn take(&self) -> (u64, u64) {
        (
            self.up.swap(0, Ordering::Relaxed),
            self.down.swap(0, Ordering::Relaxed),
        )
    }

    /// Waits until a request disappeared in silence.
    pub async fn swallowed(&self) {
        self.swallowed.notified().await;
    }
}

/// A relay to one server. It ends when it is dropped.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    lead: Arc<Mutex<Lead>>,
    carried: Arc<Carried>,
    task: JoinHandle<()>,
}

/// Where connections lead, and what becomes of them.
#[derive(Clone, Debug)]
struct Lead {
    server: SocketAddr,
    fault: Fault,
}

impl Relay {
    /// A relay to the server at that address.
    ///
    /// # Errors
    /// When there is no port to listen on.
    pub async fn to(server: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let fault = Fault::None;
        let lead = Arc::new(Mutex::new(Lead { server, fault }));
        let carried = Arc::new(Carried::default());
        let task = tokio::spawn(listen(listener, Arc::clone(&lead), Arc::clone(&carried)));
        Ok(Self {
            address,
            lead,
            carried,
            task,
        })
    }

    /// The address to give to a device.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Spoils the connections that come from now on in that way.
    pub fn set(&self, fault: Fault) {
        self.lead.lock().unwrap_or_else(PoisonError::into_inner).fault = fault;
    }

    /// Leads the connections that come from now on to another server.
    pub fn lead_to(&self, server: SocketAddr) {
        self.lead.lock().unwrap_or_else(PoisonError::into_inner).server = server;
    }

    /// What passed.
    pub fn carried(&self) -> &Carried {
        &self.carried
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(listener: TcpListener, lead: Arc<Mutex<Lead>>, carried: Arc<Carried>) {
    while let Ok((device, _)) = listener.accept().await {
        let Lead { server, fault } = lead.lock().unwrap_or_else(PoisonError::into_inner).clone();
        tokio::spawn(relay(device, server, fault, Arc::clone(&carried)));
    }
}

async fn relay(device: TcpStream, server: SocketAddr, fault: Fault, carried: Arc<Carried>) {
    let (request_limit, answer_limit) = match fault {
        Fault::SomebodyAnswers(words) => return answer(device, &words).await,
        Fault::Silence => return keep_silent(device, &carried).await,
        Fault::CutRequest(limit) => (limit, u64::MAX),
        Fault::CutAnswer(limit) => (u64::MAX, limit),
        Fault::None => (u64::MAX, u64::MAX),
    };
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    // Small answers are not to wait for more.
    let _ = (device.set_nodelay(true), server.set_nodelay(true));
    let (from_device, to_device) = device.into_split();
    let (from_server, to_server) = server.into_split();
    // Whichever ends first ends both.
    tokio::select! {
        () = carry(from_device, to_server, request_limit, &carried.up) => {}
        () = carry(from_server, to_device, answer_limit, &carried.down) => {}
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, limit: u64, count: &AtomicU64) {
    let mut left = limit;
    let mut buffer = vec![0; 64 * 1024];
    while left > 0 {
        let read = from.read(&mut buffer).await.unwrap_or(0);
        let passes = usize::try_from(left).unwrap_or(usize::MAX).min(read);
        let Some(bytes) = buffer.get(..passes).filter(|bytes| !bytes.is_empty()) else {
            return;
        };
        if to.write_all(bytes).await.is_err() {
            return;
        }
        let passed = u64::try_from(passes).unwrap_or(u64::MAX);
        count.fetch_add(passed, Ordering::Relaxed);
        left = left.saturating_sub(passed);
    }
}

async fn answer(mut device: TcpStream, words: &str) {
    let mut request = vec![0; 64 * 1024];
    // What was asked does not matter to whoever answers here.
    let _ = device.read(&mut request).await;
    let _ = device.write_all(words.as_bytes()).await;
    let _ = device.shutdown().await;
}

async fn keep_silent(mut device: TcpStream, carried: &Carried) {
    let mut request = vec![0; 64 * 1024];
    let _ = device.read(&mut request).await;
    carried.swallowed.notify_one();
    while device.read(&mut request).await.is_ok_and(|read| read > 0) {}
}
