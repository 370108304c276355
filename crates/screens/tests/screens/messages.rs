//! Messages and calls with a young person.

use crate::support::{Phone, TEAM, all, on_a_joint_round, shown, with, youth};
use drempel_domain::id::Id;
use drempel_domain::records::actions::Action;
use drempel_domain::records::network::MessageContact;
use drempel_screens::shapes::FormName;
use serde_json::json;

#[test]
fn a_message_begins_with_nothing_that_was_done_and_is_recorded_now_for_the_team() {
    let phone = Phone::new();
    let lilo = youth(&phone, "Lilo");
    let opened = phone.screens().open_message_contact(None, Some(lilo)).unwrap();
    let mut begun = shown(&opened.form);
    begun.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    assert_eq!(
        begun,
        json!({
            "youth": lilo.to_string(),
            "follow_up": [],
            "audience": {"own": TEAM.to_string(), "joint": null},
            "not_a_bsn": false,
        })
    );
    assert_eq!(shown(&opened.known.chosen)[0]["shown"], "Lilo");
    let _ = phone
        .screens()
        .keep_draft(opened.draft, FormName::MessageContact, shown(&opened.form))
        .unwrap();
    let form = with(
        &opened.form,
        json!({
            "channel": "missed",
            "initiative": "youth",
            "summary": "Durft vrijdag niet alleen",
            "follow_up": [{"kind": "going_along", "title": null, "due": null, "youth": null, "reason": null}],
        }),
    );
    let done = phone
        .screens()
        .record_message_contact(opened.draft, &form)
        .unwrap();
    assert!(done.changed.contains("message_contact") && done.changed.contains("draft"));
    assert_eq!(phone.screens().today().unwrap().drafts, Vec::new());
    let kept = &all::<MessageContact>(&phone)[0];
    assert_eq!(kept.space, TEAM);
    let kept: MessageContact = kept.typed();
    assert_eq!(kept.youth.map(Id::record), Some(lilo));
    assert_eq!(kept.occurred_at.map(|at| at.0), Some(phone.now()));
    let action: Action = all::<Action>(&phone)[0].typed();
    assert_eq!(action.youth.map(Id::record), Some(lilo));
    assert_eq!(
        action.from_record.map(|from| from.record),
        Some(done.answer.record)
    );
}

#[test]
fn a_message_stands_on_today_with_the_name_as_it_may_be_shown_and_can_be_added_to() {
    let phone = Phone::new();
    let _ = on_a_joint_round(&phone);
    let lilo = youth(&phone, "Lilo");
    let opened = phone.screens().open_message_contact(None, Some(lilo)).unwrap();
    let form = with(&opened.form, json!({"summary": "Vraag over de polis"}));
    let saved = phone
        .screens()
        .record_message_contact(opened.draft, &form)
        .unwrap()
        .answer;
    let today = shown(&phone.screens().today().unwrap().timeline[0]);
    assert_eq!(
        (&today["collection"], &today["names"], &today["text"]),
        (
            &json!("message_contact"),
            &json!(["Lilo"]),
            &json!("Vraag over de polis")
        )
    );
    let again = phone
        .screens()
        .add_to("message_contact", saved.record)
        .unwrap()
        .answer;
    assert_eq!(again.form, FormName::MessageContact);
    let opened = phone
        .screens()
        .open_message_contact(Some(again.draft), None)
        .unwrap();
    assert_eq!(opened.form.record, Some(saved.record));
    let form = with(&opened.form, json!({"channel": "phone"}));
    let _ = phone
        .screens()
        .record_message_contact(again.draft, &form)
        .unwrap();
    let kept = all::<MessageContact>(&phone);
    assert_eq!(kept.len(), 1);
    let kept: MessageContact = kept[0].typed();
    assert_eq!(kept.summary.as_deref(), Some("Vraag over de polis"));
    assert_eq!(kept.channel.unwrap().as_str(), "phone");
}
