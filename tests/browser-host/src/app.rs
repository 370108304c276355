//! The app as the shell builds it, on Tauri's mock runtime: the same commands, permissions and events, without a window.

use crate::events::Events;
use crate::serve::HostError;
use drempel_app::{EVENTS, configure, context};
use std::path::PathBuf;
use tauri::test::{MockRuntime, mock_builder};
use tauri::{App, Listener as _, Manager as _, WebviewWindow};

/// Starts the app over those data, and passes on what it tells by itself.
///
/// # Errors
/// When the app cannot be started, or has no window.
pub(crate) fn start(
    data: PathBuf,
    events: &Events,
) -> Result<(App<MockRuntime>, WebviewWindow<MockRuntime>), HostError> {
    let mut app = configure(mock_builder(), Some(data)).build(context())?;
    for name in EVENTS {
        let events = events.clone();
        app.listen_any(*name, move |event| events.tell(name, event.payload()));
    }
    #[expect(
        deprecated,
        reason = "once, it runs the setup and opens the window; the mock runtime's own loop would only sleep"
    )]
    app.run_iteration(|_, _| {});
    let window = app.get_webview_window("main").ok_or(HostError::NoWindow)?;
    Ok((app, window))
}
