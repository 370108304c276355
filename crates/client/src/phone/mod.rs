//! The whole app on one phone: its stages from not enrolled to ended, its lock, and what a locked phone still does.
//!
//! [`Phone`] is what a shell holds. A phone that is locked has no [`Client`](crate::Client) in it, so that nothing can
//! answer that must not: what may be done while locked are [`Phone`]'s own methods, and no others.

mod auto_lock;
mod doors;
mod ending;
mod enrolling;
mod error;
mod folder;
mod locking;
mod machine;
mod session;
mod stage;
mod start;
mod synchronising;
mod unlocking;

pub use drempel_sealing::hardware::{DeviceKey, FileKey, HardwareError, HardwareKey};
pub use drempel_sealing::slot::{BiometricError, BiometricKey, Code, CodeFault, CodeKind, Cost};
pub use enrolling::Enrolling;
pub use error::PhoneError;
pub use machine::Machine;
pub use stage::{Ending, LockView, Stage};
pub use start::Phone;
pub use unlocking::Unlocking;
