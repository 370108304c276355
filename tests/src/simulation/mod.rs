//! The simulation: people, phones, networks and a town hall, everything that can go wrong with them, from one seed.
#![allow(
    clippy::expect_used,
    reason = "a run that cannot look at its own files is the test's failure"
)]

mod books;
mod broken;
mod checks;
mod deeds;
pub mod lost;
mod office;
mod once_broken;
mod phone;
mod plan;
mod player;
mod run;
mod shrink;
mod step;
mod story;
mod strange;
mod summary;
mod trouble;

pub use broken::Broken;
pub use once_broken::{ONCE_BROKEN, Stored};
pub use plan::Plan;
pub use player::{Failure, Playable, play, play_seeds};
pub use run::Run;
pub use shrink::shrunk;
pub use step::{Act, Deed, Event, Network, Newer, Poison, Step};
pub use summary::Summary;
