//! How a device gets enrolled: with a code that is typed, or with a printed invitation that waits for a confirmation.

mod codes;
mod enrol;
mod invitations;
mod sheets;

pub use invitations::PrintedInvitation;
pub use sheets::invitation_sheets;
