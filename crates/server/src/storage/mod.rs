//! The boundary of what is stored: plain structs in and out, one function a transaction.
//!
//! Nothing above it knows SQLite. What is decided is decided by pure functions that a transaction calls between
//! reading and writing, so that another storage makes the same decisions.

mod error;
mod rows;
mod sqlite;

pub use error::OpenError;
pub(crate) use error::StorageError;
pub use rows::Standing;
pub(crate) use rows::{
    DeviceRow, FeedEnd, FeedRow, Held, Known, Logged, Needs, Reached, SERVER, Seal, Touched, Writes,
};
pub use sqlite::DeviceInfo;
pub(crate) use sqlite::{CodeRow, NewDevice, Span, Sqlite as Storage};
