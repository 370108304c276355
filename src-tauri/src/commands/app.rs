//! The app's life and its lock. All of these answer while locked.

use crate::core::{Answer, Shell};
use crate::shapes::{LockState, Start, Unlocking};
use std::sync::Arc;
use tauri::State;

/// What to show first.
#[tauri::command(async)]
pub(crate) fn start(shell: State<'_, Arc<Shell>>) -> Answer<Start> {
    shell.first_screen()
}

/// The lock as it is now.
#[tauri::command(async)]
pub(crate) fn lock_state(shell: State<'_, Arc<Shell>>) -> Answer<LockState> {
    shell.lock_state()
}

/// Tries a secret.
#[tauri::command]
pub(crate) async fn unlock(shell: State<'_, Arc<Shell>>, secret: String) -> Answer<Unlocking> {
    shell.unlock(secret).await
}

/// Asks for a fingerprint or a face.
#[tauri::command]
pub(crate) async fn unlock_with_biometrics(shell: State<'_, Arc<Shell>>) -> Answer<Unlocking> {
    shell.unlock_with_biometrics().await
}

/// Locks now.
#[tauri::command]
pub(crate) async fn lock(shell: State<'_, Arc<Shell>>) -> Answer<()> {
    shell.lock().await
}

/// Somebody touched the screen.
#[tauri::command(async)]
pub(crate) fn stay_awake(shell: State<'_, Arc<Shell>>) {
    shell.phone.stay_awake();
}

/// The page can be seen, or can no longer be seen.
#[tauri::command]
pub(crate) async fn in_sight(shell: State<'_, Arc<Shell>>, seen: bool) -> Answer<()> {
    shell.in_sight(seen).await
}

/// Opens the phone app with the administrator's number.
#[tauri::command(async)]
pub(crate) fn call_administrator(shell: State<'_, Arc<Shell>>) -> Answer<()> {
    shell.call_administrator()
}
