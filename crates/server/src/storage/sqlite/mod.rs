//! The embedded storage: one SQLite file, one writer at a time, readers beside it.

mod backups;
mod codes;
mod configuration;
mod connections;
mod devices;
mod directory;
mod enrolments;
mod erase;
mod feed;
mod holdings;
mod log;
mod meta;
mod push;
mod state;
mod tasks;

pub(crate) use connections::Sqlite;
pub use devices::DeviceInfo;
pub(crate) use directory::Span;
pub(crate) use enrolments::{CodeRow, NewDevice};
