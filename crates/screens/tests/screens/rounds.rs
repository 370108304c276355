//! Rounds: starting, walking along, ending.

use crate::support::{JOINT, JORIS, Phone, TEAM, shown};
use drempel_domain::id::Id;
use drempel_domain::record::{Code, EventMoment};
use drempel_domain::records::lists::RoundKind;
use drempel_domain::records::rounds::{Round, RoundParticipant};
use drempel_screens::FailureCode;
use drempel_screens::shapes::RoundStart;
use serde_json::json;

fn start(partners: &[&str]) -> RoundStart {
    RoundStart {
        district: Some("hof".to_owned()),
        partners: partners.iter().map(|one| (*one).to_owned()).collect(),
    }
}

#[test]
fn a_round_starts_in_the_space_that_fits_who_walk_along() {
    let phone = Phone::new();
    let choices = phone.screens().today().unwrap().start.unwrap();
    assert_eq!(
        shown(&choices.partners),
        json!([{"kind": "attendance_officer", "label": "Leerplicht", "planned": false}])
    );
    assert_eq!(choices.likely_district, None, "there is no reason to think so");
    let alone = phone.screens().start_round(&start(&[])).unwrap().answer;
    let today = phone.screens().today().unwrap();
    assert_eq!(today.round.as_ref().unwrap().id, alone.record);
    assert_eq!(today.round.unwrap().district, "Lindehof");
    assert!(today.start.is_none());
    assert_eq!(space_of(&phone, alone.record), TEAM);
    let ended = phone.screens().end_round(alone.record).unwrap().answer;
    assert!(phone.screens().today().unwrap().round.is_none());
    let _ = phone.screens().undo(&ended.token).unwrap();
    assert!(
        phone.screens().today().unwrap().round.is_some(),
        "ended by mistake"
    );
    let _ = phone.screens().end_round(alone.record).unwrap();
    let joint = phone
        .screens()
        .start_round(&start(&["attendance_officer"]))
        .unwrap()
        .answer;
    assert_eq!(space_of(&phone, joint.record), JOINT);
    let nobody = phone
        .screens()
        .start_round(&start(&["case_manager"]))
        .unwrap_err();
    assert_eq!(nobody.code, FailureCode::Refused);
}

#[test]
fn the_last_round_says_where_and_with_whom_the_next_is_likely() {
    let phone = Phone::new();
    let round = phone
        .screens()
        .start_round(&start(&["attendance_officer"]))
        .unwrap()
        .answer
        .record;
    let joris = RoundParticipant {
        round: Some(Id::new(round)),
        user: Some(JORIS),
        ..RoundParticipant::default()
    };
    let _ = phone.client().create(JOINT, &joris).unwrap();
    assert_eq!(phone.screens().today().unwrap().round.unwrap().with, ["Joris"]);
    let _ = phone.screens().end_round(round).unwrap();
    let choices = phone.screens().today().unwrap().start.unwrap();
    assert_eq!(choices.likely_district.as_deref(), Some("hof"));
    assert_eq!(choices.districts[0].code, "hof");
    assert!(choices.partners[0].planned);
}

#[test]
fn who_was_not_scanned_is_asked_once() {
    let phone = Phone::new();
    let round = Round {
        kind: Some(RoundKind::Joint),
        district: Some(Code::from("haven")),
        started: Some(EventMoment(phone.now())),
        ..Round::default()
    };
    let theirs = phone
        .client()
        .create(JOINT, &round)
        .unwrap()
        .first::<Round>()
        .unwrap()
        .record();
    made_by(&phone, theirs, "created_by");
    let asked = phone.screens().today().unwrap().was_there;
    assert_eq!(
        shown(&asked),
        json!([{"round": theirs.to_string(), "district": "Havenkwartier", "started": phone.now().millis(), "by": "Joris"}])
    );
    let no = phone.screens().was_there(theirs, false).unwrap().answer;
    assert!(phone.screens().today().unwrap().was_there.is_empty());
    let _ = phone.screens().undo(&no.token).unwrap();
    assert_eq!(phone.screens().today().unwrap().was_there.len(), 1);
    let _ = phone.screens().was_there(theirs, true).unwrap();
    let today = phone.screens().today().unwrap();
    assert!(today.was_there.is_empty());
    assert_eq!(today.round.unwrap().id, theirs, "and walks along from now on");
}

#[test]
fn a_code_that_is_scanned_or_typed_walks_along() {
    let phone = Phone::new();
    let mine = phone
        .screens()
        .start_round(&start(&["attendance_officer"]))
        .unwrap()
        .answer
        .record;
    let code = phone.screens().round_code(mine).unwrap();
    assert_eq!(code.text.len(), 7);
    let width = code.rows.len();
    assert!(width >= 21 && code.rows.iter().all(|row| row.len() == width));
    assert!(
        code.rows[0].starts_with("1111111"),
        "the corner by which a camera finds it"
    );
    for join in [code.text.to_lowercase(), format!("drempel:ronde:{JOINT}:{mine}")] {
        let joined = phone.screens().join_round(&join).unwrap();
        assert!(joined.changed.contains("round_participant"));
    }
    for wrong in ["", "AAA AAA", "drempel:ronde:x:y", "https://example.org"] {
        assert_eq!(
            phone.screens().join_round(wrong).unwrap_err().code,
            FailureCode::CodeNotValid,
            "{wrong}"
        );
    }
}

#[test]
fn a_round_that_nobody_ended_is_forgotten_the_next_day() {
    let phone = Phone::new();
    let _ = phone.screens().start_round(&start(&[])).unwrap();
    phone.wait(16 * 3_600_000 + 1);
    assert!(phone.screens().today().unwrap().round.is_none());
}

fn space_of(phone: &Phone, round: drempel_domain::id::RecordId) -> drempel_domain::id::SpaceId {
    phone
        .client()
        .open_record(Id::<Round>::new(round))
        .unwrap()
        .space()
}

/// As if a colleague's phone had made it.
fn made_by(phone: &Phone, round: drempel_domain::id::RecordId, field: &str) {
    let joris = JORIS.to_string().as_str().into();
    let _ = phone.client().set_field("round", round, field, joris).unwrap();
}
