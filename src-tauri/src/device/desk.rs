//! A desk: a key in a file, and no app for calls or messages.

use crate::core::OpenOutside;
use drempel_client::phone::{FileKey, Machine};
use std::path::Path;
use std::sync::Arc;
use tauri::{AppHandle, Builder, Runtime};

/// The window opens where it was closed.
pub(crate) fn with_plugins<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder.plugin(tauri_plugin_window_state::Builder::default().build())
}

/// The key lies beside what it protects, which is weaker than hardware: codes are longer here.
pub(crate) fn machine<R: Runtime>(_: &AppHandle<R>, data: &Path) -> Machine {
    Machine::with_key(Arc::new(FileKey::at(&data.join("device-key"))))
}

/// Nobody calls from a desk.
pub(crate) fn opener<R: Runtime>(_: AppHandle<R>) -> OpenOutside {
    Box::new(|_| false)
}
