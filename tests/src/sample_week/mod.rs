//! A week of work of a fictional team, so that whoever tries Drempel sees it as it is used.

mod fill;
mod people;
mod work;

pub use fill::{MUNICIPALITY, PERSON, fill};
