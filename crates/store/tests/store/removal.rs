//! Taking a space off the device.

use crate::support::{PERSONAL, TEAM, ana, at, contact, fields, id, note, part, refused, taken};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::sync_log::Seq;
use drempel_store::{Draft, Query, StoreError};

#[test]
fn everything_of_the_space_goes_and_nothing_of_another() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.make("street_contact", id(2), note("twee"));
    ana.make("street_contact", id(3), note("drie"));
    ana.outcomes(&[taken(1, 20), refused(2, "wrong_type")], 2, 0);
    ana.feed(&[part(contact(id(9), 20, note("half")))]);
    ana.write(|w| w.take_records(PERSONAL, &[contact(id(5), 20, note("van mij"))]));
    let draft = |number, space: &dyn std::fmt::Display| Draft {
        id: id(number),
        form: "quick_note".to_owned(),
        content: serde_json::json!({ "space": space.to_string() }),
        updated_at: at(1),
        while_locked: false,
    };
    ana.write(|w| w.save_draft(&draft(11, &TEAM)));
    ana.write(|w| w.save_draft(&draft(12, &PERSONAL)));
    ana.write(|w| w.remove_space(TEAM));
    ana.store.scrub().unwrap();
    let left: Vec<_> = ana.read(|r| r.find(&Query::of::<StreetContact>().with_deleted()));
    assert_eq!(left.iter().map(|stored| stored.id).collect::<Vec<_>>(), [id(5)]);
    assert_eq!(ana.read(|r| r.drafts()), [draft(12, &PERSONAL)]);
    assert_eq!(ana.read(|r| r.problems()), []);
    assert_eq!(ana.read(|r| r.wanted(TEAM)), []);
    assert_eq!(ana.read(|r| r.pending_count()), 0);
    assert_eq!(ana.read(|r| r.own_changes(id(1))), []);
    assert_eq!(ana.read(|r| r.search("een", 9)), []);
    assert_eq!(ana.read(|r| r.search("mij", 9)).len(), 1);
    let state = ana
        .read(|r| r.spaces())
        .into_iter()
        .find(|space| space.id == TEAM)
        .unwrap();
    assert_eq!((state.removed, state.granted, state.cursor), (true, None, None));
    for table in ["receipt", "unread", "sync_log"] {
        let sql = ["select count(*) from ", table].concat();
        let count: i64 = ana.raw().query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(count, 0, "{table}");
    }
    ana.write(|w| w.forget_removed(TEAM));
    assert_eq!(ana.read(|r| r.spaces()).len(), 1);
}

#[test]
fn what_was_written_after_the_membership_ended_stays_until_it_is_filed_elsewhere() {
    let ana = ana();
    ana.make("street_contact", id(1), note("daarna geschreven"));
    ana.outcomes(&[refused(1, "membership_ended")], 1, 0);
    ana.write(|w| w.remove_space(TEAM));
    ana.write(|w| w.forget_removed(TEAM));
    let problems = ana.read(|r| r.problems());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].set, note("daarna geschreven"));
    ana.write(|w| w.remove_problem(TEAM, Seq(1)));
    ana.write(|w| w.forget_removed(TEAM));
    assert_eq!(ana.read(|r| r.spaces()).len(), 1);
}

#[test]
fn a_space_that_is_granted_again_is_not_forgotten_and_goes_on_counting() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.outcomes(&[taken(1, 20)], 1, 1);
    ana.write(|w| w.remove_space(TEAM));
    ana.write(|w| w.grant_space(TEAM, "{\"role\":\"member\"}"));
    ana.write(|w| w.forget_removed(TEAM));
    assert_eq!(ana.make("street_contact", id(2), note("twee")), Seq(2));
    let state = ana
        .read(|r| r.spaces())
        .into_iter()
        .find(|space| space.id == TEAM)
        .unwrap();
    assert_eq!(
        (state.removed, state.granted),
        (false, Some("{\"role\":\"member\"}".to_owned()))
    );
}

#[test]
fn scrubbing_waits_for_no_reader_for_ever() {
    let ana = ana();
    ana.make("street_contact", id(1), note("een"));
    ana.write(|w| w.remove_space(TEAM));
    ana.read(|r| {
        r.pending_count()?;
        assert!(matches!(ana.store.scrub(), Err(StoreError::Busy)));
        Ok(())
    });
    ana.store.scrub().unwrap();
    assert_eq!(
        ana.make("street_contact", id(2), fields([("mood", "calm".into())])),
        Seq(2)
    );
}
