//! Young people and groups, their lists, search and dossiers.

use crate::support::{ANA, BO, Phone, TEAM, all, faults, on_a_joint_round, shown, with, youth};
use drempel_client::actions::{TrackStart, YouthForm as ClientYouthForm};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{BirthDay, Code, Codes, EventDay, Score, Whole};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::course::{Measurement, Track};
use drempel_domain::records::lists::Phase;
use drempel_domain::records::network::KeyPerson;
use drempel_domain::records::youths::Youth;
use drempel_screens::shapes::{FormName, GroupForm, ReachBy, Saved, YouthFilter, YouthForm};
use drempel_screens::{CommandError, FailureCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn known(
    phone: &Phone,
    given: &str,
    family: &str,
    coach: drempel_domain::id::UserId,
    phase: Option<Phase>,
) -> RecordId {
    let youth = Youth {
        given_name: Some(given.to_owned()),
        family_name: Some(family.to_owned()),
        birth_date: Some(BirthDay("2008-03-02".parse().unwrap())),
        district: Some(Code::from("haven")),
        ..Youth::default()
    };
    let track = Track {
        coach: Some(coach),
        phase,
        started: Some(EventDay("2026-01-05".parse().unwrap())),
        ..Track::default()
    };
    let form = ClientYouthForm {
        youth,
        track: Some(TrackStart { track }),
        ..ClientYouthForm::default()
    };
    phone
        .client()
        .create_youth(TEAM, form)
        .unwrap()
        .first::<Youth>()
        .unwrap()
        .record()
}

#[test]
fn a_young_person_is_reached_by_the_devices_own_app_when_there_is_a_number() {
    let phone = Phone::new();
    let with_number = |number: Option<&str>| {
        let youth = Youth {
            nickname: Some("Quin".to_owned()),
            phone: number.map(str::to_owned),
            ..Youth::default()
        };
        let form = ClientYouthForm {
            youth,
            ..ClientYouthForm::default()
        };
        let saved = phone.client().create_youth(TEAM, form).unwrap();
        saved.first::<Youth>().unwrap().record()
    };
    let reached = |youth, by| {
        let reach = phone.screens().reach_youth(youth, by)?;
        Ok::<_, CommandError>(reach.address().to_owned())
    };
    let quin = with_number(Some("+31 (0)6 1234 5678"));
    assert_eq!(reached(quin, ReachBy::Phone).unwrap(), "tel:+31612345678");
    assert_eq!(reached(quin, ReachBy::Message).unwrap(), "sms:+31612345678");
    for number in [None, Some("via zijn moeder")] {
        let refused = reached(with_number(number), ReachBy::Phone).unwrap_err();
        assert_eq!(faults(&refused), json!([["phone", "no_number"]]), "{number:?}");
    }
    let nobody = reached(phone.draft_name(), ReachBy::Phone).unwrap_err();
    assert_eq!(nobody.code, FailureCode::NotFound);
}

fn see(phone: &Phone, youth: RecordId) {
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let person = json!([{"youth": youth.to_string(), "unknown": null}]);
    let form = with(&opened.form, json!({"participants": person, "note": "Gesproken"}));
    let _ = phone
        .screens()
        .record_street_contact(opened.draft, &form)
        .unwrap();
}

fn listed(phone: &Phone, filter: Value) -> Vec<String> {
    let filter: YouthFilter = serde_json::from_value(filter).unwrap();
    let page = phone.screens().youths(&filter, 0, 100).unwrap();
    assert_eq!(page.total, page.rows.len());
    page.rows.into_iter().map(|row| row.shown).collect()
}

#[test]
fn the_list_goes_by_family_name_in_windows_and_by_what_holds() {
    let phone = Phone::new();
    let noor = known(&phone, "Noor", "van Dalen", ANA, Some(Phase::Scan));
    let _ = known(&phone, "Bartosz", "Wit", BO, None);
    let ilyas = known(&phone, "Ilyas", "Demir", ANA, Some(Phase::Match));
    see(&phone, ilyas);
    phone.wait_days(25);
    see(&phone, noor);
    assert_eq!(
        listed(&phone, json!({})),
        ["Ilyas Demir", "Noor van Dalen", "Bartosz Wit"]
    );
    assert_eq!(
        listed(&phone, json!({"mine": true})),
        ["Ilyas Demir", "Noor van Dalen"]
    );
    assert_eq!(
        listed(&phone, json!({"long_unseen": true})),
        ["Ilyas Demir", "Bartosz Wit"]
    );
    assert_eq!(
        listed(&phone, json!({"mine": true, "long_unseen": true})),
        ["Ilyas Demir"]
    );
    assert_eq!(listed(&phone, json!({"phase": "scan"})), ["Noor van Dalen"]);
    assert_eq!(listed(&phone, json!({"district": "hof"})), Vec::<String>::new());
    let window = phone.screens().youths(&YouthFilter::default(), 1, 1).unwrap();
    assert_eq!((window.from, window.total, window.rows.len()), (1, 3, 1));
    let row = shown(&window.rows[0]);
    assert_eq!(
        (
            &row["shown"],
            &row["age"],
            &row["phase"],
            &row["days_unseen"],
            &row["long_unseen"],
            &row["coach"],
            &row["mine"]
        ),
        (
            &json!("Noor van Dalen"),
            &json!(18),
            &json!("scan"),
            &json!(0),
            &json!(false),
            &json!(null),
            &json!(true)
        )
    );
    let theirs = phone.screens().youths(&YouthFilter::default(), 2, 1).unwrap();
    assert_eq!(shown(&theirs.rows[0].coach), "Bo");
    let head = shown(&phone.screens().youths_head().unwrap());
    assert_eq!(head["caseload"], 2);
    assert_eq!(
        head["counts"],
        json!({"mine": 2, "long_unseen": 1, "phases": {"match": 1, "scan": 1}})
    );
    assert_eq!(
        (&head["names"], &head["any"], &head["district"]["code"]),
        (&json!("full"), &json!(true), &json!("haven"))
    );
}

#[test]
fn a_search_goes_by_the_beginnings_of_names_and_forgives_one_typing_error() {
    let phone = Phone::new();
    let _ = known(&phone, "Yıldız", "Karataş", ANA, None);
    let _ = known(&phone, "Bartosz", "Wit", BO, None);
    see(&phone, youth(&phone, "Bartje"));
    for (words, expected) in [
        ("karat", vec!["Yıldız Karataş"]),
        ("kartas", vec!["Yıldız Karataş"]),
        ("bart w", vec!["Bartosz Wit"]),
        ("bart", vec!["Bartje", "Bartosz Wit"]),
        ("gesproken", vec![]),
    ] {
        assert_eq!(listed(&phone, json!({"words": words})), expected, "{words}");
    }
    assert_eq!(
        listed(&phone, json!({"words": "bart", "mine": true})),
        Vec::<String>::new()
    );
}

#[test]
fn names_are_short_on_a_round_and_when_the_person_wants_so() {
    let phone = Phone::new();
    let noor = known(&phone, "Noor", "van Dalen", ANA, None);
    let _ = on_a_joint_round(&phone);
    assert_eq!(listed(&phone, json!({})), ["N.D."]);
    let dossier = phone.screens().dossier(noor).unwrap();
    assert_eq!(
        (dossier.shown.as_str(), dossier.called.as_str(), dossier.nickname),
        ("N.D.", "N.D.", None)
    );
    assert_eq!(shown(&phone.screens().youths_head().unwrap().names), "short");
}

#[test]
fn somebody_new_needs_one_word_and_joins_the_caseload() {
    let phone = Phone::new();
    let form = YouthForm {
        nickname: Some(" Lilo ".to_owned()),
        ..YouthForm::default()
    };
    let saved = make_known(&phone, &form).unwrap();
    assert_eq!(listed(&phone, json!({"mine": true})), ["Lilo"]);
    let _ = phone.screens().undo(&saved.token).unwrap();
    assert_eq!(listed(&phone, json!({})), Vec::<String>::new());
    let refused = make_known(&phone, &YouthForm::default()).unwrap_err();
    assert_eq!(
        (refused.code, faults(&refused)),
        (FailureCode::Refused, json!([["nickname", "missing"]]))
    );
    for count in 0..36 {
        let form = YouthForm {
            nickname: Some(format!("N{count}")),
            ..YouthForm::default()
        };
        let warnings = make_known(&phone, &form).unwrap().warnings;
        let expected = if count < 35 {
            json!([])
        } else {
            json!([{"kind": "caseload", "above": 35}])
        };
        assert_eq!(shown(&warnings), expected, "{count}");
    }
}

/// Makes somebody known whose form was never left.
fn make_known(phone: &Phone, form: &YouthForm) -> Result<Saved, CommandError> {
    let screens = phone.screens();
    let draft = screens.open_youth(None, &None)?.draft;
    Ok(screens.create_youth(draft, form)?.answer)
}

#[test]
fn a_half_written_youth_or_group_survives_a_kill_letter_for_letter_and_is_made_once() {
    let phone = Phone::new();
    let youth = phone
        .screens()
        .open_youth(None, &Some(" Lil ".to_owned()))
        .unwrap();
    assert_eq!(shown(&youth.form)["nickname"], "Lil");
    let group = phone.screens().open_group(None).unwrap();
    let youth_form = with(
        &youth.form,
        json!({"nickname": "‘Lilo’ 😀 é", "age_band": "16-17"}),
    );
    let group_form = with(
        &group.form,
        json!({"name": "Groep  sluis\t", "estimated_size": 8}),
    );
    for (draft, form, content) in [
        (youth.draft, FormName::Youth, shown(&youth_form)),
        (group.draft, FormName::YouthGroup, shown(&group_form)),
    ] {
        let _ = phone.screens().keep_draft(draft, form, content).unwrap();
    }
    let phone = phone.kill();
    let drafts: BTreeSet<_> = phone
        .screens()
        .today()
        .unwrap()
        .drafts
        .into_iter()
        .map(|row| row.id)
        .collect();
    assert_eq!(drafts, BTreeSet::from([youth.draft, group.draft]));
    // The name that was searched for is not put over what was typed since.
    let again = phone
        .screens()
        .open_youth(Some(youth.draft), &Some("Lil".to_owned()))
        .unwrap();
    assert_eq!((again.draft, &again.form), (youth.draft, &youth_form));
    let group_again = phone.screens().open_group(Some(group.draft)).unwrap();
    assert_eq!((group_again.draft, &group_again.form), (group.draft, &group_form));

    // Refused, the draft stays; saved, it is gone in the same go.
    let refused = phone.screens().create_youth(youth.draft, &YouthForm::default());
    assert_eq!(refused.unwrap_err().code, FailureCode::Refused);
    let refused = phone.screens().create_group(group.draft, &GroupForm::default());
    assert_eq!(refused.unwrap_err().code, FailureCode::Refused);
    assert_eq!(phone.screens().today().unwrap().drafts.len(), 2);
    let made = phone.screens().create_youth(youth.draft, &youth_form).unwrap();
    assert!(made.changed.contains("draft"));
    let made = phone.screens().create_group(group.draft, &group_form).unwrap();
    assert!(made.changed.contains("draft"));
    let phone = phone.kill();
    assert_eq!(phone.screens().today().unwrap().drafts, Vec::new());
    assert_eq!(listed(&phone, json!({})), ["‘Lilo’ 😀 é"]);
    assert_eq!(phone.screens().groups("").unwrap().len(), 1);
}

#[test]
fn groups_are_found_by_name_or_spot_and_those_seen_last_come_first() {
    let phone = Phone::new();
    let make = |name: &str| {
        let form = GroupForm {
            name: Some(name.to_owned()),
            estimated_size: Some(8),
            spots: Vec::new(),
        };
        let draft = phone.screens().open_group(None).unwrap().draft;
        phone.screens().create_group(draft, &form).unwrap().answer.record
    };
    let (_, sluis) = (make("Groep bushalte"), make("Groep sluis"));
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let form = with(&opened.form, json!({"youth_group": sluis.to_string()}));
    let _ = phone
        .screens()
        .record_street_contact(opened.draft, &form)
        .unwrap();
    let names = |words: &str| -> Vec<String> {
        phone
            .screens()
            .groups(words)
            .unwrap()
            .into_iter()
            .map(|group| group.name)
            .collect()
    };
    assert_eq!(names(""), ["Groep sluis", "Groep bushalte"]);
    assert_eq!(names("BUS"), ["Groep bushalte"]);
}

#[test]
fn a_dossier_shows_what_happened_and_how_life_goes_without_a_total() {
    let phone = Phone::new();
    let noor = known(&phone, "Noor", "van Dalen", ANA, Some(Phase::Scan));
    see(&phone, noor);
    let mut roles = Codes::default();
    roles.set("fixed_contact", true);
    let fixed = KeyPerson {
        youth: Some(Id::new(noor)),
        name: Some("Ana Vlierboom".to_owned()),
        roles,
        ..KeyPerson::default()
    };
    let _ = phone.client().create(TEAM, &fixed).unwrap();
    for (number, date, score, story) in [
        (0, "2025-08-20", 2, None),
        (1, "2026-02-20", 4, Some("Het gaat beter")),
    ] {
        let mut measured = Measurement {
            youth: Some(Id::new(noor)),
            number: Some(Whole(number)),
            date: Some(EventDay(date.parse().unwrap())),
            own_story: story.map(str::to_owned),
            ..Measurement::default()
        };
        measured.scores.set("housing", Score::Scored(score));
        measured.scores.set("money", Score::NotDiscussed);
        let _ = phone.client().record_measurement(TEAM, &measured).unwrap();
    }
    let dossier = phone.screens().dossier(noor).unwrap();
    assert_eq!(
        (dossier.shown.as_str(), dossier.called.as_str(), dossier.age),
        ("Noor van Dalen", "Noor", Some(18))
    );
    assert_eq!(
        shown(&dossier.space),
        json!({"id": TEAM.to_string(), "name": "Coachteam", "people": 2})
    );
    assert_eq!(shown(&dossier.fixed_contact), json!({"shown": "Ana", "me": true}));
    assert_eq!(dossier.phase.as_deref(), Some("scan"));
    let kinds: Vec<Value> = dossier
        .timeline
        .iter()
        .map(|item| shown(&item.collection))
        .collect();
    assert_eq!(kinds, ["street_contact", "measurement", "measurement"]);
    let measured = dossier.measurements.unwrap();
    assert_eq!(shown(&measured.first), json!({"number": 0, "date": "2025-08-20"}));
    assert_eq!(shown(&measured.last), json!({"number": 1, "date": "2026-02-20"}));
    assert_eq!(
        (shown(&measured.next_due), measured.is_due),
        (json!("2026-08-20"), false)
    );
    assert_eq!(measured.own_story.as_deref(), Some("Het gaat beter"));
    let of = |domain: &str| {
        measured
            .domains
            .iter()
            .find(|one| one.domain == domain)
            .unwrap()
            .clone()
    };
    assert_eq!((of("housing").first, of("housing").last), (Some(2), Some(4)));
    assert_eq!((of("money").first, of("money").last), (None, None));
    let nobody = phone.draft_name();
    assert_eq!(
        phone.screens().dossier(nobody).unwrap_err().code,
        FailureCode::NotFound
    );
}

#[test]
fn a_note_suggests_whose_name_it_holds_and_is_copied_to_that_dossier_by_choice() {
    let phone = Phone::new();
    let bart = youth(&phone, "Bart");
    let _ = youth(&phone, "Vraagt");
    let opened = phone.screens().open_quick_note(None).unwrap();
    let form = with(
        &opened.form,
        json!({"text": "Eén jongen kent Bart van de taallessen. barten"}),
    );
    let note = phone
        .screens()
        .record_quick_note(opened.draft, &form)
        .unwrap()
        .answer
        .record;
    let suggested = phone.screens().note_suggestions(note).unwrap();
    assert_eq!(suggested.words.as_deref(), Some("Bart"));
    assert_eq!(
        suggested.youths.iter().map(|row| row.id).collect::<Vec<_>>(),
        [bart]
    );
    assert_eq!(
        (suggested.audience.name.as_str(), suggested.audience.people),
        ("Coachteam", 2)
    );
    let into = serde_json::from_value(json!({"into": "youth", "youth": bart.to_string()})).unwrap();
    let _ = phone.screens().process_note(note, into).unwrap();
    assert!(phone.screens().inbox().unwrap().is_empty());
    let dossier = phone.screens().dossier(bart).unwrap();
    assert_eq!(shown(&dossier.timeline[0].collection), "quick_note");
    assert_eq!(
        phone.screens().today().unwrap().timeline.len(),
        1,
        "the copy is not shown beside the note"
    );
    assert!(all::<StreetContact>(&phone).is_empty());
}
