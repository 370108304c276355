//! What each screen asks and does, as its user would, over a real encrypted library.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

mod actions;
mod contacts;
mod delivery;
mod device;
mod locked;
mod messages;
mod notes;
mod rounds;
mod support;
mod talks;
mod youths;
