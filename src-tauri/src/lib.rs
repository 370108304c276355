//! The shell of the app: a window, the commands of its page, and what runs beside them.

mod app;
mod commands;
mod core;
mod device;
mod entry;
mod events;
mod shapes;

pub use app::{configure, context};
pub use commands::NAMES;
pub use entry::run;
pub use events::EVENTS;
