//! The hard cases of the protocol, each told as it happens on the street and at the town hall.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod crossing;
mod delivery;
mod police_data;
mod recovery;
mod screens;
mod support;
