//! A phone: keys in its hardware, fingers or a face, and its own apps for calls and messages.

use crate::core::OpenOutside;
use drempel_client::phone::{BiometricKey, DeviceKey, Machine};
use drempel_hardware_key::PhoneKeys;
use std::path::Path;
use std::sync::Arc;
use tauri::{AppHandle, Builder, Manager as _, Runtime};
use tauri_plugin_opener::OpenerExt as _;

/// The page gets no command of either.
pub(crate) fn with_plugins<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        .plugin(drempel_hardware_key::plugin())
        .plugin(tauri_plugin_opener::init())
}

pub(crate) fn machine<R: Runtime>(app: &AppHandle<R>, _: &Path) -> Machine {
    let keys = app.state::<PhoneKeys>();
    let guesses: Arc<dyn DeviceKey> = Arc::clone(&keys.guesses) as _;
    let biometrics: Arc<dyn BiometricKey + Send + Sync> = Arc::clone(&keys.biometrics) as _;
    Machine {
        biometrics: Some(biometrics),
        ..Machine::with_key(guesses)
    }
}

pub(crate) fn opener<R: Runtime>(app: AppHandle<R>) -> OpenOutside {
    // What went wrong may hold the number: only that it did is told.
    Box::new(move |address| app.opener().open_url(address, None::<&str>).is_ok())
}
