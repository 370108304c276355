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
    DeviceRow, EnrolmentKey, FeedEnd, FeedRow, Held, Known, Logged, Needs, Part, Reached, SERVER, Seal,
    Touched, Writes,
};
pub(crate) use sqlite::{CodeRow, NewDevice, NewInvitation, Numbers, Shown, Span, Sqlite as Storage};
pub use sqlite::{DeviceInfo, WaitingDevice};
