//! What a phone could not do, as the code that a screen reacts to.

use drempel_client::phone::PhoneError;
use drempel_client::sync::SyncError;
use drempel_protocol::problem::Code;
use drempel_screens::{CommandError, FailureCode};
use drempel_sealing::slot::SlotError;
use std::error::Error;
use std::io;
use std::iter::successors;

/// The refusal that a screen shows for it.
pub(crate) fn refusal(error: PhoneError) -> CommandError {
    match error {
        PhoneError::Client(error) => error.into(),
        PhoneError::Sync(error) => sync_refusal(error),
        PhoneError::Locked | PhoneError::ReadLocked | PhoneError::NotEnrolled | PhoneError::NoCodeChosen => {
            FailureCode::Locked.into()
        }
        PhoneError::NotLocked
        | PhoneError::AlreadyEnrolled
        | PhoneError::NoBiometrics
        | PhoneError::Slot(SlotError::Biometric(_)) => FailureCode::NotAvailable.into(),
        PhoneError::WeakCode(_) | PhoneError::WrongCode => CommandError::refused("secret", "not_accepted"),
        error @ (PhoneError::Unreadable(_)
        | PhoneError::NoRandomness(_)
        | PhoneError::Slot(_)
        | PhoneError::Tries(_)
        | PhoneError::Sealed(_)
        | PhoneError::Draft(_)
        | PhoneError::Disk(_)) => storage_refusal(&error),
    }
}

/// A person can make room on a full disk; whatever else it is stands in the log.
fn storage_refusal(error: &PhoneError) -> CommandError {
    if is_disk_full(error) {
        return FailureCode::StorageFull.into();
    }
    tracing::error!(%error, "the phone could not do it");
    FailureCode::StorageFailed.into()
}

/// Whichever file it was that did not fit: the system's own word is at the end of the causes.
fn is_disk_full(error: &(dyn Error + 'static)) -> bool {
    let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
    successors(Some(error), |&error| error.source())
        .filter_map(|error| error.downcast_ref::<io::Error>())
        .any(|error| full.contains(&error.kind()))
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
        error @ (SyncError::Encoding(_) | SyncError::TooLarge) => {
            tracing::error!(%error, "synchronising failed");
            FailureCode::StorageFailed.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use drempel_client::ClientError;
    use drempel_client::phone::{BiometricError, HardwareError};
    use drempel_sealing::capture::{CaptureError, DraftError};
    use drempel_sealing::outbox::FileError;
    use drempel_sealing::tries::TriesError;

    #[test]
    fn a_locked_phone_says_so_and_never_that_storage_failed() {
        for error in [
            PhoneError::Locked,
            PhoneError::ReadLocked,
            PhoneError::NotEnrolled,
        ] {
            assert_eq!(refusal(error).code, FailureCode::Locked);
        }
        assert_eq!(refusal(PhoneError::NotLocked).code, FailureCode::NotAvailable);
    }

    #[test]
    fn a_full_disk_is_named_whichever_file_did_not_fit() {
        let failures: [fn(io::Error) -> PhoneError; 5] = [
            PhoneError::Disk,
            |error| DraftError::Disk(error).into(),
            |error| TriesError::Disk(error).into(),
            |error| FileError::Disk(error).into(),
            |error| CaptureError::File(error.into()).into(),
        ];
        for failure in failures {
            for (kind, code) in [
                (io::ErrorKind::StorageFull, FailureCode::StorageFull),
                (io::ErrorKind::QuotaExceeded, FailureCode::StorageFull),
                (io::ErrorKind::NotFound, FailureCode::StorageFailed),
            ] {
                assert_eq!(refusal(failure(kind.into())).code, code, "{kind}");
            }
        }
    }

    #[test]
    fn what_the_device_cannot_do_and_what_its_library_refuses_keep_their_own_codes() {
        let by_fingers = SlotError::Biometric(BiometricError::NotRecognised);
        for (error, code) in [
            (PhoneError::Slot(by_fingers), FailureCode::NotAvailable),
            (PhoneError::NoBiometrics, FailureCode::NotAvailable),
            (
                PhoneError::Slot(HardwareError::Lost.into()),
                FailureCode::StorageFailed,
            ),
            (PhoneError::Client(ClientError::NotFound), FailureCode::NotFound),
            (PhoneError::WrongCode, FailureCode::Refused),
        ] {
            assert_eq!(refusal(error).code, code);
        }
    }
}
