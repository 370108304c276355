//! How a device gets enrolled: with a code that is typed, or with a printed invitation that waits for a confirmation.

mod codes;
mod enrol;
mod invitations;

pub use invitations::PrintedInvitation;
