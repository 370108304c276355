//! Reading a request's body within its limits, before anything of it is believed.

use crate::problem::Refusal;
use axum::extract::Request;
use drempel_protocol::codec::{CodecError, ENCODING, expand_request};
use drempel_protocol::limits::{BODY_BYTES, DEPTH};
use drempel_protocol::problem::Code;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long a body of a few hundred bytes may be on its way.
pub(super) const SHORT: Duration = Duration::from_secs(30);

/// How long the largest body may be on its way, which is what a telephone at the edge of its network needs.
pub(super) const LONG: Duration = Duration::from_secs(10 * 60);

/// The body of a request, decompressed and measured, not yet parsed.
pub(super) async fn read(request: Request, limit: Duration) -> Result<Vec<u8>, Refusal> {
    check_media_type(request.headers())?;
    let compressed = is_compressed(request.headers())?;
    let body = Limited::new(request.into_body(), BODY_BYTES).collect();
    let body = tokio::time::timeout(limit, body).await;
    let body = body.map_err(|_| Refusal::new(Code::TimedOut, "Send less at a time, or try again later."))?;
    let body = body.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => too_large(),
        None => Refusal::new(Code::Malformed, "The body ended before it was whole."),
    })?;
    let body = body.to_bytes();
    if !compressed {
        return Ok(body.to_vec());
    }
    expand_request(&body).map_err(|error| match error {
        CodecError::TooLarge(_) => too_large(),
        CodecError::Broken(_) => Refusal::new(Code::Malformed, "The body is no valid zstd."),
    })
}

/// What a body says.
pub(super) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    if depth(body) > DEPTH {
        return Err(Refusal::new(
            Code::Malformed,
            "The JSON is nested deeper than 16.",
        ));
    }
    let shape = || {
        Refusal::new(
            Code::Malformed,
            "The body is no JSON of the shape that the API describes.",
        )
    };
    // A list would pass for an object with its members in order.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(shape());
    }
    serde_json::from_slice(body).map_err(|_| shape())
}

fn too_large() -> Refusal {
    Refusal::new(
        Code::TooLarge,
        "At most 1 MiB travels, and at most 8 MiB when it is decompressed.",
    )
}

fn unsupported(detail: &'static str) -> Refusal {
    Refusal::new(Code::UnsupportedMediaType, detail)
}

fn check_media_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let stated = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = stated.and_then(|stated| stated.split(';').next()).map(str::trim);
    match media_type {
        Some(media_type) if media_type.eq_ignore_ascii_case("application/json") => Ok(()),
        _ => Err(unsupported("The body must be application/json.")),
    }
}

fn is_compressed(headers: &HeaderMap) -> Result<bool, Refusal> {
    let Some(encoding) = headers.get(CONTENT_ENCODING) else {
        return Ok(false);
    };
    match encoding.to_str().unwrap_or_default().trim() {
        encoding if encoding.eq_ignore_ascii_case(ENCODING) => Ok(true),
        encoding if encoding.eq_ignore_ascii_case("identity") => Ok(false),
        _ => Err(unsupported("The body may be zstd or not encoded.")),
    }
}

/// How deep JSON text is nested, told without parsing it.
fn depth(text: &[u8]) -> usize {
    let (mut deepest, mut depth, mut quoted, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in text {
        match (quoted, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'[' | b'{') => {
                depth = depth.saturating_add(1);
                deepest = deepest.max(depth);
            }
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_texts_do_not_nest() {
        for (text, expected) in [
            ("1", 0),
            ("[]", 1),
            (r#"{"a":[{"b":1}]}"#, 3),
            (r#"["[[[["]"#, 1),
            (r#"["\"[[["]"#, 1),
            (r#"["\\",[1]]"#, 2),
            ("[[],[],[[]]]", 3),
        ] {
            assert_eq!(depth(text.as_bytes()), expected, "{text}");
        }
    }
}
