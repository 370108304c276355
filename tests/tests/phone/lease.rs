//! The lease: warned, locked for reading, purged; and clocks that are made to say something else.

use drempel_client::phone::{Ending, LeaseState, PhoneError, Stage, Unlocking};
use drempel_domain::time::{DAY, HOUR, MINUTE};
use drempel_tests::world::{CODE, Fate, Handset, World};

fn tick(ana: &Handset) -> Stage {
    ana.phone().stay_awake();
    ana.wait(ana.phone().tick()).unwrap()
}

fn state(ana: &Handset) -> LeaseState {
    ana.phone().lease_view().unwrap().unwrap().state
}

fn tried_in_vain(ana: &Handset) {
    ana.line().next([Fate::Lost]);
    assert!(ana.wait(ana.phone().deliver(ana.line())).is_err());
}

#[test]
fn from_day_five_it_warns_and_from_day_seven_only_recording_goes_on_until_contact() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje");
    world.pass(5 * DAY - MINUTE);
    tick(&ana);
    assert_eq!(state(&ana), LeaseState::Fresh);
    world.pass(MINUTE);
    assert_eq!(state(&ana), LeaseState::Warn { days: 2 });
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
    world.pass(2 * DAY);
    assert_eq!(tick(&ana), Stage::ReadLocked);
    let read = ana.phone().with_open(|_| panic!("reading is locked"));
    assert!(matches!(read, Err::<(), _>(PhoneError::ReadLocked)));
    assert_eq!(ana.set_aside("opnemen kan"), 1);
    ana.kill();
    assert_eq!(ana.unlock(CODE), Unlocking::ReadLocked);
    assert_eq!(ana.phone().lease_view().unwrap().unwrap().days_without_contact, 7);
    ana.line().next([Fate::Lost]);
    assert!(ana.wait(ana.phone().synchronise(ana.line())).is_err());
    assert_eq!(ana.phone().stage(), Stage::ReadLocked);
    ana.sync();
    assert_eq!(ana.phone().stage(), Stage::Open);
    assert_eq!(ana.notes(), ["bankje", "opnemen kan"]);
    assert_eq!(state(&ana), LeaseState::Fresh);
}

#[test]
fn a_clock_that_is_rolled_back_unlocks_nothing() {
    let world = World::new();
    let ana = world.handset("ana");
    world.pass(8 * DAY);
    // The phone was off meanwhile, so that only the clock that can be set knows of those days.
    ana.clock().reboot();
    ana.kill();
    assert_eq!(ana.unlock(CODE), Unlocking::ReadLocked);
    ana.clock().set_ahead(-30 * DAY);
    assert_eq!(tick(&ana), Stage::ReadLocked);
    ana.clock().reboot();
    ana.kill();
    assert_eq!(ana.unlock(CODE), Unlocking::ReadLocked);
}

#[test]
fn after_fifteen_days_what_can_be_read_goes_and_what_was_recorded_is_handed_in() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje");
    ana.lock();
    ana.set_aside("op slot");
    world.pass(15 * DAY);
    ana.kill();
    assert_eq!(tick(&ana), Stage::Locked, "one look is not enough");
    tried_in_vain(&ana);
    world.pass(HOUR);
    assert_eq!(tick(&ana), Stage::Ended(Ending::LeaseOver));
    ana.kill();
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::LeaseOver));
    assert!(!ana.folder().join("app/drempel.db").exists());
    assert!(!ana.folder().join("app/doors").exists());
    assert_eq!(ana.deliver().handed_in, 2);
}

#[test]
fn a_phone_with_nothing_to_hand_in_is_purged_as_well() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    assert!(!ana.phone().wants_to_deliver().unwrap());
    world.pass(15 * DAY);
    tick(&ana);
    assert!(ana.phone().wants_to_deliver().unwrap());
    ana.deliver();
    world.pass(HOUR);
    assert_eq!(tick(&ana), Stage::Ended(Ending::LeaseOver));
    assert!(
        ana.phone().wants_to_deliver().unwrap(),
        "its removal is to be confirmed"
    );
    ana.deliver();
    assert!(!ana.phone().wants_to_deliver().unwrap());
}

#[test]
fn without_contact_tried_in_between_nothing_is_purged() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    world.pass(15 * DAY);
    tick(&ana);
    world.pass(2 * HOUR);
    assert_eq!(tick(&ana), Stage::Locked);
}

#[test]
fn a_clock_a_year_ahead_for_a_minute_purges_nothing() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje");
    ana.lock();
    ana.clock().set_ahead(365 * DAY);
    tick(&ana);
    tried_in_vain(&ana);
    world.pass(MINUTE);
    tick(&ana);
    ana.clock().set_ahead(0);
    world.pass(2 * HOUR);
    assert_eq!(tick(&ana), Stage::Locked);
    assert_eq!(
        ana.unlock(CODE),
        Unlocking::ReadLocked,
        "reading waits for contact"
    );
    ana.sync();
    assert_eq!(ana.notes(), ["bankje"]);
}

#[test]
fn a_lease_that_was_deleted_or_spoilt_locks_reading_and_purges_nothing() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    for spoil in [
        |file: &std::path::Path| std::fs::write(file, b"{}").unwrap(),
        |file: &std::path::Path| std::fs::remove_file(file).unwrap(),
    ] {
        ana.close();
        spoil(&ana.folder().join("app/lease"));
        ana.start();
        assert_eq!(ana.unlock(CODE), Unlocking::ReadLocked);
        world.pass(20 * DAY);
        tick(&ana);
        world.pass(2 * HOUR);
        tick(&ana);
        assert_eq!(ana.unlock(CODE), Unlocking::ReadLocked);
        ana.sync();
        assert_eq!(ana.phone().stage(), Stage::Open);
        ana.lock();
    }
}
