//! What each address does: reads, calls the server off the async threads, answers.

use super::{answer, body};
use crate::app::App;
use crate::problem::Refusal;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::{IntoResponse, Response};
use drempel_protocol::deposit::DepositRequest;
use drempel_protocol::enrolment::{EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::limits::{CHANGES, LISTED, SPACES};
use drempel_protocol::problem::Code;
use drempel_protocol::synchronisation::SyncRequest;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, StatusCode};
use std::any::Any;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// The description of the API.
const DESCRIPTION: &str = include_str!("../../../protocol/openapi.json");

/// How long reading, deciding and storing one request may take.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Enrols a device with a code.
pub(super) async fn enrol(State(app): State<App>, request: Request) -> Result<Response, Refusal> {
    let address = address_of(&app, &request);
    let zstd = answer::reads_zstd(request.headers());
    let body = body::read(request, body::SHORT).await?;
    off_thread(move || {
        let request: EnrolmentRequest = body::parse(&body)?;
        check_protocol(request.protocol)?;
        let now = app.now();
        if let Some(address) = address {
            app.rates().may_try(address, now).map_err(Refusal::too_many)?;
        }
        match app.enrol(&request) {
            Ok(told) => answer::json(status_of(&told), &told, zstd),
            Err(refusal) => {
                if let Some(address) = address.filter(|_| refusal.code() == Code::CodeNotValid) {
                    app.rates().wrong_code(address, now);
                }
                Err(refusal)
            }
        }
    })
    .await
}

fn status_of(answer: &EnrolmentAnswer) -> StatusCode {
    match answer {
        EnrolmentAnswer::Enrolled(_) => StatusCode::CREATED,
        EnrolmentAnswer::AwaitsConfirmation(_) => StatusCode::ACCEPTED,
    }
}

/// Synchronises a device.
pub(super) async fn synchronise(State(app): State<App>, request: Request) -> Result<Response, Refusal> {
    let zstd = answer::reads_zstd(request.headers());
    let token = token_of(request.headers()).ok_or_else(Refusal::not_enrolled)?;
    // The token is looked at first, so that nobody without one makes the server read a body.
    let (app, session) = off_thread(move || {
        let session = app.authenticate(&token)?;
        Ok((app, session))
    })
    .await?;
    let body = body::read(request, body::LONG).await?;
    off_thread(move || {
        let request: SyncRequest = body::parse(&body)?;
        check_protocol(request.protocol)?;
        check_sizes(&request)?;
        let device = app.continue_session(&session, request.next_token_sha256.as_deref())?;
        let answer = app.synchronise(&device, &request)?;
        answer::json(StatusCode::OK, &answer, zstd)
    })
    .await
}

/// Takes in sealed work.
pub(super) async fn deposit(State(app): State<App>, request: Request) -> Result<Response, Refusal> {
    let zstd = answer::reads_zstd(request.headers());
    let token = token_of(request.headers()).ok_or_else(Refusal::not_enrolled)?;
    let (app, device) = off_thread(move || {
        let device = app.depositor(&token)?;
        Ok((app, device))
    })
    .await?;
    let body = body::read(request, body::LONG).await?;
    off_thread(move || {
        let request: DepositRequest = body::parse(&body)?;
        check_protocol(request.protocol)?;
        let answer = app.deposit(&device, &request)?;
        answer::json(StatusCode::OK, &answer, zstd)
    })
    .await
}

/// The description of the API, readable from any origin as the API Design Rules ask.
pub(super) async fn openapi() -> Response {
    let mut response = DESCRIPTION.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    response
}

/// Whether the server can read its database.
pub(super) async fn health(State(app): State<App>) -> Result<Response, Refusal> {
    off_thread(move || {
        app.epoch()?;
        answer::json(StatusCode::OK, &serde_json::json!({"status": "ok"}), false)
    })
    .await
}

/// What is answered when a handler failed in a way that nobody foresaw.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request ended in a panic");
    failed().into_response()
}

fn failed() -> Refusal {
    Refusal::new(
        Code::Internal,
        "Nothing was changed. Try again, and tell the administrator.",
    )
}

/// Runs work that reads and writes files where it holds nobody up.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::time::timeout(TIME_LIMIT, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(failed()),
        Err(_) => Err(Refusal::new(
            Code::TimedOut,
            "Send less at a time, or try again later.",
        )),
    }
}

fn token_of(headers: &HeaderMap) -> Option<String> {
    let stated = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = stated.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.to_owned())
}

/// Who asks: the peer, or whom the trusted proxy in between names.
fn address_of(app: &App, request: &Request) -> Option<IpAddr> {
    let named = || {
        let stated = request.headers().get("x-forwarded-for")?.to_str().ok()?;
        stated.rsplit(',').next()?.trim().parse().ok()
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(address)| address.ip());
    if app.is_behind_proxy() {
        named().or(peer)
    } else {
        peer
    }
}

fn check_protocol(version: u32) -> Result<(), Refusal> {
    match version {
        0 => Err(Refusal::new(Code::Malformed, "There is no protocol 0.")),
        // Later versions only add members, which this one leaves alone.
        _ => Ok(()),
    }
}

fn check_sizes(request: &SyncRequest) -> Result<(), Refusal> {
    let changes: usize = request.spaces.iter().map(|space| space.changes.len()).sum();
    let locked: usize = request.locked.iter().map(|space| space.changes.len()).sum();
    let lists = request
        .spaces
        .iter()
        .flat_map(|space| [space.open.len(), space.discard.len(), space.want.len()]);
    let locked_lists = request
        .locked
        .iter()
        .flat_map(|space| [space.open.len(), space.discard.len()]);
    let listed = lists
        .chain(locked_lists)
        .chain([request.removed.len(), request.opened.len()])
        .max();
    let spaces = request.spaces.len().max(request.locked.len());
    if spaces > SPACES || changes.saturating_add(locked) > CHANGES || listed > Some(LISTED) {
        return Err(Refusal::new(
            Code::TooLarge,
            "At most 200 spaces, 2000 changes over all of them, and 2000 entries in a list.",
        ));
    }
    Ok(())
}
