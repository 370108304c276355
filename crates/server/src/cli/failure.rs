//! Why the program ended otherwise than it was asked to: one sentence that says what to do.

use crate::{AdminError, ImportError, OpenError};
use std::net::SocketAddr;

/// Why the program failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The data cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A municipality file was refused.
    #[error("the municipality file was not imported: {0}")]
    Import(#[from] ImportError),
    /// A command was refused or failed.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// Plain HTTP was asked for where others can listen.
    #[error(
        "without a certificate the server listens on a loopback address only; \
         give --certificate and --key, or --behind-proxy where a trusted proxy does TLS"
    )]
    PlainHttp,
    /// Metrics were asked for where others can see them.
    #[error("metrics are shown on a loopback address only")]
    PublicMetrics,
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}; is another server running there?")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// The certificate or its key cannot be used.
    #[error("the certificate or its key cannot be used ({0}); both are PEM files that belong together")]
    Certificate(#[source] std::io::Error),
    /// An argument does not say what it should.
    #[error("{0}")]
    Argument(&'static str),
    /// A file or stream failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The log or the metrics cannot be set up.
    #[error("cannot be set up: {0}")]
    SetUp(&'static str),
}
