//! Finding records by their words.

mod find;
mod index;
mod near;
mod words;

pub use find::Hit;
pub(crate) use index::Numbers;
