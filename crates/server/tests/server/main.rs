//! The server as its devices and administrators meet it: over its router, with a clock that tests turn.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    reason = "tests may fail loudly, their helpers too"
)]

mod access;
mod attacks;
mod audit;
mod backups;
mod copies;
mod deposits;
mod enrolments;
mod feed;
mod forged;
mod identity;
mod imports;
mod invitations;
mod keys;
mod limits;
mod phones;
mod program;
mod pushes;
mod quarantine;
mod refusals;
mod retention;
mod secrets;
mod support;
mod tokens;
