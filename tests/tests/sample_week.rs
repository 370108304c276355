//! The week that is made for whoever tries Drempel is there on a phone that is enrolled after it.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use drempel_client::Client;
use drempel_domain::record::Named as _;
use drempel_domain::records::actions::Action;
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::rounds::{Round, VisitRequest};
use drempel_domain::records::youths::Youth;
use drempel_domain::time::Moment;
use drempel_store::Query;
use drempel_tests::sample_week::{MUNICIPALITY, PERSON, fill};
use drempel_tests::world::World;

fn count(client: &Client, query: &Query) -> u64 {
    client.store().read(|reader| reader.count(query)).unwrap()
}

#[test]
fn a_phone_that_is_enrolled_afterwards_has_the_week_with_something_on_every_screen() {
    let directory = tempfile::tempdir().unwrap();
    let now = Moment::from_rfc3339("2026-11-19T22:41:00+01:00").unwrap();
    fill(directory.path(), now).unwrap();

    let world = World::of(directory.path(), MUNICIPALITY, now);
    let phone = world.device(PERSON);
    let app = phone.app();
    for (kind, query, at_least) in [
        (Youth::NAME, Query::of::<Youth>(), 10),
        (StreetContact::NAME, Query::of::<StreetContact>(), 7),
        (Action::NAME, Query::of::<Action>(), 8),
        (VisitRequest::NAME, Query::of::<VisitRequest>(), 3),
        (Round::NAME, Query::of::<Round>().without("ended"), 1),
    ] {
        assert!(count(&app, &query) >= at_least, "{kind}");
    }
    assert_eq!(app.inbox().unwrap().len(), 3);
    let due = app.actions_due(now.local_day()).unwrap();
    assert!(!due.late.is_empty() && !due.today.is_empty());
}
