//! Things to do.

use crate::support::{ANA, BO, JORIS, Phone, TEAM, shown};
use drempel_client::actions::FollowUp;
use drempel_domain::id::RecordId;
use drempel_domain::record::Code;
use drempel_domain::records::actions::Action;
use drempel_screens::FailureCode;
use drempel_screens::shapes::{ActionRow, ActionScope};
use serde_json::json;

fn to_do(phone: &Phone, title: &str, due: Option<&str>, kind: &str) -> RecordId {
    let follow_up = FollowUp {
        kind: Some(Code::from(kind)),
        title: Some(title.to_owned()),
        due: due.map(|day| day.parse().unwrap()),
        assignee: Some(ANA),
        ..FollowUp::default()
    };
    phone
        .client()
        .create_action(TEAM, follow_up, None)
        .unwrap()
        .first::<Action>()
        .unwrap()
        .record()
}

fn titles(rows: &[ActionRow]) -> Vec<&str> {
    rows.iter().map(|row| row.title.as_str()).collect()
}

#[test]
fn actions_stand_by_day_and_only_the_persons_own_come_first() {
    let phone = Phone::new();
    let late = to_do(&phone, "Te laat", Some("2026-02-27"), "task");
    let _ = to_do(&phone, "Vandaag", Some("2026-03-02"), "task");
    let _ = to_do(&phone, "Deze week", Some("2026-03-09"), "contribution");
    let _ = to_do(&phone, "Later", Some("2026-03-10"), "three_way_talk");
    let _ = to_do(&phone, "Ooit", None, "task");
    let list = phone.screens().actions(ActionScope::Mine).unwrap();
    assert_eq!(titles(&list.late), ["Te laat"]);
    assert_eq!(list.late[0].days_late, 3);
    assert_eq!(
        (titles(&list.today), titles(&list.week)),
        (vec!["Vandaag"], vec!["Deze week"])
    );
    assert_eq!(titles(&list.later), ["Later", "Ooit"]);
    assert_eq!(list.open, 5);
    assert_eq!(
        shown(&list.counts),
        json!({"mine": 5, "round": 0, "meeting": 1, "three_way_talk": 1})
    );
    assert_eq!(
        titles(&phone.screens().actions(ActionScope::Meeting).unwrap().week),
        ["Deze week"]
    );
    let today = phone.screens().today().unwrap();
    assert_eq!((titles(&today.due), today.late), (vec!["Vandaag", "Te laat"], 1));

    let done = phone.screens().complete_action(late).unwrap().answer;
    assert!(
        phone
            .screens()
            .actions(ActionScope::Mine)
            .unwrap()
            .late
            .is_empty()
    );
    let _ = phone.screens().undo(&done.token).unwrap();
    assert_eq!(
        titles(&phone.screens().actions(ActionScope::Mine).unwrap().late),
        ["Te laat"]
    );
    let _ = phone
        .screens()
        .move_action(
            late,
            "2026-03-02".parse().map(drempel_screens::shapes::Day).unwrap(),
        )
        .unwrap();
    assert_eq!(phone.screens().actions(ActionScope::Mine).unwrap().today.len(), 2);
    let gone = phone.screens().delete_action(late).unwrap().answer;
    assert_eq!(phone.screens().actions(ActionScope::Mine).unwrap().open, 4);
    let _ = phone.screens().undo(&gone.token).unwrap();
    assert_eq!(phone.screens().actions(ActionScope::Mine).unwrap().open, 5);
}

#[test]
fn an_action_is_handed_over_only_to_who_can_read_it() {
    let phone = Phone::new();
    let action = to_do(&phone, "Samen bellen", Some("2026-03-02"), "task");
    assert_eq!(
        shown(&phone.screens().action_colleagues(action).unwrap()),
        json!([{"id": BO.to_string(), "name": "Bo Zandstra"}])
    );
    let outside = phone.screens().hand_over_action(action, JORIS).unwrap_err();
    assert_eq!(outside.code, FailureCode::NotFound);
    let _ = phone.screens().hand_over_action(action, BO).unwrap();
    assert_eq!(phone.screens().actions(ActionScope::Mine).unwrap().open, 0);
    let unknown = phone.draft_name();
    assert_eq!(
        phone.screens().complete_action(unknown).unwrap_err().code,
        FailureCode::NotFound
    );
}
