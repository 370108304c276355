//! HTTP over TLS, by reqwest and rustls: every way to fail told apart.

use super::transport::{Asking, Reply, Transport, TransportError, Untrusted};
use super::trust::trusting;
use drempel_protocol::codec::ENCODING;
use drempel_protocol::limits;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, RETRY_AFTER,
};
use rustls::CertificateError;
use std::error::Error;
use std::io;
use std::time::Duration;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long nothing may arrive before a request is given up: a slow network is no failure as long as it moves.
const SILENCE: Duration = Duration::from_secs(45);

/// A kept-alive way to one server.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    server: reqwest::Url,
}

/// Why there is no way to that address at all.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The text is no address of a server.
    #[error("not the address of a server: expected https://name, or http:// on this machine itself")]
    NotAnAddress,
    /// The machine's certificates cannot be read, or TLS cannot be set up.
    #[error("TLS cannot be set up on this device")]
    Tls(#[source] reqwest::Error),
}

impl Http {
    /// A way to the server at that address. Plain HTTP goes to this machine itself only.
    ///
    /// `roots` are certificates (PEM) to trust besides those that the device trusts.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub fn to(address: &str, roots: &[&[u8]]) -> Result<Self, HttpError> {
        // Whoever links another TLS provider first keeps it; both are rustls.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let server: reqwest::Url = address.parse().map_err(|_| HttpError::NotAnAddress)?;
        let loopback = matches!(server.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if !(server.scheme() == "https" || server.scheme() == "http" && loopback) {
            return Err(HttpError::NotAnAddress);
        }
        let builder = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // A body is expanded where its limit is known.
            .no_zstd()
            .tcp_nodelay(true)
            .user_agent(concat!("drempel/", env!("CARGO_PKG_VERSION")));
        let client = trusting(builder, roots)?.build().map_err(HttpError::Tls)?;
        Ok(Self { client, server })
    }
}

impl Transport for Http {
    async fn ask(&self, asking: Asking<'_>) -> Result<Reply, TransportError> {
        let mut url = self.server.clone();
        url.set_path(asking.path);
        let mut request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_ENCODING, ENCODING)
            .header(ACCEPT, "application/json")
            .header(ACCEPT_ENCODING, ENCODING)
            .body(asking.body);
        if let Some(token) = asking.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.map_err(|error| told_apart(&error))?;
        let headers = response.headers();
        let mut reply = Reply {
            status: response.status().as_u16(),
            media_type: media_type(headers),
            compressed: header(headers, &CONTENT_ENCODING) == Some(ENCODING),
            retry_after: header(headers, &RETRY_AFTER).and_then(|text| text.parse().ok()),
            body: Vec::new(),
        };
        reply.body = read_body(response).await?;
        Ok(reply)
    }
}

/// Reads a body up to the limit, whatever length it claims.
async fn read_body(mut response: reqwest::Response) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| told_apart(&error))? {
        if body.len() + chunk.len() > limits::ANSWER_BYTES {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn media_type(headers: &HeaderMap) -> String {
    let whole = header(headers, &CONTENT_TYPE).unwrap_or_default();
    let plain = whole.split(';').next().unwrap_or_default();
    plain.trim().to_ascii_lowercase()
}

/// Finds what really went wrong in the chain of causes.
fn told_apart(error: &reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::TimedOut;
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(found) = known_cause(current) {
            return found;
        }
        cause = beneath(current);
    }
    match error.is_connect() {
        true => TransportError::Unreachable,
        false => TransportError::Interrupted,
    }
}

/// The next cause down. An I/O error names as its source what lies beneath the error that it wraps, not that error.
fn beneath<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => cause.source(),
    }
}

fn known_cause(cause: &(dyn Error + 'static)) -> Option<TransportError> {
    if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
        return Some(untrusted(tls).map_or(TransportError::Interrupted, Into::into));
    }
    let io = cause.downcast_ref::<io::Error>()?;
    match io.kind() {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::HostUnreachable => Some(TransportError::Unreachable),
        io::ErrorKind::TimedOut => Some(TransportError::TimedOut),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => {
            Some(TransportError::Interrupted)
        }
        // The resolver's own errors have no kind of their own in the standard library.
        _ if io.to_string().starts_with("failed to lookup address") => Some(TransportError::NameNotFound),
        _ => None,
    }
}

fn untrusted(error: &rustls::Error) -> Option<Untrusted> {
    let rustls::Error::InvalidCertificate(why) = error else {
        return None;
    };
    Some(match why {
        CertificateError::Expired
        | CertificateError::NotValidYet
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYetContext { .. } => Untrusted::Expired,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Untrusted::WrongName
        }
        // A bad signature: somebody signed in the name of an authority that is trusted.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => Untrusted::UnknownIssuer,
        _ => Untrusted::Invalid,
    })
}
