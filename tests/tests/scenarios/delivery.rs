//! Delivering: lost answers, clocks, values that lost, refusals and their ends.

use crate::support::*;
use drempel_domain::records::youths::Youth;
use drempel_domain::space::Role;
use drempel_domain::sync_log::Fields;
use drempel_domain::time::{DAY, HOUR, MINUTE};
use drempel_tests::world::{Fate, World};

#[test]
fn an_answer_that_is_lost_costs_one_more_round_and_nothing_else() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    note(&ana, world.space("team"), "bij de sluis");
    for fate in [
        Fate::ReplyLost,
        Fate::ReplyCut(40),
        Fate::ServerRestarts,
        Fate::Late,
    ] {
        ana.line().next([fate]);
        assert!(ana.try_sync().is_err(), "{fate:?}");
    }
    ana.sync();
    ana.deliver_late(0);
    world.settle();
    assert_eq!(notes(&bo), ["bij de sluis"]);
    assert_eq!(world.town().app().log_entries().unwrap().len(), 1);
    world.assert_alike();
}

#[test]
fn whoever_edits_what_they_saw_wins_with_a_clock_ten_years_behind() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let deli = youth(&ana, world.space("team"), "Deli");
    world.settle();
    bo.clock().reboot();
    bo.clock().lose_count();
    bo.clock().set_ahead(-3_650 * DAY);
    rename(&bo, deli, "Dali");
    world.settle();
    assert_eq!(nickname(&ana, deli).as_deref(), Some("Dali"));
    assert_eq!(ana.app().overwritten().unwrap(), []);
}

#[test]
fn a_phone_ten_years_ahead_blocks_nobody_and_wins_nothing_unseen() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let deli = youth(&ana, world.space("team"), "Deli");
    world.settle();
    ana.clock().lose_count();
    ana.clock().set_ahead(3_650 * DAY);
    rename(&ana, deli, "Dali");
    ana.sync();
    world.pass(MINUTE);
    bo.sync();
    rename(&bo, deli, "Delano");
    world.settle();
    assert_eq!(nickname(&ana, deli).as_deref(), Some("Delano"));
    world.assert_alike();
}

#[test]
fn a_value_that_lost_unseen_is_shown_to_both_and_put_back() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let deli = youth(&ana, world.space("team"), "Deli");
    world.settle();
    rename(&ana, deli, "Dali");
    world.pass(MINUTE);
    rename(&bo, deli, "Delano");
    world.settle();
    for device in [&ana, &bo] {
        assert_eq!(nickname(device, deli).as_deref(), Some("Delano"));
        let kept = device.app().overwritten().unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].kept.value, Some("Dali".into()));
        assert_eq!(kept[0].kept.author, Some(world.user("ana")));
        assert_eq!(kept[0].kept.winner, Some(world.user("bo")));
    }
    let kept = bo.app().overwritten().unwrap()[0].id;
    let _ = bo.app().put_back(kept).unwrap();
    world.settle();
    assert_eq!(nickname(&ana, deli).as_deref(), Some("Dali"));
    assert_eq!(
        ana.app().overwritten().unwrap().len(),
        1,
        "putting back overwrites nothing unseen"
    );
    world.assert_alike();
}

#[test]
fn a_late_edit_survives_a_deletion_and_is_there_after_restoring() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let deli = youth(&ana, world.space("team"), "Deli");
    world.settle();
    rename(&bo, deli, "Delano");
    let _ = ana.app().delete(deli).unwrap();
    world.settle();
    assert!(rows::<Youth>(&bo).is_empty(), "an edit does not revive");
    let _ = ana.app().restore(deli).unwrap();
    world.settle();
    assert_eq!(nickname(&bo, deli).as_deref(), Some("Delano"));
    world.assert_alike();
}

#[test]
fn one_bad_change_among_two_hundred_delays_none() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let team = world.space("team");
    for number in 0..100 {
        note(&ana, team, &format!("nummer {number}"));
    }
    force(&ana, team, "quick_note", &[("text", too_long())]);
    for number in 100..199 {
        note(&ana, team, &format!("nummer {number}"));
    }
    let report = ana.sync();
    assert_eq!((report.delivered, report.quarantined, report.rounds), (200, 1, 1));
    bo.sync();
    assert_eq!(notes(&bo).len(), 199);
    let problem = only_problem(&ana);
    assert_eq!(
        (problem.code.as_str(), problem.field.as_deref()),
        ("text_too_long", Some("text"))
    );
}

#[test]
fn a_refused_change_is_mended_by_its_author() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    force(&ana, world.space("team"), "quick_note", &[("text", too_long())]);
    ana.sync();
    let problem = only_problem(&ana);
    let instead = Fields::from([(field("text"), "kort".into())]);
    let _ = ana.app().mend(problem.space, problem.seq, instead).unwrap();
    world.settle();
    assert_eq!(notes(&bo), ["kort"]);
    assert_eq!(ana.app().problems().unwrap(), []);
    assert_eq!(world.town().app().quarantine().unwrap(), []);
    world.assert_alike();
}

#[test]
fn a_refused_change_is_released_at_the_town_hall_and_counts_when_it_was_made() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let deli = youth(&ana, world.space("team"), "Deli");
    world.settle();
    world
        .town()
        .app()
        .grant("bo", "team", Role::Reader, world.time().now())
        .unwrap();
    world.pass(MINUTE);
    rename(&bo, deli, "Delano");
    bo.sync();
    assert_eq!(only_problem(&bo).code, "reader_cannot_write");
    world.pass(MINUTE);
    rename(&ana, deli, "Dali");
    ana.sync();
    let app = world.town().app();
    let waiting = app.quarantine().unwrap();
    app.release(waiting[0].space, waiting[0].device, waiting[0].seq)
        .unwrap();
    world.settle();
    assert_eq!(nickname(&bo, deli).as_deref(), Some("Dali"), "it was made before");
    assert_eq!(
        ana.app().overwritten().unwrap()[0].kept.value,
        Some("Delano".into())
    );
    assert_eq!(bo.app().problems().unwrap(), []);
    world.assert_alike();
}

#[test]
fn a_refused_change_that_is_thrown_away_leaves_the_phone() {
    let world = World::new();
    let ana = world.device("ana");
    for by_its_author in [true, false] {
        force(&ana, world.space("team"), "quick_note", &[("text", too_long())]);
        ana.sync();
        let (app, waiting) = (world.town().app(), world.town().app().quarantine().unwrap());
        match by_its_author {
            true => ana
                .app()
                .discard_problem(waiting[0].space, waiting[0].seq)
                .unwrap(),
            false => app
                .discard(waiting[0].space, waiting[0].device, waiting[0].seq)
                .unwrap(),
        }
        world.settle();
        assert_eq!(ana.app().problems().unwrap(), []);
        assert_eq!(app.quarantine().unwrap(), []);
    }
    world.assert_alike();
}

#[test]
fn what_was_written_before_a_membership_ended_is_taken_in_and_what_came_after_is_filed_again() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let team = world.space("team");
    note(&bo, team, "nog net erbij");
    world.pass(HOUR);
    world
        .town()
        .app()
        .revoke_membership("bo", "team", world.time().now())
        .unwrap();
    world.pass(HOUR);
    note(&bo, team, "te laat");
    bo.sync();
    ana.sync();
    assert_eq!(notes(&ana), ["nog net erbij"]);
    assert_eq!(notes(&bo), Vec::<String>::new(), "the team's notes are gone");
    let problem = only_problem(&bo);
    assert_eq!(
        (problem.code.as_str(), problem.set.get("text")),
        ("membership_ended", Some(&"te laat".into()))
    );
    let own = bo.own_space();
    let _ = bo.app().file_again(problem.space, problem.seq, own).unwrap();
    world.settle();
    assert_eq!(notes(&bo), ["te laat"]);
    assert_eq!(bo.app().problems().unwrap(), []);
    assert_eq!(world.town().app().quarantine().unwrap(), []);
    assert_eq!(
        notes(&ana),
        ["nog net erbij"],
        "what is filed in an own space stays there"
    );
    world.assert_alike();
}

#[test]
fn a_space_that_is_left_leaves_nothing_on_the_phone() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let team = world.space("team");
    let deli = youth(&ana, team, "Zwaluwstaart");
    note(&bo, team, "Torenvalk bij het water");
    world.settle();
    rename(&bo, deli, "Zwaluwstaartje");
    let content = serde_json::json!({ "space": team.to_string(), "note": "Kerkuil" });
    bo.app()
        .keep_draft(bo.app().new_draft(), "street_contact", content)
        .unwrap();
    // What is written after the end stays with its author, to be filed elsewhere.
    world.pass(MINUTE);
    world
        .town()
        .app()
        .revoke_membership("bo", "team", world.time().now())
        .unwrap();
    bo.sync();
    let library = bo.library();
    for words in [
        "Zwaluwstaart",
        "zwaluwstaart",
        "Torenvalk",
        "torenvalk",
        "Kerkuil",
    ] {
        assert!(!holds(&library.plaintext(), words), "{words} is still there");
        assert!(
            !holds(&library.plaintext_of_file(), words),
            "{words} is still on a page of the file"
        );
        assert_eq!(bo.app().search(words, 5).unwrap(), []);
    }
    assert_eq!(nickname(&ana, deli).as_deref(), Some("Zwaluwstaart"));
    assert!(
        world
            .town()
            .app()
            .devices()
            .unwrap()
            .iter()
            .all(|device| !device.holds.contains(&team) || device.user == drempel_server::user_id("ana"))
    );
}
