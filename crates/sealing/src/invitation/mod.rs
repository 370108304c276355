//! How a person gets a phone enrolled: a code to type, or a printed invitation to scan.
//!
//! The server makes an [`EnrolmentCode`] (ten minutes, five tries) or an [`Invitation`] (72 hours, inert until the
//! administrator confirms the [`fingerprint`](crate::fingerprint)), keeps only its hash, and shows or prints the text.
//! The phone reads the text, finds slips of the finger by itself so that they cost no try, and sends the code.

mod address;
mod code;
mod crockford;
mod printed;

pub use address::{NotAnAddress, ServerAddress};
pub use code::EnrolmentCode;
pub use crockford::CodeFault;
pub use printed::{Invitation, InvitationFault};
