//! What a locked phone's forms become.

use crate::support::{Phone, shown, with};
use drempel_domain::records::lists::Basis;
use drempel_screens::locked;
use serde_json::json;

#[test]
fn forms_of_a_locked_app_know_no_name_no_place_and_no_list() {
    let phone = Phone::new();
    let draft = phone.draft_name();
    let contact = locked::open_street_contact(draft, phone.now());
    assert_eq!(contact.draft, draft);
    for empty in ["chosen", "places", "youths", "groups", "follow_ups", "audiences"] {
        assert_eq!(shown(&contact.known)[empty], json!([]), "{empty}");
    }
    let talk = shown(&locked::open_doorstep_talk(draft, phone.now()).known);
    assert_eq!(
        (&talk["visits"], &talk["visit"], &talk["audiences"]),
        (&json!([]), &json!(null), &json!([]))
    );
    let note = shown(&locked::open_quick_note(draft, phone.now()).known);
    assert_eq!((&note["groups"], &note["place"]), (&json!([]), &json!(null)));
}

#[test]
fn nothing_that_was_tapped_or_typed_is_lost_in_the_note() {
    let phone = Phone::new();
    let opened = locked::open_street_contact(phone.draft_name(), phone.now());
    let form = with(
        &opened.form,
        json!({
            "headcount": 4, "age_bands": {"12-15": 3, "16-17": 1}, "approach": "preventive", "mood": "friendly",
            "place_text": "Bankje achter de flat", "note": "Eén wil stoppen met blowen", "basis": "hearsay",
            "participants": [{"youth": null, "unknown": "rode jas"}],
        }),
    );
    let note = locked::street_contact(&form);
    assert_eq!(
        note.text.as_deref(),
        Some(
            "Straatcontact · 4 jongeren · 12 t/m 15: 3 · 16 en 17: 1 · Preventief · Gezellig · Bankje achter de flat · \
             rode jas\nEén wil stoppen met blowen"
        )
    );
    assert_eq!(note.basis, Some(Basis::Hearsay));
    let untouched = locked::street_contact(&opened.form);
    assert_eq!(untouched.text.as_deref(), Some("Straatcontact · 1 jongere"));
    let opened = locked::open_doorstep_talk(phone.draft_name(), phone.now());
    let form = with(
        &opened.form,
        json!({
            "address": "Lindenhof 12", "opened_by": "guardian", "reason": "absence", "obstacles": {"money": "concern"},
            "agreements": [{"text": "Morgen bellen", "due": null}], "entered": true, "how_are_things": "Gaat wel",
        }),
    );
    assert_eq!(
        locked::doorstep_talk(&form).text.as_deref(),
        Some(
            "Drempelgesprek · Lindenhof 12 · Ouder · Verzuim · Geld en schulden: Zorg · Binnen geweest: ja · \
             Afspraak: Morgen bellen\nGaat wel"
        )
    );
}
