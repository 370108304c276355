//! Settings, what is on this device, lists, and what a young person may see.

use crate::support::{Phone, TEAM, all, shown, with, youth};
use drempel_domain::records::privacy::AccessRequest;
use drempel_screens::configuration_while_locked;
use drempel_screens::shapes::{Appearance, SettingsChange, Theme};
use serde_json::json;

#[test]
fn lists_are_the_municipalitys_with_the_apps_own_beneath_and_none_that_name_a_place_while_locked() {
    let phone = Phone::new();
    let lists = phone.screens().configuration().unwrap();
    assert_eq!(lists.municipality, "Lindeloo");
    assert_eq!(
        shown(&lists.lists["topics"]),
        json!([{"code": "school", "label": "School", "active": true}])
    );
    assert!(lists.lists["door_results"].len() == 5, "the app's own");
    let kinds = &lists.lists["action_kinds"];
    assert!(
        kinds.iter().any(|kind| kind.label == "Nog eens langs") && kinds.len() > 5,
        "theirs over the app's own"
    );
    assert_eq!(
        (lists.settings.quick_note_days, lists.settings.caseload),
        (10, 35)
    );
    let locked = configuration_while_locked();
    assert_eq!(locked.municipality, "");
    for told in ["districts", "partners", "functions", "topics", "life_domains"] {
        assert!(!locked.lists.contains_key(told), "{told}");
    }
    assert!(locked.lists.contains_key("moods"));
}

#[test]
fn settings_change_only_what_was_asked_and_stay_within_the_municipalitys_terms() {
    let phone = Phone::new();
    let appearance = Appearance::default();
    let before = phone.screens().settings(&appearance).unwrap();
    assert_eq!(
        shown(&before.person),
        json!({"name": "Ana Vlierboom", "initials": "AV", "function": "youth_coach"})
    );
    assert_eq!((before.idle_minutes, before.short_names), (5, false));
    let change = SettingsChange {
        theme: Some(Theme::Dark),
        short_names: Some(true),
        idle_minutes: Some(60),
        ..SettingsChange::default()
    };
    let done = phone.screens().change_settings(&change, &appearance).unwrap();
    assert!(done.changed.contains("settings"));
    let after = done.answer;
    assert_eq!(
        (after.idle_minutes, after.short_names),
        (5, true),
        "never longer than the municipality's"
    );
    assert_eq!(
        (after.appearance.theme, after.appearance.vibrate),
        (Theme::Dark, true)
    );
    let two = SettingsChange {
        idle_minutes: Some(2),
        ..SettingsChange::default()
    };
    let after = phone
        .screens()
        .change_settings(&two, &after.appearance)
        .unwrap()
        .answer;
    assert_eq!(
        (after.idle_minutes, after.short_names, after.appearance.theme),
        (2, true, Theme::Dark)
    );
    let phone = phone.kill();
    assert!(phone.screens().settings(&appearance).unwrap().short_names);
}

#[test]
fn what_is_on_this_device_is_counted_by_kind_with_its_term() {
    let phone = Phone::new();
    let _ = youth(&phone, "Lilo");
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(&opened.form, json!({"text": "x"}));
    let _ = phone.screens().record_quick_note(opened.draft, &form).unwrap();
    let device = phone.screens().on_this_device().unwrap();
    assert_eq!(device.records, 2);
    assert!(device.bytes > 0);
    assert_eq!(
        shown(&device.kinds),
        json!([
            {"kind": "youths", "count": 1, "days": 60},
            {"kind": "street_contacts", "count": 0, "days": 30},
            {"kind": "doorstep_talks", "count": 0, "days": null},
            {"kind": "quick_notes", "count": 1, "days": 10},
            {"kind": "round_reports", "count": 0, "days": null},
        ])
    );
    assert_eq!(
        shown(&device.soon),
        json!([{"kind": "notes", "count": 1, "days": 10}])
    );
    assert_eq!(device.spaces.len(), 4);
    assert_eq!(device.administrator_phone.as_deref(), Some("053 000 00 00"));
}

#[test]
fn a_young_person_may_see_everything_and_a_request_has_its_day() {
    let phone = Phone::new();
    let (lilo, other) = (youth(&phone, "Lilo"), youth(&phone, "Jay"));
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let people =
        json!([{"youth": lilo.to_string(), "unknown": null}, {"youth": other.to_string(), "unknown": null}]);
    let form = with(&opened.form, json!({"participants": people}));
    let _ = phone
        .screens()
        .record_street_contact(opened.draft, &form)
        .unwrap();
    let preview = phone.screens().access_preview(lilo).unwrap();
    assert_eq!(
        (
            preview.given_name.as_str(),
            preview.counts.contacts,
            preview.redacted
        ),
        ("Lilo", 1, 1)
    );
    assert_eq!(shown(&preview.answer_by), "2026-04-02");
    let _ = phone.screens().forward_access_request(lilo).unwrap();
    let request = &all::<AccessRequest>(&phone)[0];
    assert_eq!(
        (
            request.space,
            request.typed::<AccessRequest>().redact_third_parties
        ),
        (TEAM, Some(true))
    );
}
