//! What the server does not have yet, sealed to it, in a file that survives a wipe, a lost key and a forgotten code.
//!
//! The phone cannot read it; the municipality can. How it is used: after a save is committed, and off its path,
//! [`Outbox::append`] seals the change, and [`Outbox::sync`] follows within a second and before each lock, move to the
//! background or wipe. At unlock and before each sync, what [`Outbox::missing`] names is sealed again, which also
//! moves entries to a new server key. Entries leave at `durable_through` by [`Outbox::drop_through`]. A wipe, a lost
//! key or a new enrolment first does [`Outbox::close`]: the file keeps its own device number and waits for delivery,
//! and a new one is made at another path. When the server gives the device a new identity, that is a new enrolment.

mod entry;
mod file;

pub use crate::frames::FileError;
pub use entry::SealedChange;
pub use file::{Outbox, OutboxError};
