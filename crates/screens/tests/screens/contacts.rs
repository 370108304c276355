//! Contacts on the street.

use crate::support::{ANA, BO, JOINT, Phone, TEAM, all, faults, on_a_joint_round, shown, with, youth};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Code, Whole};
use drempel_domain::records::actions::Action;
use drempel_domain::records::contacts::{Participation, StreetContact};
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::rounds::Spot;
use drempel_screens::FailureCode;
use drempel_screens::shapes::FormName;
use serde_json::json;

fn spot(phone: &Phone, name: &str) -> RecordId {
    let spot = Spot {
        name: Some(name.to_owned()),
        district: Some(Code::from("haven")),
        ..Spot::default()
    };
    phone
        .client()
        .add_spot(TEAM, spot)
        .unwrap()
        .first::<Spot>()
        .unwrap()
        .record()
}

#[test]
fn two_taps_save_what_is_known_and_nothing_that_was_seen_or_done() {
    let phone = Phone::new();
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let form = shown(&opened.form);
    for untouched in [
        "approach",
        "mood",
        "note",
        "basis",
        "occurred_at",
        "place_text",
        "youth_group",
    ] {
        assert_eq!(form[untouched], json!(null), "{untouched}");
    }
    assert_eq!(
        (&form["topics"], &form["participants"], &form["follow_up"]),
        (&json!([]), &json!([]), &json!([]))
    );
    assert_eq!(form["headcount"], 1);
    let done = phone
        .screens()
        .record_street_contact(opened.draft, &opened.form)
        .unwrap();
    let saved: StreetContact = all::<StreetContact>(&phone)[0].typed();
    assert_eq!(
        (saved.headcount, saved.mood, saved.approach),
        (Some(Whole(1)), None, None)
    );
    assert_eq!(saved.occurred_at.unwrap().0, phone.now());
    let today = phone.screens().today().unwrap();
    assert_eq!(today.timeline[0].id, done.answer.record);
    assert_eq!(shown(&today.timeline[0].status), "on_device");
    assert!(!today.timeline[0].late);
    phone.wait_days(1);
    phone.wait(1);
    let item = phone.screens().today().unwrap();
    assert!(item.timeline.is_empty(), "yesterday's is not today's");
}

#[test]
fn a_full_form_comes_back_as_it_was_when_it_is_added_to() {
    let phone = Phone::new();
    let (place, ilyas) = (spot(&phone, "Sluis"), youth(&phone, "Lilo"));
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let form = with(
        &opened.form,
        json!({
            "place": {"district": "haven", "spot": place.to_string()},
            "headcount": 4,
            "age_bands": {"12-15": 3, "16-17": 1},
            "approach": "preventive",
            "mood": "friendly",
            "topics": ["school"],
            "talents": ["sport"],
            "note": "Vraagt naar werk",
            "basis": "hearsay",
            "participants": [{"youth": ilyas.to_string(), "unknown": null}, {"youth": null, "unknown": "rode jas"}],
            "follow_up": [{"kind": "reminder", "title": null, "due": "2026-03-03", "youth": null, "reason": null}],
        }),
    );
    let saved = phone
        .screens()
        .record_street_contact(opened.draft, &form)
        .unwrap()
        .answer;
    let action: Action = all::<Action>(&phone)[0].typed();
    assert_eq!(action.youth.map(Id::record), Some(ilyas), "the one who is known");
    let again = phone
        .screens()
        .add_to("street_contact", saved.record)
        .unwrap()
        .answer;
    let opened = phone
        .screens()
        .open_street_contact(Some(again.draft), None)
        .unwrap();
    let as_saved = with(
        &form,
        json!({"record": saved.record.to_string(), "follow_up": [], "occurred_at": phone.now().millis()}),
    );
    assert_eq!(opened.form, as_saved);
    assert_eq!(shown(&opened.known.chosen)[0]["shown"], "Lilo");
    let more = with(
        &opened.form,
        json!({"headcount": 5, "topics": [], "participants": [{"youth": ilyas.to_string(), "unknown": null}]}),
    );
    let _ = phone.screens().record_street_contact(again.draft, &more).unwrap();
    let contact: StreetContact = all::<StreetContact>(&phone)[0].typed();
    assert_eq!(
        (contact.headcount, contact.topics.is_empty()),
        (Some(Whole(5)), true)
    );
    assert_eq!(contact.note.as_deref(), Some("Vraagt naar werk"));
    assert_eq!(
        all::<Participation>(&phone).len(),
        1,
        "red jacket was not there after all"
    );
}

#[test]
fn adding_to_a_colleagues_joint_contact_leaves_the_colleagues_half_alone() {
    let phone = Phone::new();
    let _ = on_a_joint_round(&phone);
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let form = with(&opened.form, json!({"headcount": 3, "note": "van Ana"}));
    let deed = phone.screens().record_street_contact(opened.draft, &form);
    let core = deed.unwrap().answer.record;
    let anas_half = all::<StreetContact>(&phone)
        .iter()
        .find(|stored| stored.space == TEAM)
        .unwrap()
        .id;
    phone.becomes_bos();
    for (named, shown_note, headcount, note) in [
        (core, None, 4, "van Bo"),
        (anas_half, Some("van Bo"), 5, "nog eens van Bo"),
    ] {
        let again = phone.screens().add_to("street_contact", named).unwrap().answer;
        let opened = phone
            .screens()
            .open_street_contact(Some(again.draft), None)
            .unwrap();
        assert_eq!(opened.form.note.as_deref(), shown_note, "only what is one's own");
        let more = with(&opened.form, json!({"headcount": headcount, "note": note}));
        let _ = phone.screens().record_street_contact(again.draft, &more).unwrap();
        let mut notes: Vec<_> = all::<StreetContact>(&phone)
            .iter()
            .filter(|stored| stored.space == TEAM)
            .map(|stored| {
                let half = stored.typed::<StreetContact>();
                assert_eq!(half.core.map(Id::record), Some(core));
                (stored.common().created_by.unwrap(), half.note.unwrap())
            })
            .collect();
        notes.sort();
        let mut expected = [(ANA, "van Ana".to_owned()), (BO, note.to_owned())];
        expected.sort();
        assert_eq!(notes, expected);
        let shared = phone
            .client()
            .open_record(Id::<StreetContact>::new(core))
            .unwrap();
        assert_eq!(shared.record.headcount, Some(Whole(headcount)));
        assert_eq!(shared.record.note, None);
    }
}

#[test]
fn on_a_joint_round_one_save_makes_the_shared_core_and_the_own_half() {
    let phone = Phone::new();
    let round = on_a_joint_round(&phone);
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let audience = opened.form.audience.unwrap();
    assert_eq!((audience.own, audience.joint), (TEAM, Some(JOINT)));
    assert_eq!(opened.form.round, Some(round));
    assert_eq!(
        shown(&opened.form.place),
        json!({"district": "haven", "spot": null})
    );
    let form = with(
        &opened.form,
        json!({"headcount": 3, "note": "alleen voor ons", "mood": "calm"}),
    );
    let saved = phone
        .screens()
        .record_street_contact(opened.draft, &form)
        .unwrap()
        .answer;
    let halves = all::<StreetContact>(&phone);
    let in_space = |space| {
        halves
            .iter()
            .find(|stored| stored.space == space)
            .unwrap()
            .typed::<StreetContact>()
    };
    let (core, own) = (in_space(JOINT), in_space(TEAM));
    assert_eq!(
        (core.headcount, core.note, core.mood),
        (Some(Whole(3)), None, None)
    );
    assert_eq!(
        (own.core.map(Id::record), own.note.as_deref()),
        (Some(saved.record), Some("alleen voor ons"))
    );
    let today = phone.screens().today().unwrap();
    assert_eq!(today.round.unwrap().recorded, 1, "two halves are one contact");
    let moment = shown(&today.timeline[0]);
    assert_eq!(
        (&moment["mood"], &moment["others"], &moment["text"]),
        (&json!("calm"), &json!(3), &json!("alleen voor ons"))
    );

    let again = phone
        .screens()
        .add_to("street_contact", saved.record)
        .unwrap()
        .answer;
    let opened = phone
        .screens()
        .open_street_contact(Some(again.draft), None)
        .unwrap();
    assert_eq!(opened.form.note.as_deref(), Some("alleen voor ons"));
    let more = with(&opened.form, json!({"headcount": 4, "note": "en dit"}));
    let _ = phone.screens().record_street_contact(again.draft, &more).unwrap();
    let halves = all::<StreetContact>(&phone);
    let in_space = |space| {
        halves
            .iter()
            .find(|stored| stored.space == space)
            .unwrap()
            .typed::<StreetContact>()
    };
    assert_eq!(
        (in_space(JOINT).headcount, in_space(JOINT).note),
        (Some(Whole(4)), None)
    );
    assert_eq!(
        (in_space(TEAM).headcount, in_space(TEAM).note.as_deref()),
        (None, Some("en dit"))
    );
}

#[test]
fn a_contact_made_from_a_note_processes_the_note_and_takes_its_time() {
    let phone = Phone::new();
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(
        &opened.form,
        json!({"text": "Vier bij de loods", "basis": "observed"}),
    );
    let note = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap()
        .answer
        .record;
    let written = phone.now();
    phone.wait(3_600_000);
    let opened = phone.screens().open_street_contact(None, Some(note)).unwrap();
    assert_eq!(opened.form.note.as_deref(), Some("Vier bij de loods"));
    assert_eq!(shown(&opened.form.occurred_at), written.millis());
    let saved = phone
        .screens()
        .record_street_contact(opened.draft, &opened.form)
        .unwrap()
        .answer;
    assert!(phone.screens().inbox().unwrap().is_empty());
    let kept: QuickNote = all::<QuickNote>(&phone)[0].typed();
    assert_eq!(kept.about.unwrap().record, saved.record);
    let _ = phone.screens().reopen(&saved.token).unwrap();
    assert_eq!(
        phone.screens().inbox().unwrap().len(),
        1,
        "taken back: the note waits again"
    );
}

#[test]
fn places_are_those_used_last_and_no_device_location_is_asked() {
    let phone = Phone::new();
    let (sluis, loods) = (spot(&phone, "Sluis"), spot(&phone, "Loods"));
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    assert_eq!(
        (shown(&opened.known.place_from), shown(&opened.form.place)),
        (json!("none"), json!(null))
    );
    let labels: Vec<&str> = opened
        .known
        .places
        .iter()
        .map(|chip| chip.label.as_str())
        .collect();
    assert_eq!(labels, ["Loods", "Sluis"]);
    let form = with(
        &opened.form,
        json!({"place": {"district": "haven", "spot": sluis.to_string()}}),
    );
    let _ = phone
        .screens()
        .record_street_contact(opened.draft, &form)
        .unwrap();
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    assert_eq!(shown(&opened.known.place_from), "last");
    assert_eq!(opened.form.place.unwrap().spot, Some(sluis));
    assert_eq!(opened.known.places[1].spot, loods);
}

#[test]
fn a_note_on_a_round_is_at_the_last_place_and_at_a_desk_that_place_is_only_proposed() {
    let phone = Phone::new();
    let (sluis, loods) = (spot(&phone, "Sluis"), spot(&phone, "Loods"));
    let contact = |spot: RecordId| {
        let opened = phone.screens().open_street_contact(None, None).unwrap();
        let place = json!({"place": {"district": "haven", "spot": spot.to_string()}});
        let form = with(&opened.form, place);
        let _ = phone
            .screens()
            .record_street_contact(opened.draft, &form)
            .unwrap();
        phone.wait(60_000);
    };
    contact(sluis);
    let note = phone.screens().open_quick_note(None).unwrap();
    assert_eq!((note.form.place, note.known.place.unwrap().spot), (None, sluis));
    let _ = on_a_joint_round(&phone);
    let note = phone.screens().open_quick_note(None).unwrap();
    assert_eq!(
        shown(&note.form.place),
        json!({"district": "haven", "spot": sluis.to_string()})
    );
    // A note that was left keeps its own place, whatever the last place is by now.
    let _ = phone
        .screens()
        .keep_draft(note.draft, FormName::QuickNote, shown(&note.form))
        .unwrap();
    contact(loods);
    let again = phone.screens().open_quick_note(Some(note.draft)).unwrap();
    assert_eq!(again.known.place.unwrap().spot, sluis);
    assert_eq!(again.form.place.unwrap().spot, Some(sluis));
}

#[test]
fn numbers_out_of_their_limits_name_their_field() {
    let phone = Phone::new();
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let cases = [
        (json!({"headcount": 501}), json!([["headcount", "out_of_range"]])),
        (
            json!({"age_bands": {"12-15": -1}}),
            json!([["age_bands", "out_of_range"]]),
        ),
        (
            json!({"occurred_at": 0}),
            json!([["occurred_at", "date_out_of_range"]]),
        ),
        (
            json!({"note": "a\u{0}b"}),
            json!([["note", "forbidden_character"]]),
        ),
    ];
    for (change, expected) in cases {
        let form = with(&opened.form, change);
        let refused = phone
            .screens()
            .record_street_contact(opened.draft, &form)
            .unwrap_err();
        assert_eq!((refused.code, faults(&refused)), (FailureCode::Refused, expected));
    }
    assert!(all::<StreetContact>(&phone).is_empty());
}
