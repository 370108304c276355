//! What an administrator can do, as functions of the server; the command line and the tests call the same.

mod backup;
mod deposit;
mod devices;
mod erasure;
mod error;
mod inspect;
mod people;
mod quarantine;

pub use error::AdminError;
pub use inspect::{LogEntry, RecordState};
