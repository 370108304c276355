//! Writing without unlock: what a locked phone records can be read after unlocking, or by the server, and by no one else.
//!
//! Each enrolled phone has two device numbers, one of its database and one of its lock. What is recorded while locked
//! is a change in the user's personal space under the lock's number: [`Captures::append`] seals it once, its key to
//! the device's capture key (whose private half lies in the database) and to the server, and it is on the disk when
//! that returns. Only [`Captures::len`] can be seen meanwhile. At unlock, [`Captures::read`] gives the changes, which
//! go into the database as pending under the same names; [`Captures::sealed`] gives them for a deposit. Whichever
//! comes first, the name makes sure that they are taken in once, and they leave at `durable_through` by
//! [`Captures::drop_through`].
//!
//! A form that is still open while locked is kept by [`DraftSlot::save`] at each pause and comes back as a draft. It is
//! sealed for the device alone: the server takes no drafts.

mod draft;
mod entry;
mod file;

pub use crate::frames::FileError;
pub use draft::{DraftError, DraftSlot};
pub use entry::{Recipients, SealedCapture};
pub use file::{CaptureError, Captured, Captures};
