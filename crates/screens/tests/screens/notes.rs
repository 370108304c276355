//! Quick notes, their drafts and the inbox.

use crate::support::{ALONE, Phone, faults, shown, with};
use drempel_domain::id::Id;
use drempel_domain::records::notes::QuickNote;
use drempel_screens::shapes::{FormName, NoteInto, QuickNoteForm};
use drempel_screens::{FailureCode, Recent};
use serde_json::json;

#[test]
fn a_note_waits_in_the_inbox_of_its_author_for_the_municipalitys_term() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    assert_eq!(
        opened.form.audience.unwrap().own,
        ALONE,
        "a note is the author's own"
    );
    assert_eq!(shown(&opened.known.audiences)[1]["name"], "Coachteam");
    let form = with(
        &opened.form,
        json!({"text": "Drie jongens bij de sluis", "basis": "observed"}),
    );
    let done = phone.screens().record_quick_note(opened.draft, &form).unwrap();
    assert!(done.changed.contains("quick_note") && done.changed.contains("draft"));
    phone.wait_days(3);
    let inbox = phone.screens().inbox().unwrap();
    assert_eq!(
        shown(&inbox),
        json!([{
            "id": done.answer.record.to_string(),
            "at": phone.now().millis() - 3 * 86_400_000,
            "place": null,
            "text": "Drie jongens bij de sluis",
            "days_left": 7,
            "while_locked": false,
        }])
    );
}

#[test]
fn a_draft_survives_a_kill_letter_for_letter() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    let text = "‘Ik kom morgen’, zei hij 😀\n\n  met spaties é";
    let form = with(
        &opened.form,
        json!({"text": text, "basis": "hearsay", "for_meeting": true}),
    );
    let kept = phone
        .screens()
        .keep_draft(opened.draft, FormName::QuickNote, shown(&form))
        .unwrap();
    assert_eq!(shown(&kept.answer), json!({"state": "kept"}));
    let phone = phone.kill();
    let again = phone.screens().open_quick_note(Some(opened.draft)).unwrap();
    assert_eq!(again.form, form);
    assert_eq!(again.draft, opened.draft);
    let _ = phone.screens().drop_draft(opened.draft).unwrap();
    let begun_anew: QuickNoteForm = phone.screens().open_quick_note(Some(opened.draft)).unwrap().form;
    assert_eq!(begun_anew.text, None);
}

#[test]
fn a_number_that_looks_like_a_bsn_is_held_in_the_form_with_two_answers() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(&opened.form, json!({"text": "Hij is 111.222.333 volgens mij"}));
    let held = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap_err();
    assert_eq!(
        (held.code, faults(&held)),
        (FailureCode::BsnFound, json!([["text", "looks_like_bsn"]]))
    );
    assert!(phone.screens().inbox().unwrap().is_empty());
    assert_eq!(
        drempel_screens::without_bsn("Hij is 111.222.333 volgens mij"),
        "Hij is  volgens mij"
    );
    let told = with(&form, json!({"not_a_bsn": true}));
    let saved = phone
        .screens()
        .record_quick_note(opened.draft, &told)
        .unwrap()
        .answer;
    let kept = phone
        .client()
        .open_record(Id::<QuickNote>::new(saved.record))
        .unwrap();
    assert_eq!(
        kept.common().not_bsn,
        Some(true),
        "it is on the privacy officer's list"
    );
}

#[test]
fn limits_are_named_by_the_field_of_the_form() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(&opened.form, json!({"text": "x".repeat(20_001)}));
    let refused = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap_err();
    assert_eq!(
        (refused.code, faults(&refused)),
        (FailureCode::Refused, json!([["text", "text_too_long"]]))
    );
    let elsewhere = json!({"own": crate::support::READ_ONLY.to_string(), "joint": null});
    let form = with(&opened.form, json!({"text": "x", "audience": elsewhere}));
    let refused = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap_err();
    assert_eq!(
        (refused.code, faults(&refused)),
        (
            FailureCode::Forbidden,
            json!([["audience", "reader_cannot_write"]])
        )
    );
}

#[test]
fn a_processed_note_leaves_the_inbox_and_comes_back_when_that_is_taken_back() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(&opened.form, json!({"text": "Portiek achter de flat"}));
    let note = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap()
        .answer
        .record;
    let gone = phone
        .screens()
        .process_note(note, NoteInto::Discard)
        .unwrap()
        .answer;
    assert!(phone.screens().inbox().unwrap().is_empty());
    let undone = phone.screens().undo(&gone.token).unwrap().answer;
    assert_eq!(phone.screens().inbox().unwrap().len(), 1);
    let _ = phone.screens().undo(&undone.token).unwrap();
    assert!(
        phone.screens().inbox().unwrap().is_empty(),
        "what was taken back can be done again"
    );
    let twice = phone.screens().undo(&undone.token).unwrap_err();
    assert_eq!(twice.code, FailureCode::NotFound);
}

#[test]
fn a_save_that_is_taken_back_is_a_draft_again_with_everything_that_it_held() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(
        &opened.form,
        json!({"text": "Bart vraagt naar een bijbaan", "for_meeting": true}),
    );
    let saved = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap()
        .answer;
    let reopened = phone.screens().reopen(&saved.token).unwrap().answer;
    assert_eq!(reopened.form, FormName::QuickNote);
    assert!(phone.screens().inbox().unwrap().is_empty());
    let again = phone.screens().open_quick_note(Some(reopened.draft)).unwrap();
    assert_eq!(again.form, form);
    assert_eq!(
        phone.screens().reopen(&saved.token).unwrap_err().code,
        FailureCode::NotFound
    );
}

#[test]
fn what_was_saved_is_forgotten_when_the_app_locks() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(&opened.form, json!({"text": "x"}));
    let saved = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap()
        .answer;
    let recent: &Recent = &phone.recent;
    recent.forget();
    assert_eq!(
        phone.screens().reopen(&saved.token).unwrap_err().code,
        FailureCode::NotFound
    );
    assert_eq!(phone.screens().inbox().unwrap().len(), 1);
}

#[test]
fn adding_to_a_note_changes_only_what_was_changed() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(&opened.form, json!({"text": "eerst", "basis": "judgement"}));
    let saved = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap()
        .answer;
    let again = phone.screens().add_to("quick_note", saved.record).unwrap().answer;
    let opened = phone.screens().open_quick_note(Some(again.draft)).unwrap();
    assert_eq!(opened.form.record, Some(saved.record));
    let form = with(&opened.form, json!({"text": "eerst, en later meer"}));
    let added = phone
        .screens()
        .record_quick_note(again.draft, &form)
        .unwrap()
        .answer;
    assert_eq!(added.record, saved.record);
    let note = phone
        .client()
        .open_record(Id::<QuickNote>::new(saved.record))
        .unwrap()
        .record;
    assert_eq!(note.text.as_deref(), Some("eerst, en later meer"));
    assert!(note.basis.is_some());
    let taken_back = phone.screens().reopen(&added.token).unwrap().answer;
    let note = phone
        .client()
        .open_record(Id::<QuickNote>::new(saved.record))
        .unwrap()
        .record;
    assert_eq!(
        note.text.as_deref(),
        Some("eerst"),
        "only the addition is taken back"
    );
    assert_eq!(
        phone
            .screens()
            .open_quick_note(Some(taken_back.draft))
            .unwrap()
            .form,
        form
    );
    assert_eq!(
        phone.screens().add_to("spot", saved.record).unwrap_err().code,
        FailureCode::NotFound
    );
}
