//! The simulation of phones that can be lost: whole apps that are locked, killed, robbed, wiped, revoked and enrolled again.

mod checks;
mod deeds;
mod endings;
mod office;
mod once_broken;
mod phone;
mod plan;
mod run;
mod settling;
mod step;
mod story;
mod syncing;

pub use once_broken::{ONCE_BROKEN, SELDOM, Stored};
pub use plan::Plan;
