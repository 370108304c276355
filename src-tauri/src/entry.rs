//! Where the app begins, on a phone and on a desk.

use crate::{configure, context};

/// Runs the app until its window is closed.
///
/// # Errors
/// When no window can be opened here, or the app's data cannot be reached.
pub fn run() -> Result<(), tauri::Error> {
    configure(tauri::Builder::default(), None).run(context())
}

/// What the project of a phone starts. Without a window or the app's data there is nothing to show: the app ends.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
fn begin_on_a_phone() {
    if let Err(error) = run() {
        tracing::error!(%error, "the app could not begin");
    }
}
