//! The whole API on one screen.

use super::{handlers, headers};
use crate::app::App;
use crate::problem::Refusal;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use drempel_protocol::problem::Code;
use drempel_protocol::{DEPOSITS, ENROLMENTS, OPENAPI, SYNCHRONISATIONS};
use tower_http::catch_panic::CatchPanicLayer;

/// Where a monitor asks whether the server can answer.
pub(crate) const HEALTH: &str = "/v1/health";

/// The server's API. Serve it with the address of the peer as `ConnectInfo`, so that wrong codes count per address.
pub fn router(app: App) -> Router {
    Router::new()
        .route(ENROLMENTS, post(handlers::enrol))
        .route(SYNCHRONISATIONS, post(handlers::synchronise))
        .route(DEPOSITS, post(handlers::deposit))
        .route(OPENAPI, get(handlers::openapi))
        .route(HEALTH, get(handlers::health))
        .fallback(|| async { Refusal::new(Code::NotFound, "See /v1/openapi.json for what there is.") })
        .method_not_allowed_fallback(|| async {
            Refusal::new(
                Code::MethodNotAllowed,
                "See /v1/openapi.json for which method to use.",
            )
        })
        .layer(CatchPanicLayer::custom(handlers::panicked))
        .layer(from_fn_with_state(app.clone(), headers::secure))
        .layer(from_fn(headers::observed))
        .with_state(app)
}
