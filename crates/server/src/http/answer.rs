//! Writing an answer: JSON, compressed for who can read that.

use crate::problem::Refusal;
use axum::response::{IntoResponse, Response};
use drempel_protocol::codec::{ENCODING, compress};
use drempel_protocol::problem::Code;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, VARY};
use http::{HeaderMap, StatusCode};
use serde::Serialize;

/// Whether the asker reads zstd.
pub(super) fn reads_zstd(headers: &HeaderMap) -> bool {
    let stated = headers.get_all(ACCEPT_ENCODING).iter();
    let mut codings = stated
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(ENCODING));
        let refused = parts.any(|part| {
            let weight = part
                .strip_prefix("q=")
                .and_then(|weight| weight.parse::<f32>().ok());
            weight == Some(0.0)
        });
        named && !refused
    })
}

/// An answer with content.
pub(super) fn json(status: StatusCode, content: &impl Serialize, zstd: bool) -> Result<Response, Refusal> {
    let failed = |_| Refusal::new(Code::Internal, "The answer could not be written. Try again.");
    let body = serde_json::to_vec(content).map_err(|_| failed(()))?;
    let body = if zstd {
        compress(&body).map_err(|_| failed(()))?
    } else {
        body
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if zstd {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(ENCODING));
    }
    Ok(response)
}
