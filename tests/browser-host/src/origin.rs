//! Only the host's own page is answered: no other site that is open in the same browser, under no other name.

use crate::serve::Host;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Refuses a request for another name, or from the page of another site.
pub(crate) async fn only_our_own(State(host): State<Host>, request: Request, next: Next) -> Response {
    match is_our_own(request.headers(), &host.authority) {
        true => next.run(request).await,
        false => StatusCode::FORBIDDEN.into_response(),
    }
}

/// A browser says in `Host` which name it looked up, and in `Origin` which page asks; the latter not for plain reads of its own.
fn is_our_own(headers: &HeaderMap, authority: &str) -> bool {
    let header = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let named = header(header::HOST) == Some(authority);
    let from = header(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(authority));
    named && from
}

#[cfg(test)]
mod tests {
    use super::is_our_own;
    use axum::http::{HeaderMap, HeaderValue, header};

    const OURS: &str = "127.0.0.1:4000";

    fn headers(host: &'static str, origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static(host));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        headers
    }

    #[test]
    fn only_the_hosts_own_page_is_answered() {
        for (host, origin, expected) in [
            (OURS, None, true),
            (OURS, Some("http://127.0.0.1:4000"), true),
            (OURS, Some("http://127.0.0.1:4001"), false),
            (OURS, Some("https://127.0.0.1:4000"), false),
            (OURS, Some("http://elders.example"), false),
            (OURS, Some("null"), false),
            ("elders.example:4000", None, false),
            ("elders.example:4000", Some("http://elders.example:4000"), false),
        ] {
            assert_eq!(
                is_our_own(&headers(host, origin), OURS),
                expected,
                "{host} {origin:?}"
            );
        }
        assert!(
            !is_our_own(&HeaderMap::new(), OURS),
            "a request that names nobody"
        );
    }
}
