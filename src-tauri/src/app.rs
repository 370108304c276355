//! The app as Tauri is to build it, whatever it runs on: the window of a phone or a desk, or a browser in tests.

use crate::commands;
use crate::core::{Around, Events, Shell, run_beside};
use crate::device;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{AppHandle, Builder, Context, Emitter as _, Manager as _, Runtime};

/// What Tauri's configuration says of the app: window, policy, permissions, and the page's files.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Gives the app its commands, its state and what runs beside them.
///
/// Its data go to that directory; without one, to where the system keeps those of apps.
pub fn configure<R: Runtime>(builder: Builder<R>, data: Option<PathBuf>) -> Builder<R> {
    let builder = builder
        .invoke_handler(commands::handler())
        .setup(move |app| begin(app.handle(), data));
    device::with_plugins(builder)
}

/// Opens the app's data, and starts what runs beside the window.
fn begin<R: Runtime>(app: &AppHandle<R>, data: Option<PathBuf>) -> Result<(), Box<dyn Error>> {
    let data = match data {
        Some(data) => data,
        None => app.path().app_data_dir()?,
    };
    let around = Around {
        machine: device::machine(app, &data),
        events: events_of(app.clone()),
        open_outside: device::opener(app.clone()),
    };
    let shell = Arc::new(Shell::start(&data, around)?);
    app.manage(Arc::clone(&shell));
    run_beside(shell);
    Ok(())
}

/// What the app tells goes to every window; one that closes meanwhile hears nothing more.
fn events_of<R: Runtime>(app: AppHandle<R>) -> Events {
    Events::new(move |name, payload| {
        if let Err(error) = app.emit(name, payload) {
            tracing::warn!(%error, event = name, "an event did not reach the page");
        }
    })
}
