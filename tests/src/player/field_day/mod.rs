//! An evening of two coaches and their municipality, told while it happens: nothing is said that was not looked at.

mod evening;
mod office;
mod story;

pub use story::{Ending, tell};
