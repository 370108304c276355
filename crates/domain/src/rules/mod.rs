//! Rules of the trade that need no more than the records they speak of. Those over several records warn, suggest or
//! ask; they never refuse.

pub mod bsn;
pub mod course;
pub mod joint_round;
pub mod network;
pub mod retention;
pub mod same_moment;
pub mod telephone;
