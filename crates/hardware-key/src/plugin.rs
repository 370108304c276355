//! This half as a plugin of Tauri, for Android and iOS.

use crate::{Biometrics, GuessKey, Platform, Refusal};
use serde_json::Value;
use std::error::Error;
use std::sync::Arc;
use tauri::plugin::mobile::PluginInvokeError;
use tauri::plugin::{Builder, PluginApi, PluginHandle, TauriPlugin};
use tauri::{Manager as _, Runtime};

#[cfg(target_os = "ios")]
tauri::ios_plugin_binding!(init_plugin_hardware_key);

/// The keys of this phone; the plugin gives them to the app as its state.
pub struct PhoneKeys {
    /// Answers each guess of a code.
    pub guesses: Arc<GuessKey>,
    /// Fingers or a face.
    pub biometrics: Arc<Biometrics>,
}

/// The plugin. It answers no command of the page.
pub fn plugin<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("hardware-key")
        .setup(|app, api| {
            let platform: Arc<dyn Platform> = Arc::new(Native(register(&api)?));
            app.manage(PhoneKeys {
                guesses: Arc::new(GuessKey::of(Arc::clone(&platform))),
                biometrics: Arc::new(Biometrics::of(platform)),
            });
            Ok(())
        })
        .build()
}

#[cfg(target_os = "android")]
fn register<R: Runtime>(api: &PluginApi<R, ()>) -> Result<PluginHandle<R>, Box<dyn Error>> {
    Ok(api.register_android_plugin("nl.drempel.hardwarekey", "HardwareKeyPlugin")?)
}

#[cfg(target_os = "ios")]
fn register<R: Runtime>(api: &PluginApi<R, ()>) -> Result<PluginHandle<R>, Box<dyn Error>> {
    Ok(api.register_ios_plugin(init_plugin_hardware_key)?)
}

/// The half in the phone's own language.
struct Native<R: Runtime>(PluginHandle<R>);

impl<R: Runtime> Platform for Native<R> {
    fn ask(&self, command: &str, payload: Value) -> Result<Value, Refusal> {
        match self.0.run_mobile_plugin(command, payload) {
            Ok(answer) => Ok(answer),
            Err(PluginInvokeError::InvokeRejected(said)) => Err(Refusal::of(said.code.as_deref())),
            // What went wrong may hold what was asked: only that it did is told.
            Err(_) => {
                tracing::error!(command, "the phone's half of the keys did not answer");
                Err(Refusal::Unavailable)
            }
        }
    }
}
