//! What came back is the server's answer, its refusal, or somebody else's words: told apart here.

use super::transport::{Asking, Reply, Transport, TransportError};
use crate::ClientError;
use drempel_protocol::codec::{CodecError, compress, expand_answer};
use drempel_protocol::limits;
use drempel_protocol::problem::{Code, MEDIA_TYPE, Problem};
use drempel_store::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a synchronisation, or an enrolment, did not come to its end. What was saved on the device stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// No answer came.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// A page of the network answered instead of the server, such as the sign-in page of a public wifi.
    #[error("a sign-in page of the network answered instead of the server")]
    SignInPage,
    /// Something answered that is no Drempel server.
    #[error("what answered is not a Drempel server (status {status})")]
    WrongServer {
        /// The HTTP status.
        status: u16,
    },
    /// The server refused the request.
    #[error("the server refused: {}", .code.as_str())]
    Refused {
        /// The stable code.
        code: Code,
        /// Seconds to wait before asking again, when the server said so.
        retry_after: Option<u64>,
    },
    /// The server's answer breaks the protocol.
    #[error("the server's answer cannot be read: {0}")]
    Unreadable(&'static str),
    /// The request could not be made.
    #[error("the request cannot be made")]
    Encoding(#[source] serde_json::Error),
    /// The request is larger than a server takes.
    #[error("the request is too large")]
    TooLarge,
    /// The device could not read or store something.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        SyncError::Client(error.into())
    }
}

impl From<CodecError> for SyncError {
    fn from(_: CodecError) -> Self {
        SyncError::Unreadable("it cannot be decompressed")
    }
}

impl SyncError {
    /// Whether the request itself may be what went wrong, so that a smaller one is worth trying.
    pub(crate) fn blames_request(&self) -> bool {
        use Code::{Internal, Malformed, TimedOut, TooLarge, Unavailable};
        match self {
            SyncError::TooLarge => true,
            SyncError::Refused { code, .. } => {
                matches!(code, Malformed | TooLarge | TimedOut | Internal) && *code != Unavailable
            }
            _ => false,
        }
    }

    /// Whether the server knows of no device with that token.
    pub(crate) fn is_of_unknown_token(&self) -> bool {
        matches!(
            self,
            SyncError::Refused {
                code: Code::NotEnrolled,
                ..
            }
        )
    }
}

/// Sends a document and reads the server's answer to it.
pub(crate) async fn exchange<A: DeserializeOwned>(
    transport: &impl Transport,
    path: &str,
    token: Option<&str>,
    document: &impl Serialize,
) -> Result<A, SyncError> {
    let text = serde_json::to_vec(document).map_err(SyncError::Encoding)?;
    let body = compress(&text)?;
    if text.len() > limits::EXPANDED_BYTES || body.len() > limits::BODY_BYTES {
        return Err(SyncError::TooLarge);
    }
    read(&transport.ask(Asking { path, token, body }).await?)
}

/// Reads an answer, whoever sent it.
fn read<A: DeserializeOwned>(reply: &Reply) -> Result<A, SyncError> {
    match (reply.status, reply.media_type.as_str()) {
        (200..=202, "application/json") => {
            let text = text(reply)?;
            serde_json::from_slice(&text)
                .map_err(|_| SyncError::Unreadable("it is not of the expected shape"))
        }
        (status @ 400..=599, MEDIA_TYPE) => Err(refusal(status, reply)),
        (200 | 201, "text/html") | (300..=399 | 511, _) => Err(SyncError::SignInPage),
        // A gateway in front of a server that restarts answers in its own words.
        (502..=504, _) => Err(SyncError::Refused {
            code: Code::Unavailable,
            retry_after: reply.retry_after,
        }),
        (status, _) => Err(SyncError::WrongServer { status }),
    }
}

fn refusal(status: u16, reply: &Reply) -> SyncError {
    let problem = text(reply)
        .ok()
        .and_then(|text| serde_json::from_slice::<Problem>(&text).ok());
    match problem {
        Some(problem) => SyncError::Refused {
            code: problem.code,
            retry_after: reply.retry_after,
        },
        None => SyncError::WrongServer { status },
    }
}

fn text(reply: &Reply) -> Result<std::borrow::Cow<'_, [u8]>, SyncError> {
    if reply.compressed {
        return Ok(expand_answer(&reply.body)?.into());
    }
    match reply.body.len() > limits::ANSWER_BYTES {
        true => Err(TransportError::TooLarge.into()),
        false => Ok(reply.body.as_slice().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn reply(status: u16, media_type: &str, body: &str) -> Reply {
        Reply {
            status,
            media_type: media_type.to_owned(),
            body: body.as_bytes().to_vec(),
            ..Reply::default()
        }
    }

    #[test]
    fn somebody_elses_words_are_never_taken_for_the_servers() {
        let told = |reply: &Reply| read::<Value>(reply).unwrap_err().to_string();
        let cases = [
            (reply(200, "text/html", "<html>"), "a sign-in page"),
            (reply(302, "", ""), "a sign-in page"),
            (reply(511, "text/html", ""), "a sign-in page"),
            (
                reply(404, "text/html", "<html>"),
                "not a Drempel server (status 404)",
            ),
            (
                reply(401, "application/json", "{}"),
                "not a Drempel server (status 401)",
            ),
            (reply(400, MEDIA_TYPE, "{}"), "not a Drempel server (status 400)"),
            (reply(200, "application/json", "{"), "not of the expected shape"),
            (reply(503, "text/html", "busy"), "refused: unavailable"),
        ];
        for (reply, expected) in cases {
            assert!(told(&reply).contains(expected), "{reply:?}");
        }
        let problem = serde_json::to_string(&Problem::new(Code::NotEnrolled, "")).unwrap();
        assert!(told(&reply(401, MEDIA_TYPE, &problem)).ends_with("not_enrolled"));
    }

    #[test]
    fn a_bomb_is_stopped() {
        let bomb = compress(&vec![b' '; limits::ANSWER_BYTES + 1]).unwrap();
        let reply = Reply {
            compressed: true,
            body: bomb,
            ..reply(200, "application/json", "")
        };
        assert!(matches!(read::<Value>(&reply), Err(SyncError::Unreadable(_))));
    }
}
