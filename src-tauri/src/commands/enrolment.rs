//! Making the device known. These answer where no municipality knows it, or none knows it any more.

use crate::core::{Answer, Shell};
use crate::shapes::{EnrolmentAnswer, EnrolmentStart, Invitation, SecretVerdict};
use drempel_screens::{CommandError, FailureCode};
use std::sync::Arc;
use tauri::State;

/// What is known before enrolling.
#[tauri::command(async)]
pub(crate) fn enrolment_start(shell: State<'_, Arc<Shell>>) -> EnrolmentStart {
    shell.enrolment_start()
}

/// Scans an invitation; no camera is bound yet on any device.
#[tauri::command(async)]
pub(crate) fn scan_invitation() -> Answer<Option<Invitation>> {
    Err(CommandError::from(FailureCode::NotAvailable))
}

/// Keeps the invitation and asks whether a municipality answers there.
#[tauri::command]
pub(crate) async fn prepare_enrolment(shell: State<'_, Arc<Shell>>, invitation: Invitation) -> Answer<()> {
    shell.prepare_enrolment(invitation).await
}

/// What is thought of a secret.
#[tauri::command(async)]
pub(crate) fn judge_secret(shell: State<'_, Arc<Shell>>, secret: String) -> SecretVerdict {
    shell.judge_secret(secret)
}

/// Chooses the secret and enrols; without a secret, asks again.
#[tauri::command]
pub(crate) async fn enrol(shell: State<'_, Arc<Shell>>, secret: Option<String>) -> Answer<EnrolmentAnswer> {
    shell.enrol(secret).await
}
