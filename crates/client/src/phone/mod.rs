//! The whole app on one phone: its stages from not enrolled to ended, its lock, and what a locked phone still does.
//!
//! [`Phone`] is what a shell holds. A phone that is locked has no [`Client`](crate::Client) in it, so that nothing can
//! answer that must not: what may be done while locked are [`Phone`]'s own methods, and no others.

mod auto_lock;
mod capturing;
mod delivering;
mod deposits;
mod doors;
mod ending;
mod enrolling;
mod error;
mod folder;
mod lease;
mod locking;
mod machine;
mod outbox_sealing;
mod sealed_work;
mod session;
mod stage;
mod start;
mod synchronising;
mod taking_in;
mod unlocking;

pub use delivering::Delivered;
pub use drempel_sealing::hardware::{DeviceKey, FileKey, HardwareError, HardwareKey};
pub use drempel_sealing::invitation::{EnrolmentCode, Invitation, ServerAddress};
pub use drempel_sealing::lease::LeaseState;
pub use drempel_sealing::slot::{BiometricError, BiometricKey, Code, CodeFault, CodeKind, Cost};
pub use enrolling::Enrolling;
pub use error::PhoneError;
pub use lease::LeaseView;
pub use machine::Machine;
pub use stage::{Ending, LockView, Stage};
pub use start::Phone;
pub use unlocking::Unlocking;
