//! The sync log's vocabulary and its pure decisions: changes, effective time, winner, digest.

mod change;
mod digest;
mod effective_time;
mod feed;
mod merge;
mod outcome;

pub(crate) use change::is_key;
pub use change::{Base, Change, ChangeFault, FieldName, Fields, NotAFieldName, Seq};
pub use digest::{Digest, NotADigest, Share, share};
pub use effective_time::{Eff, NotAnEff, claimed_time, effective_time};
pub use feed::{Cursor, FeedRecord, Removal, RemovalKind};
pub use merge::{Cell, Cells, Merge, Overwriting, Version, merge};
pub use outcome::{Outcome, Reason, Resolution, Resolved, Verdict};
