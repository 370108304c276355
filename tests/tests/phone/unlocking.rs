//! The lock: who gets in, what a wrong code costs, and that a locked phone has nothing to answer with.

use drempel_client::phone::{
    DeviceKey, Ending, FileKey, HardwareError, HardwareKey, PhoneError, Stage, Unlocking,
};
use drempel_domain::time::{DAY, HOUR, MINUTE};
use drempel_sealing::randomness::Randomness;
use drempel_tests::world::{CODE, Handset, World, code};
use std::sync::Arc;
use zeroize::Zeroizing;

const WRONG: &str = "82047194";

#[test]
fn a_locked_phone_has_no_library_to_answer_from_and_gives_everything_back_when_unlocked() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje bij de brug");
    ana.lock();
    assert_eq!(ana.phone().stage(), Stage::Locked);
    let asked = ana.phone().with_open(|_| panic!("a locked phone has no library"));
    assert!(matches!(asked, Err::<(), _>(PhoneError::Locked)));
    let phone = ana.phone();
    let locked = |result: Result<(), PhoneError>| matches!(result, Err(PhoneError::Locked));
    assert!(locked(ana.wait(phone.synchronise(ana.line())).map(drop)));
    assert!(locked(
        ana.wait(phone.change_code(&code(CODE), &code("47193820")))
    ));
    assert!(locked(ana.wait(phone.add_biometrics())));
    assert!(locked(ana.wait(phone.remove_biometrics())));
    drop(phone);
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
    assert_eq!(ana.notes().len(), 1);
}

#[test]
fn a_wrong_code_opens_nothing_and_after_the_third_one_waits() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    for left in [9, 8, 7] {
        assert_eq!(ana.unlock(WRONG), Unlocking::Wrong);
        assert_eq!(ana.phone().lock_view().unwrap().unwrap().left, left);
    }
    let view = ana.phone().lock_view().unwrap().unwrap();
    assert_eq!((view.wrong, view.wait), (3, 30_000));
    assert_eq!(
        ana.unlock(CODE),
        Unlocking::TooEarly,
        "the right code waits as well"
    );
    world.pass(30_000);
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
    assert_eq!(ana.phone().lock_view().unwrap().unwrap().wrong, 0);
}

#[test]
fn no_kill_no_restart_and_no_clock_ten_years_off_shortens_a_wait_or_forgets_a_try() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    for _ in 0..3 {
        assert_eq!(ana.unlock(WRONG), Unlocking::Wrong);
        ana.kill();
    }
    for ahead in [3_650 * DAY, -3_650 * DAY] {
        ana.clock().set_ahead(ahead);
        assert_eq!(ana.unlock(CODE), Unlocking::TooEarly);
    }
    world.pass(20_000);
    ana.clock().reboot();
    ana.kill();
    assert_eq!(ana.unlock(CODE), Unlocking::TooEarly);
    world.pass(20_000);
    assert_eq!(
        ana.unlock(CODE),
        Unlocking::TooEarly,
        "a restart begins the wait anew"
    );
    world.pass(10_000);
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
}

#[test]
fn a_machine_that_counts_no_time_waits_all_the_same_and_for_no_clock_that_can_be_set() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.clock().lose_count();
    ana.lock();
    for _ in 0..3 {
        assert_eq!(ana.unlock(WRONG), Unlocking::Wrong);
    }
    ana.clock().set_ahead(3_650 * DAY);
    assert_eq!(ana.unlock(CODE), Unlocking::TooEarly);
    let wait = ana.phone().lock_view().unwrap().unwrap().wait;
    assert!((1..=30_000).contains(&wait), "it runs on the time of the process");
}

#[test]
fn ten_wrong_codes_leave_nothing_that_can_be_read() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje bij de brug");
    ana.lock();
    for _ in 0..9 {
        assert_eq!(ana.unlock(WRONG), Unlocking::Wrong);
        world.pass(2 * HOUR);
    }
    let ended = Unlocking::Ended(Ending::TooManyTries);
    assert_eq!(ana.unlock(WRONG), ended);
    ana.kill();
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::TooManyTries));
    assert_eq!(ana.unlock(CODE), ended, "the right code comes too late");
    for (file, _) in ana.files() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            !name.starts_with("drempel.db") && name != "doors" && name != "hardware",
            "{name}"
        );
    }
}

#[test]
fn a_wipe_that_was_killed_half_way_is_finished_at_the_next_start() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    ana.close();
    std::fs::write(ana.folder().join("app/ended"), "\"too_many_tries\"").unwrap();
    ana.start();
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::TooManyTries));
    assert!(!ana.folder().join("hardware").exists());
    assert!(!ana.folder().join("app/drempel.db").exists());
}

#[test]
fn files_that_were_copied_open_on_no_other_machine() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    let thiefs = ana.folder().join("thiefs");
    FileKey::create(&thiefs, &mut Randomness::of_the_system().unwrap()).unwrap();
    ana.close();
    ana.change_machine(|machine| machine.hardware = Arc::new(FileKey::at(&thiefs)));
    ana.start();
    assert_eq!(ana.unlock(CODE), Unlocking::Wrong);
    let folder = ana.folder();
    ana.close();
    ana.change_machine(|machine| machine.hardware = Arc::new(FileKey::at(&folder.join("hardware"))));
    ana.start();
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
}

#[test]
fn a_lost_hardware_key_is_said_and_costs_no_try() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    std::fs::remove_file(ana.folder().join("hardware")).unwrap();
    assert_eq!(ana.unlock(CODE), Unlocking::Ended(Ending::KeyLost));
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::KeyLost));
}

/// A key that does not let itself be destroyed, as long as the chip is busy.
struct Busy(FileKey);

impl HardwareKey for Busy {
    fn bind(&self, input: &[u8]) -> Result<Zeroizing<[u8; 32]>, HardwareError> {
        self.0.bind(input)
    }

    fn is_hardware(&self) -> bool {
        self.0.is_hardware()
    }
}

impl DeviceKey for Busy {
    fn renew(&self, randomness: &mut Randomness) -> Result<(), HardwareError> {
        self.0.renew(randomness)
    }

    fn destroy(&self) -> Result<(), HardwareError> {
        Err(HardwareError::Unavailable)
    }
}

#[test]
fn a_busy_chip_keeps_no_phone_from_ending_and_its_key_goes_at_the_next_start() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.note("bankje bij de brug");
    ana.lock();
    let key = ana.folder().join("hardware");
    ana.close();
    ana.change_machine(|machine| machine.hardware = Arc::new(Busy(FileKey::at(&key))));
    ana.start();
    ana.wait(ana.phone().wipe()).unwrap();
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::OnRequest));
    assert!(!ana.folder().join("app/drempel.db").exists());
    assert_eq!(ana.deliver().handed_in, 1);
    assert!(key.exists());
    ana.close();
    ana.change_machine(|machine| machine.hardware = Arc::new(FileKey::at(&key)));
    ana.start();
    assert!(!key.exists());
}

#[test]
fn deleting_the_count_of_tries_or_the_doors_gains_nothing() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.lock();
    std::fs::remove_file(ana.folder().join("app/tries")).unwrap();
    ana.kill();
    assert_eq!(ana.unlock(CODE), Unlocking::TooEarly);
    assert_eq!(ana.phone().lock_view().unwrap().unwrap().left, 1);
    std::fs::remove_file(ana.folder().join("app/doors")).unwrap();
    ana.kill();
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::KeyLost));
}

#[test]
fn a_changed_code_unlocks_and_the_old_one_does_not() {
    let world = World::new();
    let ana = world.handset("ana");
    let change = |old, new| ana.wait(ana.phone().change_code(&code(old), &code(new)));
    assert!(matches!(change(WRONG, "47193820"), Err(PhoneError::WrongCode)));
    assert!(matches!(change(CODE, "11111111"), Err(PhoneError::WeakCode(_))));
    change(CODE, "47193820").unwrap();
    ana.kill();
    assert_eq!(ana.unlock(CODE), Unlocking::Wrong);
    assert_eq!(ana.unlock("47193820"), Unlocking::Open);
}

#[test]
fn it_locks_by_itself_in_the_background_and_later_during_a_round() {
    let world = World::new();
    let ana = world.handset("ana");
    let tick = || ana.wait(ana.phone().tick()).unwrap();
    ana.phone().went_to_background().unwrap();
    world.pass(MINUTE - 1);
    assert_eq!(tick(), Stage::Open);
    world.pass(1);
    assert_eq!(tick(), Stage::Locked);
    ana.unlock(CODE);
    start_a_round(&ana, world.space("team"));
    ana.phone().went_to_background().unwrap();
    world.pass(5 * MINUTE - 1);
    assert_eq!(tick(), Stage::Open);
    world.pass(1);
    assert_eq!(ana.wait(ana.phone().came_back()).unwrap(), Stage::Locked);
    ana.unlock(CODE);
    world.pass(4 * MINUTE);
    ana.phone().stay_awake();
    world.pass(4 * MINUTE);
    assert_eq!(tick(), Stage::Open);
    world.pass(MINUTE);
    assert_eq!(tick(), Stage::Locked);
}

fn start_a_round(ana: &Handset, team: drempel_domain::id::SpaceId) {
    use drempel_domain::record::EventMoment;
    use drempel_domain::records::rounds::Round;
    let started = ana.phone().with_open(|client| {
        let round = Round {
            started: Some(EventMoment(client.now())),
            ..Round::default()
        };
        client.create(team, &round).map(drop)
    });
    started.unwrap().unwrap();
}

#[test]
fn locking_waits_for_a_save_and_gives_up_what_waits_for_the_network() {
    let world = World::new();
    let ana = world.handset("ana");
    ana.line().hang_after(0);
    let phone = ana.phone();
    let (synced, locked) = ana.wait(async { tokio::join!(phone.synchronise(ana.line()), phone.lock()) });
    assert!(matches!(synced, Err(PhoneError::Locked)));
    locked.unwrap();
    drop(phone);
    ana.line().mend();
    ana.unlock(CODE);
    let phone = ana.phone();
    std::thread::scope(|scope| {
        let (begun, wait) = std::sync::mpsc::channel();
        let phone = &*phone;
        let save = scope.spawn(move || {
            phone.with_open(|client| {
                begun.send(()).unwrap();
                while phone.stage() == Stage::Open {
                    std::thread::yield_now();
                }
                let space = client.personal_space().unwrap().unwrap();
                client.note(space, "nog net", None).map(drop)
            })
        });
        wait.recv().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(phone.lock()).unwrap();
        save.join().unwrap().unwrap().unwrap();
    });
    assert_eq!(
        phone.undelivered(),
        1,
        "it was sealed before the library was closed"
    );
    drop(phone);
    ana.unlock(CODE);
    assert_eq!(ana.notes().len(), 1);
}
