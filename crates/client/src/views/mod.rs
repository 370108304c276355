//! What screens show, computed from the records on the device.

mod actions;
mod course;
mod notes;
mod overwritten;
mod rounds;
mod same_moment;
mod search;
mod status;

pub use actions::{ActionsDue, Due};
pub use course::DueMeasurement;
pub use notes::WaitingNote;
pub use overwritten::KeptValue;
pub use rounds::RoundReport;
pub use same_moment::{Answer, Question};
pub use status::Status;
