//! What a phone had not delivered when it was wiped, robbed of its key, or given to another enrolment.

use drempel_client::phone::{Ending, PhoneError, Stage, Unlocking};
use drempel_client::sync::{SyncError, Transport as _};
use drempel_domain::sync_log::{FieldName, Verdict};
use drempel_domain::time::HOUR;
use drempel_protocol::SYNCHRONISATIONS;
use drempel_tests::world::{CODE, Fate, Handset, World};

const WRONG: &str = "82047194";

/// The texts of ana's own notes at the server.
fn at_server(world: &World) -> Vec<String> {
    let records = world.town().app().records_of(world.space("own-ana")).unwrap();
    let text = FieldName::new("text").unwrap();
    let mut texts: Vec<String> = records
        .values()
        .filter_map(|record| record.cells.get(&text))
        .filter_map(|cell| cell.value.as_text().map(str::to_owned))
        .collect();
    texts.sort();
    texts
}

fn wipe_by_wrong_codes(world: &World, ana: &Handset) {
    ana.lock();
    while ana.phone().stage() == Stage::Locked {
        assert_ne!(ana.unlock(WRONG), Unlocking::Open);
        world.pass(2 * HOUR);
    }
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::TooManyTries));
}

/// Enrols it once more, for the same user.
fn enrol_again(world: &World, ana: &Handset) {
    let invitation = world.town().app().make_code("ana").unwrap();
    ana.enrol(&invitation);
    ana.sync();
}

#[test]
fn a_wipe_after_ten_wrong_codes_loses_no_work_and_all_of_it_is_back_after_enrolling_again() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("voor de sluiting");
    ana.lock();
    ana.set_aside("op slot");
    ana.unlock(CODE);
    ana.note("na het ontgrendelen");
    ana.lock();
    ana.set_aside("weer op slot");
    wipe_by_wrong_codes(&world, &ana);
    ana.kill();
    assert_eq!(ana.phone().undelivered(), 4);
    assert_eq!(ana.deliver().handed_in, 4);
    let all = [
        "na het ontgrendelen",
        "op slot",
        "voor de sluiting",
        "weer op slot",
    ];
    assert_eq!(at_server(&world), all);
    enrol_again(&world, &ana);
    assert_eq!(ana.notes(), all);
    assert!(
        world
            .town()
            .app()
            .log_entries()
            .unwrap()
            .iter()
            .all(|entry| entry.verdict == Verdict::Taken)
    );
}

#[test]
fn sealed_work_stays_until_a_backup_covers_it_and_then_nothing_of_it_is_left() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje");
    wipe_by_wrong_codes(&world, &ana);
    assert_eq!(ana.deliver().left, 1);
    world.town().back_up("night");
    ana.kill();
    assert_eq!(ana.deliver().left, 0);
    let sealed = ana.folder().join("app/sealed");
    assert_eq!(std::fs::read_dir(sealed).unwrap().count(), 0);
}

#[test]
fn a_lost_hardware_key_loses_no_work() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("open");
    ana.lock();
    ana.set_aside("op slot");
    std::fs::remove_file(ana.folder().join("hardware")).unwrap();
    assert_eq!(ana.unlock(CODE), Unlocking::Ended(Ending::KeyLost));
    assert_eq!(ana.deliver().handed_in, 2);
    assert_eq!(at_server(&world), ["op slot", "open"]);
}

#[test]
fn a_forgotten_code_does_not_keep_work_on_a_locked_phone() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("open");
    ana.lock();
    ana.set_aside("op slot");
    assert_eq!(
        ana.deliver().handed_in,
        2,
        "its outbox goes along while it is locked"
    );
    assert_eq!(at_server(&world), ["op slot", "open"]);
    ana.unlock(CODE);
    ana.sync();
    assert_eq!(at_server(&world), ["op slot", "open"]);
    assert_eq!(world.town().app().log_entries().unwrap().len(), 2);
}

#[test]
fn a_save_is_sealed_before_the_phone_is_locked_or_put_away() {
    for put_away in [
        |ana: &Handset| ana.phone().went_to_background().unwrap(),
        |ana: &Handset| ana.lock(),
    ] {
        let world = World::new();
        let ana = world.handset("ana");
        ana.note("bankje");
        put_away(&ana);
        assert_eq!(ana.phone().undelivered(), 1);
    }
}

#[test]
fn a_save_is_sealed_by_itself_while_the_phone_stays_open() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje");
    // A kill now would leave to nobody but the phone what nothing had sealed.
    let sealed = (0..1_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        ana.phone().undelivered() == 1
    });
    assert!(sealed);
    ana.kill();
    assert_eq!(ana.deliver().handed_in, 1);
    assert_eq!(at_server(&world), ["bankje"]);
}

#[test]
fn what_the_municipality_has_for_good_leaves_the_outbox() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("een");
    ana.sync();
    assert_eq!(ana.phone().undelivered(), 1, "received, and not in a backup yet");
    world.town().back_up("night");
    ana.sync();
    assert_eq!(ana.phone().undelivered(), 0);
}

#[test]
fn a_number_that_was_never_sealed_is_said_to_be_missing_and_the_others_arrive() {
    let world = World::new();
    let ana = world.handset("ana");
    for text in ["een", "twee", "drie"] {
        ana.note(text);
    }
    ana.lock();
    let (outbox, mut bytes) = ana
        .files()
        .into_iter()
        .find(|(file, _)| file.ends_with("outbox"))
        .unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    ana.close();
    std::fs::write(outbox, bytes).unwrap();
    ana.start();
    wipe_by_wrong_codes(&world, &ana);
    assert_eq!(ana.deliver().handed_in, 2);
    assert_eq!(at_server(&world), ["drie", "een"]);
    let log = world.town().app().log_entries().unwrap();
    let missing: Vec<_> = log
        .iter()
        .filter(|entry| entry.verdict == Verdict::Missing)
        .collect();
    assert_eq!(missing.len(), 1);
}

#[test]
fn a_damaged_outbox_is_sealed_again_at_the_next_unlocking() {
    let world = World::new();
    let ana = world.handset("ana");
    for text in ["een", "twee", "drie"] {
        ana.note(text);
    }
    ana.lock();
    let (outbox, mut bytes) = ana
        .files()
        .into_iter()
        .find(|(file, _)| file.ends_with("outbox"))
        .unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    ana.close();
    std::fs::write(outbox, bytes).unwrap();
    ana.start();
    assert_eq!(ana.phone().undelivered(), 2);
    ana.unlock(CODE);
    assert_eq!(ana.phone().undelivered(), 3);
}

#[test]
fn files_of_sealed_work_that_were_spoilt_keep_nobody_out_and_a_wipe_still_ends() {
    for name in ["outbox", "captures", "enrolment"] {
        let world = World::new();
        let ana = world.handset("ana");
        ana.note("bankje");
        ana.lock();
        let (file, _) = ana
            .files()
            .into_iter()
            .find(|(file, _)| file.ends_with(name))
            .unwrap();
        ana.close();
        std::fs::write(file, b"spoilt").unwrap();
        ana.start();
        assert_eq!(ana.unlock(CODE), Unlocking::Open, "{name}");
        assert_eq!(ana.notes(), ["bankje"], "{name}");
        ana.sync();
        assert_eq!(at_server(&world), ["bankje"], "{name}");
        wipe_by_wrong_codes(&world, &ana);
        ana.kill();
        assert_eq!(ana.phone().stage(), Stage::Ended(Ending::TooManyTries), "{name}");
        ana.deliver();
    }
}

#[test]
fn work_sealed_to_an_old_key_of_the_server_arrives_and_a_new_key_is_used_after_contact() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("voor de wisseling");
    ana.lock();
    ana.set_aside("op slot");
    world.town().app().rotate_keys().unwrap();
    assert_eq!(ana.deliver().handed_in, 2, "the old key still opens");
    ana.unlock(CODE);
    ana.sync();
    ana.note("na de wisseling");
    wipe_by_wrong_codes(&world, &ana);
    ana.deliver();
    assert_eq!(
        at_server(&world),
        ["na de wisseling", "op slot", "voor de wisseling"]
    );
}

#[test]
fn a_deposit_token_reads_nothing() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    ana.set_aside("op slot");
    ana.deliver();
    let deposit = ana
        .line()
        .arrived()
        .into_iter()
        .rev()
        .find(|sent| sent.path.ends_with("deposits"));
    let token = deposit.unwrap().token.unwrap();
    let body = drempel_protocol::codec::compress(b"{}").unwrap();
    let asked = drempel_client::sync::Asking {
        path: SYNCHRONISATIONS,
        token: Some(&token),
        body,
    };
    let reply = ana.wait(ana.line().ask(asked)).unwrap();
    assert_eq!(reply.status, 401);
}

#[test]
fn a_wipe_that_its_user_asks_for_seals_first_what_was_not_received() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje");
    ana.wait(ana.phone().wipe()).unwrap();
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::OnRequest));
    ana.line().next([Fate::Lost]);
    let failed = ana.wait(ana.phone().deliver(ana.line()));
    assert!(matches!(failed, Err(PhoneError::Sync(SyncError::Transport(_)))));
    assert_eq!(ana.deliver().handed_in, 1);
    assert_eq!(at_server(&world), ["bankje"]);
}

#[test]
fn a_phone_that_was_put_back_from_a_copy_goes_on_under_other_numbers_with_all_its_work() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    let copy = ana.copy("ana-earlier");
    ana.unlock(CODE);
    ana.note("gaat met de telefoon verloren");
    ana.sync();
    ana.go_back_to(&copy);
    ana.set_aside("op slot");
    ana.unlock(CODE);
    ana.note("na het terugzetten");
    ana.sync();
    assert_eq!(
        at_server(&world),
        ["gaat met de telefoon verloren", "na het terugzetten", "op slot"]
    );
    assert_eq!(ana.notes(), at_server(&world));
    // Its sealed work goes on under the new numbers.
    ana.note("nog een");
    ana.lock();
    ana.set_aside("weer op slot");
    wipe_by_wrong_codes(&world, &ana);
    ana.deliver();
    assert_eq!(at_server(&world).len(), 5);
}
