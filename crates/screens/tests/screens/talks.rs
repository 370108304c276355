//! Talks at a door, with tonight's list, and talks at a table.

use crate::support::{JOINT, JORIS, Phone, TEAM, all, faults, on_a_joint_round, shown, with, youth};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Code, Whole};
use drempel_domain::records::actions::{Action, Talk};
use drempel_domain::records::contacts::DoorstepTalk;
use drempel_domain::records::lists::VisitState;
use drempel_domain::records::rounds::VisitRequest;
use drempel_domain::records::sharing::Share;
use drempel_screens::FailureCode;
use serde_json::json;

fn address(phone: &Phone, position: i64, name: &str, address: &str) -> RecordId {
    let request = VisitRequest {
        name: Some(name.to_owned()),
        address: Some(address.to_owned()),
        age_band: Some(Code::from("12-15")),
        reason: Some(Code::from("absence")),
        asked_by: Some(JORIS),
        position: Some(Whole(position)),
        state: Some(VisitState::Open),
        ..VisitRequest::default()
    };
    phone
        .client()
        .create(JOINT, &request)
        .unwrap()
        .first::<VisitRequest>()
        .unwrap()
        .record()
}

#[test]
fn nobody_home_needs_one_choice_and_the_next_address_stands_ready() {
    let phone = Phone::new();
    let second = address(&phone, 2, "Quincy Bakboord", "Zilverhof 31");
    let first = address(&phone, 1, "Jayden Pinas", "Lindenhof 12");
    let _ = on_a_joint_round(&phone);
    let opened = phone.screens().open_doorstep_talk(None, None).unwrap();
    assert_eq!(opened.form.visit_request, Some(first));
    assert_eq!(
        (opened.form.address.as_deref(), opened.form.reason.as_deref()),
        (Some("Lindenhof 12"), Some("absence"))
    );
    for untouched in [
        "opened_by",
        "result",
        "mood",
        "how_are_things",
        "entered",
        "visit_again",
        "shares",
    ] {
        assert_eq!(shown(&opened.form)[untouched], json!(null), "{untouched}");
    }
    let visit = shown(&opened.known.visit);
    assert_eq!(
        visit,
        json!({
            "id": first.to_string(), "address": "Lindenhof 12", "shown": "JP", "age_band": "12-15", "under_16": true, "reason": "absence",
            "asked_by": "Leerplicht", "position": 1, "total": 2, "state": "open", "youth": null,
        }),
        "names are short on a round"
    );
    assert_eq!(opened.known.next_address.as_deref(), Some("Zilverhof 31"));
    let form = with(
        &opened.form,
        json!({"opened_by": "nobody", "visit_again": "2026-03-06"}),
    );
    let _ = phone.screens().record_doorstep_talk(opened.draft, &form).unwrap();
    let next = phone.screens().open_doorstep_talk(None, None).unwrap();
    assert_eq!(next.form.visit_request, Some(second));
    let again: Action = all::<Action>(&phone)[0].typed();
    assert_eq!(
        (
            again.kind.unwrap().as_str(),
            again.due.unwrap().0.to_string().as_str()
        ),
        ("return_visit", "2026-03-06")
    );
    let round = phone.screens().today().unwrap().round.unwrap();
    assert_eq!(shown(&round.visits), json!({"done": 1, "total": 2}));
    let there = phone.screens().open_doorstep_talk(None, Some(first)).unwrap();
    assert_eq!(
        there.form.visit_request,
        Some(first),
        "an address that was asked for"
    );
}

#[test]
fn a_talk_keeps_names_and_words_in_the_own_space_and_shares_only_what_was_chosen() {
    let phone = Phone::new();
    let (quincy, _) = (youth(&phone, "Quin"), on_a_joint_round(&phone));
    let opened = phone.screens().open_doorstep_talk(None, None).unwrap();
    let template = opened.known.share_template.unwrap();
    assert_eq!(
        (template.covenant.as_str(), template.receivers.len()),
        ("Samen op straat", 1)
    );
    let form = with(
        &opened.form,
        json!({
            "youth": quincy.to_string(), "opened_by": "youth", "result": "conversation", "mood": "so_so",
            "reason": "absence", "how_are_things": "Ik sta er alleen voor", "basis": "hearsay",
            "obstacles": {"money": "concern"}, "agreements": [{"text": "Morgen bellen", "due": "2026-03-03"}],
            "shares": {
                "parts": [{"part": "school", "spaces": [JOINT.to_string()]}, {"part": "agreements", "spaces": [JOINT.to_string()]}],
                "informed": "not_yet",
            },
        }),
    );
    let saved = phone
        .screens()
        .record_doorstep_talk(opened.draft, &form)
        .unwrap()
        .answer;
    let halves = all::<DoorstepTalk>(&phone);
    let in_space = |space| halves.iter().find(|stored| stored.space == space).unwrap();
    let (core, own) = (in_space(JOINT), in_space(TEAM));
    let shared: DoorstepTalk = core.typed();
    assert_eq!(
        (shared.youth, shared.how_are_things, shared.agreements),
        (None, None, None)
    );
    assert_eq!(shared.opened_by.unwrap().as_str(), "youth");
    let share = &all::<Share>(&phone)[0];
    let ledger: Share = share.typed();
    assert_eq!(
        (share.space, ledger.to_space, ledger.of.unwrap().record),
        (TEAM, Some(JOINT), own.id)
    );
    assert_eq!(ledger.fields.unwrap(), ["reason", "absence_kind", "agreements"]);
    assert_eq!(ledger.ground.as_deref(), Some("convenant CV-2026-01"));
    let mut kinds: Vec<String> = all::<Action>(&phone)
        .iter()
        .map(|stored| stored.typed::<Action>().kind.unwrap().as_str().to_owned())
        .collect();
    kinds.sort();
    assert_eq!(kinds, ["appointment", "inform"]);
    let again = phone
        .screens()
        .add_to("doorstep_talk", saved.record)
        .unwrap()
        .answer;
    let opened = phone
        .screens()
        .open_doorstep_talk(Some(again.draft), None)
        .unwrap();
    assert_eq!(
        opened.form.how_are_things.as_deref(),
        Some("Ik sta er alleen voor")
    );
    let more = with(&opened.form, json!({"mood": "good"}));
    let _ = phone.screens().record_doorstep_talk(again.draft, &more).unwrap();
    assert_eq!(
        all::<Action>(&phone).len(),
        2,
        "what was agreed before is not agreed twice"
    );
}

#[test]
fn taking_a_concern_further_always_asks_a_reason() {
    let phone = Phone::new();
    let opened = phone.screens().open_doorstep_talk(None, None).unwrap();
    let follow = |reason: serde_json::Value| {
        let one =
            json!({"kind": "help_framework", "title": null, "due": null, "youth": null, "reason": reason});
        with(&opened.form, json!({"opened_by": "youth", "follow_up": [one]}))
    };
    for missing in [json!(null), json!("  ")] {
        let refused = phone
            .screens()
            .record_doorstep_talk(opened.draft, &follow(missing))
            .unwrap_err();
        assert_eq!(
            (refused.code, faults(&refused)),
            (FailureCode::Refused, json!([["follow_up", "missing"]]))
        );
    }
    let _ = phone
        .screens()
        .record_doorstep_talk(opened.draft, &follow(json!("Thuis is het niet veilig")))
        .unwrap();
    let action: Action = all::<Action>(&phone)[0].typed();
    assert_eq!(action.reason.as_deref(), Some("Thuis is het niet veilig"));
    let share = json!({"parts": [{"part": "home", "spaces": [JOINT.to_string()]}], "informed": "yes"});
    let alone = with(&opened.form, json!({"shares": share}));
    let refused = phone
        .screens()
        .record_doorstep_talk(opened.draft, &alone)
        .unwrap_err();
    assert_eq!(
        faults(&refused),
        json!([["shares", "not_a_member"]]),
        "nobody walks along"
    );
}

#[test]
fn a_talk_at_a_table_is_planned_from_its_action() {
    let phone = Phone::new();
    let jay = youth(&phone, "Jay");
    let opened = phone.screens().open_doorstep_talk(None, None).unwrap();
    let follow = json!([{"kind": "three_way_talk", "title": null, "due": "2026-03-02", "youth": null, "reason": null}]);
    let form = with(
        &opened.form,
        json!({"youth": jay.to_string(), "follow_up": follow}),
    );
    let _ = phone.screens().record_doorstep_talk(opened.draft, &form).unwrap();
    let row = phone.screens().today().unwrap().due.remove(0);
    assert_eq!((row.title.as_str(), row.to_invite), ("Driehoeksgesprek", true));
    let opened = phone.screens().open_three_way_talk(None, Some(row.id)).unwrap();
    assert_eq!(opened.form.invited, ["Jay", "Joris", "Ana"]);
    assert_eq!((opened.form.day, opened.form.time.as_deref()), (None, None));
    assert_eq!(
        shown(&opened.known.days),
        json!(["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"])
    );
    let odd = with(&opened.form, json!({"day": "2026-03-06", "time": "25:00"}));
    let refused = phone.screens().invite_to_talk(opened.draft, &odd).unwrap_err();
    assert_eq!(faults(&refused), json!([["time", "out_of_range"]]));
    let form = with(
        &opened.form,
        json!({"day": "2026-03-06", "time": "16:00", "place": "office", "message": "Kom je?"}),
    );
    let _ = phone
        .screens()
        .keep_draft(
            opened.draft,
            drempel_screens::shapes::FormName::ThreeWayTalk,
            shown(&form),
        )
        .unwrap();
    let again = phone
        .screens()
        .open_three_way_talk(Some(opened.draft), None)
        .unwrap();
    assert_eq!(again.form, form, "a draft knows which action it is for");
    let unknown = phone.screens().open_three_way_talk(None, None).unwrap_err();
    assert_eq!(unknown.code, FailureCode::NotFound);
    let saved = phone
        .screens()
        .invite_to_talk(opened.draft, &form)
        .unwrap()
        .answer;
    let talk = phone
        .client()
        .open_record(Id::<Talk>::new(saved.record))
        .unwrap()
        .record;
    assert_eq!(talk.planned_at.unwrap().0.to_string(), "2026-03-06T15:00:00.000Z");
    assert_eq!(talk.place.as_deref(), Some("Wijkhuis"));
    let today = phone.screens().today().unwrap();
    assert!(!today.due[0].to_invite && today.drafts.is_empty());
}
