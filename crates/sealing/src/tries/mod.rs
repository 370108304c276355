//! Counting the tries at a code, durably and before each check, with waits that grow and an end at ten.
//!
//! How it is used: [`TryCounter::next`] says whether a try is allowed, how long to wait, or that everything readable
//! must be wiped. [`TryCounter::begin`] writes the try down and gives an [`Attempt`], without which no
//! [`slot`](crate::slot) opens; a slot that opened gives [`Passed`], without which no count is reset. So no caller can
//! check first and count later, or check twice on one count.

mod counter;
mod decision;

pub use counter::{Attempt, Passed, TriesError, TryCounter};
pub use decision::{MOST, Next, Tries};
