//! The municipality's lists and settings.

use crate::core::{Answer, Shell};
use drempel_client::phone::Stage;
use drempel_screens::configuration_while_locked;
use drempel_screens::shapes::Configuration;
use std::sync::Arc;
use tauri::State;

/// The lists and settings; while locked those that name no place of the municipality's.
#[tauri::command(async)]
pub(crate) fn configuration(shell: State<'_, Arc<Shell>>) -> Answer<Configuration> {
    match shell.phone.stage() {
        Stage::Open => shell.open(|screens| screens.configuration()),
        Stage::NotEnrolled | Stage::Locked | Stage::ReadLocked | Stage::Ended(_) => {
            Ok(configuration_while_locked())
        }
    }
}
