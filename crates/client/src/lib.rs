//! What the app can do: use cases of the coaches, what screens show, and synchronising with the municipality.

pub mod actions;
mod ageing;
mod client;
pub mod enrol;
mod error;
mod halves;
pub mod phone;
mod reference;
mod saving;
mod secrets;
mod settings;
mod standing;
pub mod sync;
pub mod system;
mod tokens;
pub mod views;

pub use client::Client;
pub use error::{ClientError, Refusal};
pub use halves::Whole;
pub use saving::{Opened, Saved, Touched, Warning};
