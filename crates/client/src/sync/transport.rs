//! What carries a request to the municipality's server and an answer back.

use std::future::Future;

/// A request: a JSON document for one address of the server.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    /// The address below the server's own, such as `/v1/synchronisations`.
    pub path: &'a str,
    /// The token that says which device asks; none to enrol.
    pub token: Option<&'a str>,
    /// The document, compressed with zstd.
    pub body: Vec<u8>,
}

/// What came back, whoever sent it.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The media type, without parameters, in lower case.
    pub media_type: String,
    /// Whether the body is compressed with zstd.
    pub compressed: bool,
    /// Seconds to wait before asking again, when the server said so.
    pub retry_after: Option<u64>,
    /// The body as it travelled.
    pub body: Vec<u8>,
}

/// A way to the server. It never follows a redirect: a server of ours sends none.
pub trait Transport: Sync {
    /// Sends a request and waits for its answer.
    fn ask(&self, asking: Asking<'_>) -> impl Future<Output = Result<Reply, TransportError>> + Send;
}

/// Why no answer came. Nothing is known of what the server did with the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// There is no network, or the server's address has no machine that listens.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The server's name is not known to the network.
    #[error("the server's name cannot be found")]
    NameNotFound,
    /// The answer did not come in time.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The connection broke before the answer was whole.
    #[error("the connection broke")]
    Interrupted,
    /// Whoever answered could not prove to be the server.
    #[error("the server's certificate is not trusted: {0}")]
    Untrusted(#[from] Untrusted),
    /// The answer is larger than any answer of a server can be.
    #[error("the answer is too large")]
    TooLarge,
}

/// Why a certificate is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untrusted {
    /// Its time is over, or has not begun: or the device's clock is far off.
    #[error("it is not valid at this time")]
    Expired,
    /// It belongs to another name.
    #[error("it belongs to another server")]
    WrongName,
    /// Nobody whom this device trusts signed it.
    #[error("nobody trusted signed it")]
    UnknownIssuer,
    /// Something else is wrong with it.
    #[error("it is not a valid certificate")]
    Invalid,
}
