//! Looking for records by their fields, and what else is kept.

use crate::support::{Device, PERSONAL, TEAM, ana, at, contact, feed, fields, id};
use drempel_domain::id::Id;
use drempel_domain::record::{Link, Named as _, Scalar as _};
use drempel_domain::records::contacts::{Participation, StreetContact};
use drempel_domain::records::rounds::Round;
use drempel_domain::value::Value;
use drempel_store::{Draft, Query, StoreError};
use std::collections::BTreeMap;

fn found(ana: &Device, query: &Query) -> Vec<u128> {
    let records = ana.read(|r| r.find(query));
    assert_eq!(
        ana.read(|r| r.count(&query.clone().limit(1))),
        ana.read(|r| r.count(query))
    );
    records.iter().map(|stored| stored.id.uuid().as_u128()).collect()
}

fn contacts() -> Query {
    Query::of::<StreetContact>()
}

fn place(district: &str, spot: u128) -> Value {
    Value::Map(BTreeMap::from([
        ("district".to_owned(), district.into()),
        ("spot".to_owned(), id(spot).to_string().into()),
    ]))
}

fn with_contacts() -> Device {
    let ana = ana();
    let when = |minute: &str| Value::from(["2026-03-02T18:", minute, ":00.000Z"].concat());
    ana.feed(&[
        contact(
            id(1),
            20,
            fields([
                ("occurred_at", when("10")),
                ("place", place("west", 70)),
                ("headcount", 4i64.into()),
            ]),
        ),
        contact(
            id(2),
            20,
            fields([("occurred_at", when("30")), ("place", place("oost", 70))]),
        ),
        contact(
            id(3),
            20,
            fields([("occurred_at", when("20")), ("deleted", true.into())]),
        ),
        contact(
            id(4),
            20,
            fields([("mood", "calm".into()), ("deleted", false.into())]),
        ),
    ]);
    ana.write(|w| w.take_records(PERSONAL, &[contact(id(5), 20, fields([("mood", "calm".into())]))]));
    ana
}

#[test]
fn live_records_are_found_by_their_fields() {
    let ana = with_contacts();
    let moment = "2026-03-02T18:20:00.000Z";
    for (query, expected) in [
        (contacts(), vec![1, 2, 4, 5]),
        (contacts().in_space(TEAM), vec![1, 2, 4]),
        (contacts().in_space(PERSONAL).whose("mood", "calm"), vec![5]),
        (contacts().whose("place.district", "west"), vec![1]),
        (contacts().whose("place.spot", id(70).to_string()), vec![1, 2]),
        (contacts().whose("headcount", 4i64), vec![1]),
        (contacts().from("occurred_at", moment), vec![2]),
        (contacts().until("occurred_at", moment), vec![1]),
        (contacts().until("occurred_at", moment).with_deleted(), vec![1, 3]),
        (contacts().only_deleted(), vec![3]),
        (contacts().without("occurred_at"), vec![4, 5]),
        (contacts().newest_first("occurred_at").limit(2), vec![2, 1]),
        (contacts().limit(1), vec![1]),
        (contacts().whose("headcount", "four"), vec![]),
    ] {
        assert_eq!(found(&ana, &query), expected, "{query:?}");
    }
}

#[test]
fn a_field_that_does_not_exist_is_an_error_and_not_an_empty_answer() {
    let ana = with_contacts();
    for field in ["mod", "place", "place.town", "mood.id", ""] {
        let query = contacts().whose(field, "x");
        let answer = ana.store.read(|r| r.find(&query));
        assert!(
            matches!(answer, Err(StoreError::NoSuchField(named)) if named == field),
            "{field}"
        );
    }
}

#[test]
fn participants_are_found_by_the_contact_that_they_took_part_in() {
    let ana = ana();
    let link = Link {
        collection: StreetContact::NAME.to_owned(),
        record: id(1),
    };
    ana.feed(&[feed(
        Participation::NAME,
        id(2),
        20,
        fields([("contact", link.write())]),
    )]);
    let query = Query::of::<Participation>().whose("contact.id", id(1).to_string());
    let stored = ana.read(|r| r.find(&query)).remove(0);
    assert_eq!(stored.typed::<Participation>().contact, Some(link));
}

#[test]
fn references_are_looked_up_in_an_index() {
    let ana = ana();
    for sql in [
        "select key from participation where dropped = 0 and json_extract(\"contact\", '$.id') = ?1 order by id",
        "select key from street_contact where dropped = 0 and deleted is not 1 and \"round\" = ?1 order by id",
        "select key from talk where dropped = 0 and \"youth\" = ?1 order by id",
    ] {
        let plan: String = ana
            .raw()
            .query_row(&["explain query plan ", sql].concat(), ["x"], |row| {
                row.get("detail")
            })
            .unwrap();
        assert!(plan.contains("USING INDEX"), "{plan}");
    }
}

#[test]
fn a_record_is_read_as_its_type() {
    let ana = ana();
    let round = Round {
        closing_summary: Some("rustig".to_owned()),
        ..Round::default()
    };
    let mut set = drempel_domain::record::Record::to_fields(&round);
    set.extend(fields([("created_at", "2026-03-02T18:00:00.000Z".into())]));
    ana.make(Round::NAME, id(1), set);
    let stored = ana.record(Round::NAME, id(1)).unwrap();
    assert_eq!(stored.typed::<Round>(), round);
    assert_eq!(
        stored.common().created_at.map(|at| at.0.millis()),
        Some(1_772_474_400_000)
    );
    assert!(!stored.is_deleted());
    assert_eq!(Id::<Round>::new(stored.id).record(), id(1));
}

#[test]
fn drafts_and_settings_are_kept_and_thrown_away() {
    let ana = ana();
    let draft = |number, millis| Draft {
        id: id(number),
        form: "street_contact".to_owned(),
        content: serde_json::json!({ "note": "half", "factor": 0.5 }),
        updated_at: at(millis),
        while_locked: number == 2,
    };
    ana.write(|w| w.save_draft(&draft(1, 10)));
    ana.write(|w| w.save_draft(&draft(2, 20)));
    ana.write(|w| w.save_draft(&draft(1, 30)));
    assert_eq!(ana.read(|r| r.drafts()), [draft(1, 30), draft(2, 20)]);
    assert_eq!(ana.read(|r| r.draft(id(2))), Some(draft(2, 20)));
    ana.write(|w| w.remove_draft(id(2)));
    assert_eq!(ana.read(|r| r.draft(id(2))), None);
    ana.write(|w| w.set_setting("user", "een"));
    ana.write(|w| w.set_setting("user", "twee"));
    assert_eq!(ana.read(|r| r.setting("user")), Some("twee".to_owned()));
    ana.write(|w| w.remove_setting("user"));
    assert_eq!(ana.read(|r| r.setting("user")), None);
}
