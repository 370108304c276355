//! What Drempel is about: records and their limits, the rules they follow, and how changes made apart become one.
//!
//! Pure: no file, no network, no clock, no randomness. Time and identifiers are arguments.

mod declare;
pub mod id;
pub mod record;
pub mod records;
pub mod rules;
pub mod schema;
pub mod space;
pub mod sync_log;
pub mod time;
pub mod value;
