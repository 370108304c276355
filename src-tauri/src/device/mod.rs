//! What the device gives the app: keys, and its own apps for calls and messages.

#[cfg(desktop)]
mod desk;
#[cfg(mobile)]
mod phone;

#[cfg(desktop)]
pub(crate) use desk::{machine, opener, with_plugins};
#[cfg(mobile)]
pub(crate) use phone::{machine, opener, with_plugins};
