//! The embedded storage: one SQLite file, one writer at a time, readers beside it.

mod audit;
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
mod invitations;
mod log;
mod meta;
mod push;
mod state;
mod tasks;
mod tokens;

pub(crate) use connections::Sqlite;
pub use devices::DeviceInfo;
pub(crate) use directory::Span;
pub(crate) use enrolments::{CodeRow, NewDevice, Numbers};
pub use invitations::WaitingDevice;
pub(crate) use invitations::{NewInvitation, Shown};
