//! What is there when a file has been played, beside what must be: every difference is one line.

mod actions;
mod bytes;
mod derived;
mod digests;
mod events;
mod judge;
mod overwritten;
mod questions;
mod records;
mod replica;
mod reports;
mod search;
mod texts;
mod users;

pub use judge::{Comparison, Reading, compare};
