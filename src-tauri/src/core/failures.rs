//! What a phone could not do, as the code that a screen reacts to.

use drempel_client::phone::PhoneError;
use drempel_client::sync::SyncError;
use drempel_protocol::problem::Code;
use drempel_screens::{CommandError, FailureCode};
use drempel_sealing::slot::SlotError;
use std::io;

/// The refusal that a screen shows for it.
pub(crate) fn refusal(error: PhoneError) -> CommandError {
    match error {
        PhoneError::Client(error) => error.into(),
        PhoneError::Sync(error) => sync_refusal(error),
        PhoneError::Locked | PhoneError::NotEnrolled | PhoneError::NoCodeChosen => FailureCode::Locked.into(),
        PhoneError::NoBiometrics | PhoneError::Slot(SlotError::Biometric(_)) => {
            FailureCode::NotAvailable.into()
        }
        PhoneError::WeakCode(_) | PhoneError::WrongCode => CommandError::refused("secret", "not_accepted"),
        PhoneError::Disk(error) if error.kind() == io::ErrorKind::StorageFull => {
            FailureCode::StorageFull.into()
        }
        error => {
            tracing::error!(%error, "the phone could not do it");
            FailureCode::StorageFailed.into()
        }
    }
}

/// Why the municipality was not reached, or said no.
pub(crate) fn sync_refusal(error: SyncError) -> CommandError {
    match error {
        SyncError::Refused {
            code: Code::CodeNotValid,
            ..
        } => FailureCode::CodeNotValid.into(),
        SyncError::Refused { .. } => FailureCode::NoConnection.into(),
        SyncError::SignInPage | SyncError::Transport(_) => FailureCode::NoConnection.into(),
        SyncError::WrongServer { .. } | SyncError::Unreadable(_) => FailureCode::NotAMunicipality.into(),
        SyncError::Client(error) => error.into(),
        error => {
            tracing::error!(%error, "synchronising failed");
            FailureCode::StorageFailed.into()
        }
    }
}
