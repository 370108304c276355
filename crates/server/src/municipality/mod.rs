//! The municipality file: how an administrator sets up people, spaces, lists and partners.

mod days;
mod file;
mod ids;
mod outcome;
mod plan;
mod spots;

pub use ids::{partner_id, personal_space_name, space_id, spot_id, user_id};
pub use outcome::{ImportError, Imported};
pub(crate) use plan::Plan;
