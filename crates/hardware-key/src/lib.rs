//! The key of a phone's own hardware, and its fingers or face, as `drempel-sealing` asks for them.
//!
//! The half in Kotlin or Swift holds the keys; this half asks it, as a plugin of Tauri. The page gets no command of it.

mod biometrics;
mod guess_key;
mod platform;
#[cfg(mobile)]
mod plugin;

pub use biometrics::Biometrics;
pub use guess_key::GuessKey;
pub use platform::{Platform, Refusal};
#[cfg(mobile)]
pub use plugin::{PhoneKeys, plugin};
