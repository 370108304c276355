//! A command of the page, handed to Tauri's own handler with the permissions of the app's window.

use crate::serve::Host;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use tauri::WebviewWindow;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeError, InvokeResponse, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime};
use tauri::webview::InvokeRequest;
use tokio::sync::oneshot;

/// Marks an answer as a refusal. Its status is 200 all the same: a browser writes any other into its console as an error.
const REFUSED: HeaderName = HeaderName::from_static("x-drempel-refused");

/// Where the app's own page lies in its window.
const PAGE: &str = "tauri://localhost";

/// Answers `POST /ipc/{command}`.
pub(crate) async fn call(
    State(host): State<Host>,
    Path(command): Path<String>,
    Json(arguments): Json<Value>,
) -> Response {
    match ask(&host.window, command, arguments).await {
        Some(InvokeResponse::Ok(InvokeResponseBody::Json(text))) => {
            ([(header::CONTENT_TYPE, "application/json")], text).into_response()
        }
        Some(InvokeResponse::Ok(InvokeResponseBody::Raw(bytes))) => bytes.into_response(),
        Some(InvokeResponse::Err(InvokeError(refusal))) => ([(REFUSED, "1")], Json(refusal)).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The answer of the app; none when it ended meanwhile.
async fn ask(
    window: &WebviewWindow<MockRuntime>,
    command: String,
    arguments: Value,
) -> Option<InvokeResponse> {
    let request = InvokeRequest {
        cmd: command,
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: PAGE.parse().ok()?,
        body: InvokeBody::Json(arguments),
        headers: HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    let (answer, answered) = oneshot::channel();
    let webview = window.as_ref().clone();
    // A command that is not asynchronous runs where it is handed in.
    tokio::task::spawn_blocking(move || {
        webview.on_message(
            request,
            Box::new(move |_, _, response, _, _| drop(answer.send(response))),
        );
    })
    .await
    .ok()?;
    answered.await.ok()
}
