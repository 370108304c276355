//! A municipality in one process, for tests to read like sentences.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a world that cannot be made, or a phone that does not do what it must, is the test's failure"
)]

mod device;
mod handset;
mod library;
mod line;
mod municipality;
mod opened;
mod pages;
mod random;
mod time;
mod town;
#[expect(
    clippy::module_inception,
    reason = "the world is what this folder is named after"
)]
mod world;

pub use device::Device;
pub(crate) use handset::copy_folder;
pub use handset::{CODE, Handset, code};
pub use library::{Library, Snapshot};
pub use line::{Fate, Heard, Line, Sent};
pub use municipality::{FILE, SPACES, USERS, memberships, space, user};
pub(crate) use opened::key_in;
pub(crate) use pages::plaintext;
pub use random::{Random, SeededIds};
pub use time::{DeviceClock, TownClock, TrueTime};
pub use town::Town;
pub use world::{BEGIN, World};
