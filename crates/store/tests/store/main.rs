//! The database of a device from outside, as the client uses it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod captured;
mod exactness;
mod feed;
mod identity;
mod opening;
mod own_changes;
mod quarantine;
mod query;
mod removal;
mod restore;
mod schema;
mod search;
mod support;
mod unread;
