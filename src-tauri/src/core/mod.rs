//! The app's one state: the phone, what was just saved, what lies outside the library, and what runs beside.

mod beside;
mod enrolling;
mod events;
mod failures;
mod first_sync;
mod lock;
mod outside;
mod reaching;
mod settings;
mod shell;
mod status;
mod syncing;
mod unlocking;
mod write_only;

pub(crate) use beside::run_beside;
pub(crate) use events::Events;
pub(crate) use shell::{Answer, Around, OpenOutside, Shell};
