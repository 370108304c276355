//! The server's private keys: kept beside the database, never in it.

mod file;
mod held;

pub(crate) use file::{KeysError, SecretKeys};
pub(crate) use held::{HeldKeys, PURGE_DAYS, READ_LOCK_DAYS, terms_of};
