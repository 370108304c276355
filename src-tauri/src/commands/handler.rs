//! Every command, as Tauri is to know it. A test holds this list beside the names, the permissions and the page's own list.

use super::{
    actions, app, configuration, drafts, enrolment, quick_notes, rounds, saves, street_contacts, sync, today,
};
use tauri::Runtime;
use tauri::ipc::Invoke;

/// What answers the page.
pub(crate) fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        app::start,
        app::lock_state,
        app::unlock,
        app::unlock_with_biometrics,
        app::lock,
        app::stay_awake,
        app::in_sight,
        app::call_administrator,
        enrolment::enrolment_start,
        enrolment::scan_invitation,
        enrolment::prepare_enrolment,
        enrolment::judge_secret,
        enrolment::enrol,
        configuration::configuration,
        drafts::keep_draft,
        drafts::drop_draft,
        drafts::without_bsn,
        saves::reopen,
        saves::add_to,
        saves::undo,
        today::today,
        rounds::start_round,
        rounds::end_round,
        rounds::round_code,
        rounds::was_there,
        street_contacts::open_street_contact,
        street_contacts::record_street_contact,
        quick_notes::open_quick_note,
        quick_notes::record_quick_note,
        quick_notes::inbox,
        quick_notes::process_note,
        actions::actions,
        actions::complete_action,
        actions::move_action,
        actions::hand_over_action,
        actions::delete_action,
        actions::action_colleagues,
        sync::sync_status,
        sync::sync_now,
    ]
}
