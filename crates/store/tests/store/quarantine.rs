//! Own changes that the server put aside: shown, mended, released or thrown away.

use crate::support::{TEAM, ana, at, clocks, contact, digest_of, fields, id, note, refused, taken};
use drempel_domain::sync_log::{Resolution, Resolved, Seq};
use drempel_store::{Delivery, LocalChange, Problem};

#[test]
fn a_refused_edit_falls_back_and_its_text_is_kept() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("server"))]);
    ana.edit("street_contact", id(1), note("nummer 123456782"));
    ana.outcomes(&[refused(1, "looks_like_bsn")], 1, 0);
    assert_eq!(ana.shown(id(1), "note"), Some("server".into()));
    assert_eq!(ana.digest(), digest_of(&[contact(id(1), 20, note("server"))]));
    let expected = Problem {
        space: TEAM,
        seq: Seq(1),
        collection: "street_contact".to_owned(),
        record: id(1),
        set: note("nummer 123456782"),
        new: false,
        code: "looks_like_bsn".to_owned(),
        field: Some("note".to_owned()),
        since: at(5_000),
    };
    assert_eq!(ana.read(|r| r.problems()), [expected]);
    let stored = ana.record("street_contact", id(1)).unwrap();
    let rejected = Delivery::Rejected {
        code: "looks_like_bsn".to_owned(),
        field: Some("note".to_owned()),
    };
    assert_eq!(ana.read(|r| r.delivery(&stored)), rejected);
    assert_eq!(ana.read(|r| r.open_numbers(TEAM)), [Seq(1)]);
}

#[test]
fn a_refused_new_record_disappears_and_can_be_mended() {
    let ana = ana();
    ana.make("street_contact", id(1), note("nummer 123456782"));
    ana.outcomes(&[refused(1, "looks_like_bsn")], 1, 0);
    assert_eq!(ana.record("street_contact", id(1)), None);
    assert_eq!(ana.read(|r| r.search("nummer", 10)), []);
    ana.write(|w| {
        w.apply_local(&LocalChange {
            space: TEAM,
            collection: "street_contact".to_owned(),
            record: id(1),
            new: true,
            set: note("zonder nummer"),
            base: Default::default(),
            made: clocks(2_000),
            instead_of: Some(Seq(1)),
        })
    });
    assert_eq!(ana.read(|r| r.problems()).len(), 1);
    ana.outcomes(&[taken(2, 50)], 2, 0);
    assert_eq!(ana.read(|r| r.problems()), []);
    assert_eq!(ana.shown(id(1), "note"), Some("zonder nummer".into()));
}

#[test]
fn a_later_change_stays_over_the_one_that_was_refused() {
    let ana = ana();
    ana.feed(&[contact(id(1), 20, note("server"))]);
    ana.edit(
        "street_contact",
        id(1),
        fields([("note", "een".into()), ("mood", "calm".into())]),
    );
    ana.edit("street_contact", id(1), note("twee"));
    ana.outcomes(&[refused(1, "wrong_type")], 1, 0);
    assert_eq!(ana.shown(id(1), "note"), Some("twee".into()));
    assert_eq!(ana.shown(id(1), "mood"), None);
}

#[test]
fn a_discarded_problem_is_hidden_at_once_and_told_until_the_server_agrees() {
    let ana = ana();
    ana.make("street_contact", id(1), note("fout"));
    ana.outcomes(&[refused(1, "wrong_regime")], 1, 0);
    ana.write(|w| w.discard_problem(TEAM, Seq(1)));
    assert_eq!(ana.read(|r| r.problems()), []);
    assert_eq!(ana.read(|r| r.open_numbers(TEAM)), []);
    assert_eq!(ana.read(|r| r.discarded_numbers(TEAM)), [Seq(1)]);
    ana.write(|w| {
        w.take_resolved(
            TEAM,
            &[Resolved {
                seq: Seq(1),
                by: Resolution::Discarded,
            }],
        )
    });
    assert_eq!(ana.read(|r| r.discarded_numbers(TEAM)), []);
}

#[test]
fn every_end_of_a_quarantine_ends_the_problem() {
    for by in [Resolution::Released, Resolution::Mended, Resolution::Discarded] {
        let ana = ana();
        ana.make("street_contact", id(1), note("fout"));
        ana.outcomes(&[refused(1, "wrong_regime")], 1, 0);
        ana.write(|w| w.take_resolved(TEAM, &[Resolved { seq: Seq(1), by }]));
        assert_eq!(ana.read(|r| r.problems()), [], "{by:?}");
        assert_eq!(ana.read(|r| r.open_numbers(TEAM)), [], "{by:?}");
    }
}

#[test]
fn a_problem_can_be_taken_off_the_list() {
    let ana = ana();
    ana.make("street_contact", id(1), note("fout"));
    ana.outcomes(&[refused(1, "wrong_regime")], 1, 0);
    ana.write(|w| w.remove_problem(TEAM, Seq(1)));
    assert_eq!(ana.read(|r| r.problems()), []);
}
