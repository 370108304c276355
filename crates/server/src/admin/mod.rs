//! What an administrator can do, as functions of the server; the command line and the tests call the same.

mod audit;
mod backup;
mod devices;
mod erasure;
mod error;
mod inspect;
mod keys;
mod people;
mod quarantine;
mod removals;

pub use error::AdminError;
pub use inspect::{LogEntry, RecordState};
pub use quarantine::ReleasedWork;
pub use removals::UnconfirmedRemoval;
