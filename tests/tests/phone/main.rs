//! A phone with its whole app, and a server: what becomes of it when it is locked, lost, robbed or away for long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

mod ageing;
mod doors;
mod enrolment;
mod lease;
mod leaving;
mod sealed;
mod sentinels;
mod unlocking;
mod writing_locked;
