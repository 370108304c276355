//! The page's own files, under the policy that the app has.

use crate::serve::Host;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

/// What the app's policy says of connections, and what takes its place: the host is reached over HTTP.
const CONNECTIONS: (&str, &str) = ("connect-src ipc: http://ipc.localhost", "connect-src 'self'");

/// Answers every other address with the file of that name; the root with the page.
pub(crate) async fn page(State(host): State<Host>, uri: Uri) -> Response {
    let path = match uri.path() {
        "/" => "index.html",
        path => path,
    };
    let Some(file) = host.assets.get(path.to_owned()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let policy = file.csp_header.unwrap_or_else(|| host.policy.to_string());
    let headers = [
        (header::CONTENT_TYPE, file.mime_type),
        (
            header::CONTENT_SECURITY_POLICY,
            policy.replace(CONNECTIONS.0, CONNECTIONS.1),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, file.bytes).into_response()
}
