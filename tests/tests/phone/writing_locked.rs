//! Writing without unlock: nothing that was acknowledged is lost, nothing is taken in twice, nothing can be read.

use drempel_client::phone::{PhoneError, Unlocking};
use drempel_client::{ClientError, Refusal};
use drempel_domain::id::RecordId;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::sync_log::{FieldName, Verdict};
use drempel_domain::time::{DAY, HOUR};
use drempel_tests::world::{CODE, Fate, Handset, World};
use serde_json::json;

/// Every note in ana's own space at the server, with whether it was recorded without unlocking, in the order of the texts.
fn at_server(world: &World) -> Vec<(String, bool)> {
    let records = world.town().app().records_of(world.space("own-ana")).unwrap();
    let value = |cells: &drempel_domain::sync_log::Cells, field: &str| {
        let cell = cells.get(&FieldName::new(field).unwrap());
        cell.map(|cell| cell.value.clone()).unwrap_or_default()
    };
    let mut notes: Vec<(String, bool)> = records
        .values()
        .filter(|record| record.collection == "quick_note")
        .map(|record| {
            let text = value(&record.cells, "text");
            let locked = value(&record.cells, "recorded_locked").as_bool() == Some(true);
            (text.as_text().unwrap_or_default().to_owned(), locked)
        })
        .collect();
    notes.sort();
    notes
}

fn locked(text: &str) -> (String, bool) {
    (text.to_owned(), true)
}

#[test]
fn what_was_recorded_while_locked_survives_a_kill_and_is_there_after_unlocking() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    assert_eq!(ana.set_aside("rode jas"), 1);
    ana.kill();
    assert_eq!(ana.set_aside("groene fiets"), 2);
    ana.kill();
    assert_eq!(ana.phone().set_aside_count(), 2, "a number is all that shows");
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
    assert_eq!(ana.notes(), ["groene fiets", "rode jas"]);
    assert_eq!(
        ana.phone().with_open(|client| client.waiting().unwrap()).unwrap(),
        2
    );
    ana.sync();
    assert_eq!(at_server(&world), [locked("groene fiets"), locked("rode jas")]);
    assert_eq!(
        ana.phone().with_open(|client| client.waiting().unwrap()).unwrap(),
        0
    );
    ana.kill();
    ana.unlock(CODE);
    assert_eq!(ana.notes(), ["groene fiets", "rode jas"]);
}

#[test]
fn handed_in_while_locked_it_is_taken_in_once_however_often_it_comes_and_whichever_way() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    ana.set_aside("rode jas");
    ana.line().next([Fate::ReplyLost]);
    assert!(ana.wait(ana.phone().deliver(ana.line())).is_err());
    ana.line().next([Fate::Twice]);
    assert_eq!(ana.deliver().handed_in, 1);
    assert_eq!(ana.deliver().handed_in, 0, "it is not sent again");
    ana.kill();
    assert_eq!(ana.deliver().handed_in, 1, "after a restart nobody remembers");
    ana.unlock(CODE);
    ana.sync();
    ana.sync();
    assert_eq!(at_server(&world), [locked("rode jas")]);
    assert_eq!(ana.notes(), ["rode jas"]);
    let entries = world.town().app().log_entries().unwrap();
    assert_eq!(entries.len(), 1, "one change, under one name");
}

#[test]
fn it_leaves_its_file_only_when_the_library_has_it_and_a_backup_covers_it() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    ana.set_aside("rode jas");
    ana.deliver();
    world.town().back_up("night");
    ana.kill();
    ana.deliver();
    assert_eq!(
        ana.phone().set_aside_count(),
        1,
        "the library does not have it yet"
    );
    ana.unlock(CODE);
    ana.kill();
    ana.unlock(CODE);
    ana.sync();
    assert_eq!(ana.phone().set_aside_count(), 0);
    assert_eq!(ana.notes(), ["rode jas"]);
    ana.lock();
    ana.set_aside("groene fiets");
    ana.unlock(CODE);
    ana.sync();
    assert_eq!(at_server(&world), [locked("groene fiets"), locked("rode jas")]);
}

#[test]
fn what_was_erased_since_does_not_come_back_at_the_next_unlocking() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    ana.set_aside("rode jas");
    ana.unlock(CODE);
    ana.sync();
    let record = *world
        .town()
        .app()
        .records_of(world.space("own-ana"))
        .unwrap()
        .keys()
        .next()
        .unwrap();
    world.town().app().erase(world.space("own-ana"), record).unwrap();
    ana.sync();
    assert!(ana.notes().is_empty());
    assert_eq!(ana.phone().set_aside_count(), 1, "no backup covers it yet");
    ana.kill();
    ana.unlock(CODE);
    assert!(ana.notes().is_empty());
    ana.sync();
    assert!(ana.notes().is_empty());
}

#[test]
fn what_was_edited_after_unlocking_arrives_after_what_was_recorded_and_overwrites_nothing() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    ana.set_aside("rode jas");
    ana.unlock(CODE);
    let edited = ana.phone().with_open(|client| {
        let note = client.inbox().unwrap()[0].id;
        client
            .edit::<QuickNote>(note, |note| {
                note.text = Some("rode jas, vraagt naar stage".to_owned())
            })
            .map(drop)
    });
    edited.unwrap().unwrap();
    ana.sync();
    assert_eq!(at_server(&world), [locked("rode jas, vraagt naar stage")]);
    let records = world.town().app().records_of(world.space("own-ana")).unwrap();
    assert!(records.values().all(|record| record.collection != "overwritten"));
    let verdicts = world.town().app().log_entries().unwrap();
    assert!(verdicts.iter().all(|entry| entry.verdict == Verdict::Taken));
}

#[test]
fn what_came_back_from_the_municipality_before_it_was_read_in_is_there_once_and_keeps_nothing_else_out() {
    let world = World::new();
    let ana = world.handset("ana");
    world.pass(8 * DAY);
    ana.unlock_after_idling();
    // Reading is locked: it is recorded as on a locked phone, and the answer that unlocks reading brings it along.
    ana.set_aside("rode jas");
    ana.sync();
    assert_eq!(ana.notes(), ["rode jas"]);
    ana.lock();
    ana.set_aside("groene fiets");
    ana.unlock(CODE);
    assert_eq!(ana.notes(), ["groene fiets", "rode jas"]);
    ana.sync();
    assert_eq!(at_server(&world), [locked("groene fiets"), locked("rode jas")]);
}

#[test]
fn only_a_locked_phone_sets_aside_and_only_what_can_be_taken() {
    let world = World::new();
    let ana = world.handset("ana");
    let record = |text: &str| {
        let note = QuickNote {
            text: Some(text.to_owned()),
            ..QuickNote::default()
        };
        ana.phone().set_aside(note, None)
    };
    assert!(matches!(record("rode jas"), Err(PhoneError::NotLocked)));
    ana.lock();
    for (text, fault) in [
        ("x".repeat(20_001), "text_too_long"),
        ("111222333".to_owned(), "looks_like_bsn"),
    ] {
        let Err(PhoneError::Client(ClientError::Refused(Refusal::Fields(faults)))) = record(&text) else {
            panic!("{fault} must be refused")
        };
        assert_eq!(
            (faults[0].field.as_str(), faults[0].fault.code()),
            ("text", fault)
        );
    }
    assert_eq!(ana.phone().set_aside_count(), 0);
    assert_eq!(record("rode jas").unwrap(), 1);
}

#[test]
fn forms_that_were_open_while_locked_come_back_letter_for_letter_unless_they_were_saved() {
    let world = World::new();
    let ana = world.handset("ana");
    let names: Vec<_> = ana
        .phone()
        .with_open(|client| (0..3).map(|_| client.new_draft()).collect())
        .unwrap();
    ana.lock();
    let keep = |which: usize, text: &str| {
        let content = json!({ "text": text });
        ana.phone()
            .seal_draft(names[which], "quick_note", content)
            .unwrap();
    };
    keep(0, "rode j");
    keep(0, "rode ja");
    keep(1, "groene fiets, é€😀");
    keep(2, "wordt opgeslagen");
    let note = QuickNote {
        text: Some("is opgeslagen".to_owned()),
        ..QuickNote::default()
    };
    ana.phone().set_aside(note, Some(names[2])).unwrap();
    ana.kill();
    ana.unlock(CODE);
    let drafts = |ana: &Handset| {
        let drafts = ana.phone().with_open(|client| client.drafts().unwrap()).unwrap();
        let mut drafts: Vec<_> = drafts
            .into_iter()
            .map(|draft| {
                (
                    draft.id,
                    draft.content["text"].as_str().unwrap_or_default().to_owned(),
                    draft.while_locked,
                )
            })
            .collect();
        drafts.sort();
        drafts
    };
    let mut expected = vec![
        (names[0], "rode ja".to_owned(), true),
        (names[1], "groene fiets, é€😀".to_owned(), true),
    ];
    expected.sort();
    assert_eq!(drafts(&ana), expected);
    assert_eq!(ana.notes(), ["is opgeslagen"]);
    // What was typed after unlocking is newer, and one that was thrown away stays so.
    let typed = ana.phone().with_open(|client| {
        client
            .keep_draft(names[0], "quick_note", json!({ "text": "rode jas" }))
            .unwrap();
        client.drop_draft(names[1]).unwrap();
    });
    typed.unwrap();
    ana.kill();
    ana.unlock(CODE);
    assert_eq!(drafts(&ana), [(names[0], "rode jas".to_owned(), false)]);
}

#[test]
fn a_form_that_was_closed_before_its_first_pause_leaves_nothing_and_is_no_failure() {
    let world = World::new();
    let ana = world.handset("ana");
    let draft = ana.phone().with_open(|client| client.new_draft()).unwrap();
    ana.lock();
    assert!(!ana.folder().join("app/drafts").exists());
    ana.phone().drop_sealed_draft(draft).unwrap();
    assert_eq!(ana.phone().set_aside_count(), 0);
}

#[test]
fn a_form_whose_sealed_state_a_kill_left_behind_does_not_come_back_over_what_is_newer() {
    let world = World::new();
    let ana = world.handset("ana");
    let names: Vec<_> = ana
        .phone()
        .with_open(|client| (0..2).map(|_| client.new_draft()).collect())
        .unwrap();
    ana.lock();
    for name in &names {
        ana.phone()
            .seal_draft(*name, "quick_note", json!({ "text": "rode j" }))
            .unwrap();
    }
    let folder = ana.folder().join("app/drafts");
    let files = names.iter().map(|name| folder.join(name.to_string()));
    let left: Vec<_> = files.map(|file| (std::fs::read(&file).unwrap(), file)).collect();
    let note = QuickNote {
        text: Some("rode jas".to_owned()),
        ..QuickNote::default()
    };
    ana.phone().set_aside(note, Some(names[0])).unwrap();
    world.pass(1_000);
    ana.unlock(CODE);
    let typed = json!({ "text": "rode fiets" });
    let keep = |client: &drempel_client::Client| client.keep_draft(names[1], "quick_note", typed).unwrap();
    ana.phone().with_open(keep).unwrap();
    ana.lock();
    // As if each kill had come before its file was taken away.
    for (bytes, file) in left {
        std::fs::write(file, bytes).unwrap();
    }
    ana.unlock(CODE);
    let drafts = ana.phone().with_open(|client| client.drafts().unwrap()).unwrap();
    let drafts: Vec<_> = drafts
        .iter()
        .map(|draft| (draft.id, draft.content["text"].as_str().unwrap()))
        .collect();
    assert_eq!(drafts, [(names[1], "rode fiets")]);
    assert_eq!(ana.notes(), ["rode jas"]);
}

#[test]
fn a_damaged_entry_costs_only_itself_and_the_rest_is_taken_in() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    for text in ["een", "twee", "drie"] {
        ana.set_aside(text);
    }
    let (captures, mut bytes) = ana
        .files()
        .into_iter()
        .find(|(file, _)| file.ends_with("captures"))
        .unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    ana.close();
    std::fs::write(captures, bytes).unwrap();
    ana.start();
    ana.unlock(CODE);
    assert_eq!(ana.notes(), ["drie", "een"]);
    ana.sync();
    assert_eq!(at_server(&world), [locked("drie"), locked("een")]);
    let missing = world.town().app().log_entries().unwrap();
    let missing: Vec<_> = missing
        .iter()
        .filter(|entry| entry.verdict == Verdict::Missing)
        .collect();
    assert_eq!(missing.len(), 1, "the municipality knows that one is missing");
}

#[test]
fn a_form_that_was_saved_before_its_first_pause_is_recorded_and_recorded_once() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    let note = |text: &str| QuickNote {
        text: Some(text.to_owned()),
        ..QuickNote::default()
    };
    let drafts = [1, 2].map(|number| RecordId::new(uuid::Uuid::from_u128(number)));
    assert!(!ana.folder().join("app/drafts").exists());
    assert_eq!(
        ana.phone().set_aside(note("rode jas"), Some(drafts[0])).unwrap(),
        1
    );
    // A draft that cannot be taken away is no reason to say that nothing was recorded.
    std::fs::create_dir_all(ana.folder().join("app/drafts").join(drafts[1].to_string())).unwrap();
    assert_eq!(
        ana.phone()
            .set_aside(note("groene fiets"), Some(drafts[1]))
            .unwrap(),
        2
    );
}

#[test]
fn what_was_set_aside_under_a_number_that_the_municipality_knows_otherwise_is_delivered_all_the_same() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    let earlier = ana.copy("earlier");
    ana.set_aside("rode jas");
    assert_eq!(ana.deliver().handed_in, 1);
    ana.go_back_to(&earlier);
    ana.set_aside("groene fiets");
    ana.deliver();
    ana.unlock(CODE);
    for _ in 0..2 {
        world.pass(2 * HOUR);
        ana.unlock_after_idling();
        ana.sync();
    }
    assert_eq!(at_server(&world), [locked("groene fiets"), locked("rode jas")]);
    assert_eq!(ana.notes(), ["groene fiets", "rode jas"]);
    world.town().back_up("night");
    ana.sync();
    let waiting = ana.phone().with_open(|client| client.waiting().unwrap());
    assert_eq!(waiting.unwrap(), 0);
}
