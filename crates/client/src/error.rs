//! Why something could not be done, told apart so that a screen can say what to do.

use drempel_domain::schema::FieldFault;
use drempel_domain::space::Forbidden;
use drempel_sealing::lease::LeaseError;
use drempel_store::{OpenError, StoreError};

/// Why something that a person asked for was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// What was asked breaks a limit or a rule.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The record is not on this device.
    #[error("the record is not on this device")]
    NotFound,
    /// The device is not enrolled with a municipality yet.
    #[error("the device is not enrolled")]
    NotEnrolled,
    /// The operating system has no random bytes to make a token from.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
    /// The lease that the server signed does not hold.
    #[error(transparent)]
    Lease(LeaseError),
    /// What the store keeps about the municipality cannot be read by this version.
    #[error("the municipality's settings cannot be read")]
    Settings(#[source] serde_json::Error),
    /// The database could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// What was wrong with what a person asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// These fields cannot be taken; never empty.
    #[error("{} fields cannot be taken", .0.len())]
    Fields(Vec<FieldFault>),
    /// The person may not do this in that space.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
}

impl Refusal {
    /// The code of the first fault, and the field that it concerns.
    pub fn first(&self) -> (&'static str, &str) {
        match self {
            Refusal::Fields(faults) => faults
                .first()
                .map_or(("", ""), |fault| (fault.fault.code(), fault.field.as_str())),
            Refusal::Forbidden(forbidden) => (forbidden.code(), "space"),
        }
    }
}

impl From<FieldFault> for ClientError {
    fn from(fault: FieldFault) -> Self {
        ClientError::Refused(Refusal::Fields(vec![fault]))
    }
}
