//! Plays a file of what users do on several devices through the real app, a real server process and real HTTP, and
//! compares what is there at the end with what must be.

mod around_the_app;
mod compare;
mod connection;
mod control;
mod deeds;
mod error;
mod expected;
mod field_day;
mod fields;
mod line;
mod names;
mod on_the_app;
mod phone;
mod play;
mod refs;
mod serve;
mod times;
mod town;
mod typing;
mod way;

pub use compare::{Comparison, Reading, compare};
pub use error::PlayError;
pub use expected::Expected;
pub use field_day::{Ending, tell};
pub use play::{Played, Script};
pub use serve::{ServeError, serve};
