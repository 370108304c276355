//! Where the app begins, on a phone and on a desk.

use crate::{configure, context};

/// Runs the app until its window is closed.
///
/// # Errors
/// When no window can be opened here, or the app's data cannot be reached.
pub fn run() -> Result<(), tauri::Error> {
    configure(tauri::Builder::default(), None).run(context())
}
