//! What a command answers when it did not do what was asked. Nothing was changed then.

use drempel_client::{ClientError, Refusal};
use drempel_domain::schema::{Fault, FieldFault};
use drempel_store::{OpenError, StoreError};
use serde::Serialize;
use ts_rs::TS;

/// What a command answers when it did not do what was asked. Nothing was changed; what a form held is still there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Failure")]
pub struct CommandError {
    /// Stable. A code that is not known is shown as a general failure.
    #[ts(type = "FailureCode | (string & {})")]
    pub code: FailureCode,
    /// The fields concerned, by the names of the form that was sent.
    pub fields: Vec<FieldFailure>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FieldFailure {
    /// The field of the form.
    pub field: String,
    /// The domain's code of the fault: `text_too_long`, `out_of_range`, `date_out_of_range`, `missing`, …
    pub fault: String,
}

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// Only an unlocked app may do this.
    Locked,
    /// The device has no room: the text stays where it is.
    StorageFull,
    /// The database cannot be written or read for another reason.
    StorageFailed,
    /// One or more fields cannot be taken: `fields` is not empty.
    Refused,
    /// The author may not write in that space: `not_a_member`, `membership_ended`, `reader_cannot_write` in `fields[0].fault`.
    Forbidden,
    /// The record is not on this device (any more).
    NotFound,
    /// There is no way to the municipality now.
    NoConnection,
    /// The address answers, but not as a municipal server.
    NotAMunicipality,
    /// The enrolment code is wrong or was used.
    CodeNotValid,
    /// The enrolment code is older than ten minutes.
    CodeExpired,
    /// The device cannot do this: no camera, no fingerprint, no messages app.
    NotAvailable,
    /// The text holds what looks like a BSN; answer with `not_a_bsn` in the form. `fields` names the texts.
    BsnFound,
    /// The command is not known to this version of the core.
    UnknownCommand,
}

impl From<FailureCode> for CommandError {
    fn from(code: FailureCode) -> Self {
        let fields = Vec::new();
        Self { code, fields }
    }
}

impl CommandError {
    /// One field that cannot be taken.
    pub fn refused(field: &str, fault: &str) -> Self {
        Self {
            code: FailureCode::Refused,
            fields: vec![FieldFailure::new(field, fault)],
        }
    }
}

impl FieldFailure {
    fn new(field: &str, fault: &str) -> Self {
        Self {
            field: field.to_owned(),
            fault: fault.to_owned(),
        }
    }
}

impl From<ClientError> for CommandError {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Refused(Refusal::Fields(faults)) => refused(&faults),
            ClientError::Refused(Refusal::Forbidden(forbidden)) => Self {
                code: FailureCode::Forbidden,
                fields: vec![FieldFailure::new("audience", forbidden.code())],
            },
            ClientError::NotFound => FailureCode::NotFound.into(),
            ClientError::Store(StoreError::DiskFull) | ClientError::Open(OpenError::DiskFull) => {
                FailureCode::StorageFull.into()
            }
            error => {
                tracing::error!(%error, "the library could not do it");
                FailureCode::StorageFailed.into()
            }
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        ClientError::from(error).into()
    }
}

fn refused(faults: &[FieldFault]) -> CommandError {
    let is_bsn = |fault: &&FieldFault| fault.fault == Fault::LooksLikeBsn;
    // A number that may be nobody's is asked about last: what cannot be taken at all comes first.
    let (code, shown): (_, Vec<_>) = match faults.iter().all(|fault| is_bsn(&fault)) {
        true => (FailureCode::BsnFound, faults.iter().collect()),
        false => (
            FailureCode::Refused,
            faults.iter().filter(|fault| !is_bsn(fault)).collect(),
        ),
    };
    let mut fields: Vec<FieldFailure> = Vec::new();
    for fault in shown {
        let field = FieldFailure::new(form_field(&fault.field), fault.fault.code());
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    CommandError { code, fields }
}

/// The field of a form in which somebody typed what a record holds in that field.
fn form_field(field: &str) -> &str {
    let field = field.split(['/', '.']).next().unwrap_or(field);
    match field {
        "unknown" => "participants",
        "title" | "due" => "follow_up",
        "about" => "youth_group",
        "space" => "audience",
        other => other,
    }
}
