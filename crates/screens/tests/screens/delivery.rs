//! How far everything is, what was not taken and what was overwritten.

use crate::support::{ALONE, ANA, BO, Phone, TEAM, all, on_a_joint_round, shown, with};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{EventMoment, Link, Named, Record};
use drempel_domain::records::contacts::{Participation, StreetContact};
use drempel_domain::records::course::{PhaseChange, Track};
use drempel_domain::records::lists::Phase;
use drempel_domain::records::questions::Overwritten;
use drempel_domain::sync_log::{Outcome, Reason, Seq, Verdict};
use drempel_domain::value::Value;
use drempel_screens::shapes::{Audience, Connection, Lease, OverwrittenChoice};
use drempel_screens::{FailureCode, Way};
use drempel_store::StoreError;
use serde_json::json;

const OFFLINE: Way = Way {
    connection: Connection::Offline,
    running: None,
    lease: Lease {
        days_without_contact: 0,
        reading_ends_in_days: None,
        last_contact: None,
    },
};

fn contact(phone: &Phone, note: &str) -> RecordId {
    let opened = phone.screens().open_street_contact(None, None).unwrap();
    let people = json!([{"youth": null, "unknown": "rode jas"}, {"youth": null, "unknown": "blauwe pet"}]);
    let form = with(&opened.form, json!({"note": note, "participants": people}));
    phone
        .screens()
        .record_street_contact(opened.draft, &form)
        .unwrap()
        .answer
        .record
}

#[test]
fn what_waits_is_counted_as_a_person_counts_it() {
    let phone = Phone::new();
    let _ = on_a_joint_round(&phone);
    let _ = contact(&phone, "twee helften en twee deelnemers");
    assert!(phone.client().waiting().unwrap() > 3);
    let status = phone.screens().sync_status(&OFFLINE).unwrap();
    assert_eq!(
        (status.waiting, status.late),
        (2, false),
        "the round and the contact"
    );
    phone.wait_days(1);
    phone.wait(1);
    assert!(phone.screens().sync_status(&OFFLINE).unwrap().late);
    let page = phone.screens().sync_page(&OFFLINE).unwrap();
    let kinds: Vec<_> = page.items.iter().map(|item| item.collection.as_str()).collect();
    assert_eq!(kinds.len(), 2);
    assert!(page.items.iter().all(|item| item.late));
}

/// As if the server had put the first change of the space into quarantine.
fn quarantine(phone: &Phone, seq: u64, code: &str) {
    let outcome = Outcome {
        seq: Seq(seq),
        verdict: Verdict::Quarantined,
        eff: None,
        lost: Vec::new(),
        clamped: false,
        reason: Some(Reason {
            code: code.to_owned(),
            field: None,
        }),
    };
    phone
        .client()
        .store()
        .write(|writer| {
            writer.take_outcomes(TEAM, &[outcome], Seq(seq), Seq(0), phone.now())?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn a_refused_recording_keeps_its_text_and_is_filed_elsewhere_or_thrown_away() {
    let phone = Phone::new();
    let _ = contact(&phone, "Muziek hard, aangesproken");
    quarantine(&phone, 1, "membership_ended");
    let page = phone.screens().sync_page(&OFFLINE).unwrap();
    assert_eq!(page.status.problems, 1);
    let row = &page.problems[0];
    assert_eq!(
        (row.seq, row.code.as_str(), row.collection.as_str()),
        (1, "membership_ended", "street_contact")
    );
    let problem = phone.screens().problem(row.space, row.seq).unwrap();
    let as_sent = shown(&problem);
    assert_eq!(
        (&as_sent["seq"], &as_sent["item"]["text"]),
        (&json!(1), &json!("Muziek hard, aangesproken"))
    );
    assert_eq!(
        as_sent["choices"][0]["kind"], "personal",
        "the person's own first"
    );
    let to = Audience {
        own: ALONE,
        joint: None,
    };
    let filed = phone.screens().file_again(row.space, row.seq, to).unwrap();
    assert!(filed.changed.contains("problem"));
    let again = phone
        .client()
        .open_record(Id::<StreetContact>::new(filed.answer.record))
        .unwrap();
    assert_eq!(
        (again.space(), again.record.note.as_deref()),
        (ALONE, Some("Muziek hard, aangesproken"))
    );
    assert!(phone.screens().sync_page(&OFFLINE).unwrap().problems.is_empty());
    assert_eq!(
        phone.screens().problem(TEAM, 1).unwrap_err().code,
        FailureCode::NotFound
    );
    quarantine(&phone, 2, "not_a_member");
    let _ = phone.screens().discard_problem(TEAM, 2).unwrap();
    assert!(phone.screens().sync_page(&OFFLINE).unwrap().problems.is_empty());
}

#[test]
fn who_took_part_in_a_refused_contact_goes_where_it_goes() {
    for filed in [true, false] {
        let phone = Phone::new();
        let _ = contact(&phone, "Muziek hard, aangesproken");
        for seq in 1..=3 {
            quarantine(&phone, seq, "membership_ended");
        }
        assert_eq!(phone.client().problems().unwrap().len(), 3);
        let to = Audience {
            own: ALONE,
            joint: None,
        };
        if filed {
            let again = phone.screens().file_again(TEAM, 1, to).unwrap().answer.record;
            let mut looks: Vec<_> = all::<Participation>(&phone)
                .iter()
                .filter(|stored| stored.space == ALONE)
                .map(|stored| {
                    let person = stored.typed::<Participation>();
                    assert_eq!(person.contact.unwrap().record, again);
                    person.unknown.unwrap()
                })
                .collect();
            looks.sort();
            assert_eq!(looks, ["blauwe pet", "rode jas"]);
        } else {
            let _ = phone.screens().discard_problem(TEAM, 1).unwrap();
        }
        assert_eq!(phone.client().problems().unwrap(), [], "filed: {filed}");
    }
}

/// As the server writes it: Bo's value won over Ana's.
fn overwritten<K: Record + Named>(phone: &Phone, of: Id<K>, field: &str, value: &str) -> RecordId {
    let kept = Overwritten {
        of: Some(Link::to(of)),
        field: Some(field.to_owned()),
        value: Some(Value::from(value)),
        author: Some(ANA),
        written_at: Some(EventMoment(phone.now())),
        winner: Some(BO),
        won_at: Some(EventMoment(phone.now())),
    };
    phone
        .client()
        .create(TEAM, &kept)
        .unwrap()
        .first::<Overwritten>()
        .unwrap()
        .record()
}

#[test]
fn an_overwritten_value_is_put_back_put_below_or_left() {
    let phone = Phone::new();
    let record = contact(&phone, "Die van Bo");
    let note = |phone: &Phone| {
        phone
            .client()
            .open_record(Id::<StreetContact>::new(record))
            .unwrap()
            .record
            .note
    };
    let open = |phone: &Phone| phone.screens().sync_status(&OFFLINE).unwrap().overwritten;

    let contact = Id::<StreetContact>::new(record);
    let mood = overwritten(&phone, contact, "mood", "calm");
    let seen = shown(&phone.screens().overwritten(mood).unwrap());
    assert_eq!(
        (&seen["mine"]["value"], &seen["now"]["by"], &seen["field"]),
        (&json!("Rustig"), &json!("Bo"), &json!("mood"))
    );
    assert_eq!((&seen["can_put_below"], open(&phone)), (&json!(false), 1));
    let back = phone
        .screens()
        .settle_overwritten(mood, OverwrittenChoice::PutBack)
        .unwrap()
        .answer;
    assert_eq!(open(&phone), 0);
    let _ = phone.screens().undo(&back.token).unwrap();
    assert_eq!(open(&phone), 1, "taken back, it is to be settled again");
    let left = phone
        .screens()
        .settle_overwritten(mood, OverwrittenChoice::Leave)
        .unwrap()
        .answer;
    assert_eq!(open(&phone), 0);
    let _ = phone.screens().undo(&left.token).unwrap();
    assert_eq!(open(&phone), 1);
    let _ = phone
        .screens()
        .settle_overwritten(mood, OverwrittenChoice::Leave)
        .unwrap();

    let text = overwritten(&phone, contact, "note", "Die van Ana");
    assert_eq!(
        shown(&phone.screens().overwritten(text).unwrap())["can_put_below"],
        true
    );
    let _ = phone
        .screens()
        .settle_overwritten(text, OverwrittenChoice::PutBelow)
        .unwrap();
    assert_eq!(note(&phone).as_deref(), Some("Die van Bo\n\nDie van Ana"));
    assert_eq!(open(&phone), 0);
    let code = phone
        .screens()
        .settle_overwritten(mood, OverwrittenChoice::PutBelow)
        .unwrap_err();
    assert_eq!(
        code.code,
        FailureCode::NotFound,
        "codes do not stand under one another"
    );
    assert_eq!(all::<StreetContact>(&phone).len(), 1);
}

#[test]
fn an_overwritten_phase_says_why_each_of_the_two_was_chosen() {
    let phone = Phone::new();
    let track = Track {
        phase: Some(Phase::Secure),
        ..Track::default()
    };
    let track = phone
        .client()
        .create(TEAM, &track)
        .unwrap()
        .first::<Track>()
        .unwrap();
    for (phase, reason) in [
        (Phase::Match, "Intake nog niet gedaan"),
        (Phase::Secure, "Werk loopt goed"),
        (Phase::Match, "Intake moet nog"),
    ] {
        phone.wait(1);
        let change = PhaseChange {
            track: Some(track),
            phase: Some(phase),
            changed_at: Some(EventMoment(phone.now())),
            reason: Some(reason.to_owned()),
        };
        let _ = phone.client().create(TEAM, &change).unwrap();
    }
    let phase = overwritten(&phone, track, "phase", "match");
    let seen = shown(&phone.screens().overwritten(phase).unwrap());
    assert_eq!(
        (&seen["now"]["detail"], &seen["mine"]["detail"]),
        (&json!("Werk loopt goed"), &json!("Intake moet nog")),
        "the last reason for each"
    );
}
