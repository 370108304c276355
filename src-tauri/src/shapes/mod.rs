//! What crosses to the page about the app's life, its lock and enrolling; everything else is `drempel-screens`'.

mod enrolment;
mod lock;

pub(crate) use enrolment::{
    EnrolmentAnswer, EnrolmentStart, FirstSync, FirstSyncSpace, Invitation, Progress, SecretVerdict,
};
pub(crate) use lock::{
    LockChange, LockReason, LockState, Outcome, Revoked, SecretKind, Stage, Start, Unlocking,
};
