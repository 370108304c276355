//! The doors to the library through the whole app: what trying a code costs at least, and fingers as a second door.

use drempel_client::phone::{BiometricError, BiometricKey, Ending, PhoneError, Stage, Unlocking};
use drempel_client::system::SystemClock;
use drempel_domain::time::Clock as _;
use drempel_sealing::slot::SlotError;
use drempel_sealing::tries::TryCounter;
use drempel_tests::world::{CODE, Handset, World, code};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

const WRONG: &str = "82047194";

/// A finger whose key lies in a file: gone when another finger is enrolled.
struct Finger(PathBuf);

impl BiometricKey for Finger {
    fn is_available(&self) -> bool {
        self.0.exists()
    }

    fn renew(&self) -> Result<(), BiometricError> {
        fs::write(&self.0, [7; 32]).map_err(|_| BiometricError::Unavailable)
    }

    fn release(&self) -> Result<Zeroizing<[u8; 32]>, BiometricError> {
        let bytes = fs::read(&self.0).map_err(|_| BiometricError::NotRecognised)?;
        let key = bytes.try_into().map_err(|_| BiometricError::Changed)?;
        Ok(Zeroizing::new(key))
    }
}

/// What is in the file of the doors.
fn doors(ana: &Handset) -> (PathBuf, Value) {
    let file = ana.folder().join("app/doors");
    let doors = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    (file, doors)
}

fn unlock_with_finger(ana: &Handset) -> Result<Unlocking, PhoneError> {
    ana.wait(ana.phone().unlock_with_biometrics())
}

/// A phone with a finger on its sensor, and the file of that finger's key.
fn with_finger(world: &World) -> (Handset, PathBuf) {
    let ana = world.handset("ana");
    let finger = ana.folder().with_file_name("finger");
    fs::write(&finger, [7; 32]).unwrap();
    let key = finger.clone();
    ana.change_machine(|machine| machine.biometrics = Some(Arc::new(Finger(key))));
    ana.close();
    ana.start();
    ana.unlock(CODE);
    ana.wait(ana.phone().add_biometrics()).unwrap();
    ana.lock();
    (ana, finger)
}

#[test]
fn trying_a_code_costs_at_least_the_floor_on_a_phone_that_measures_itself_and_when_the_code_is_changed() {
    let world = World::new();
    let ana = world.new_handset("ana");
    ana.change_machine(|machine| {
        machine.cost = None;
        // What a try costs is measured on a clock that runs.
        machine.clock = Arc::new(SystemClock);
    });
    ana.close();
    ana.start();
    let invitation = world.town().app().make_code("ana").unwrap();
    ana.enrol(&invitation);
    let made = doors(&ana).1;
    let (old, new) = (code(CODE), code("47193820"));
    ana.wait(ana.phone().change_code(&old, &new)).unwrap();
    for doors in [made, doors(&ana).1] {
        let cost = &doors["slots"]["code"]["cost"];
        assert!(cost["memory_kib"].as_u64().unwrap() >= 19 * 1024, "{cost}");
        assert!(cost["passes"].as_u64().unwrap() >= 2, "{cost}");
    }
}

/// A phone that was locked with work that nobody has yet, and whose doors were then changed on its disk.
fn with_doors_changed(world: &World, change: impl FnOnce(&PathBuf, Value)) -> Handset {
    let ana = world.handset("ana");
    ana.note("bankje bij de brug");
    ana.lock();
    ana.set_aside("fatbike met gele sticker");
    let (file, whole) = doors(&ana);
    ana.close();
    change(&file, whole);
    ana
}

/// It has ended, nothing of it can be read any more, and what it had is handed in.
fn assert_ended_and_handed_in(world: &World, ana: &Handset) {
    assert_eq!(ana.phone().stage(), Stage::Ended(Ending::KeyLost));
    assert_eq!(ana.unlock(CODE), Unlocking::Ended(Ending::KeyLost));
    assert!(!ana.folder().join("app/drempel.db").exists());
    assert_eq!(ana.deliver().handed_in, 2);
    let invitation = world.town().app().make_code("ana").unwrap();
    ana.enrol(&invitation);
    ana.sync();
    assert_eq!(ana.notes(), ["bankje bij de brug", "fatbike met gele sticker"]);
}

#[test]
fn doors_that_were_made_cheap_to_try_open_for_nobody_and_keep_no_work_back() {
    for (name, cheap) in [("memory_kib", 8), ("passes", 1)] {
        let world = World::new();
        let ana = with_doors_changed(&world, |file, mut doors| {
            doors["slots"]["code"]["cost"][name] = cheap.into();
            fs::write(file, doors.to_string()).unwrap();
        });
        ana.start();
        assert_ended_and_handed_in(&world, &ana);
    }
}

#[test]
fn damaged_doors_keep_no_work_back() {
    let world = World::new();
    let ana = with_doors_changed(&world, |file, doors| {
        let half = doors.to_string();
        fs::write(file, half.get(..half.len() / 2).unwrap()).unwrap();
    });
    ana.start();
    assert_ended_and_handed_in(&world, &ana);
}

#[test]
fn doors_of_a_later_version_of_the_app_are_left_as_they_are() {
    let world = World::new();
    let ana = with_doors_changed(&world, |file, mut doors| {
        doors["slots"]["version"] = 200.into();
        fs::write(file, doors.to_string()).unwrap();
    });
    let started = ana.try_start();
    assert!(
        matches!(started, Err(PhoneError::Slot(SlotError::Newer))),
        "{started:?}"
    );
    let (file, mut doors) = doors(&ana);
    doors["slots"]["version"] = 1.into();
    fs::write(&file, doors.to_string()).unwrap();
    ana.start();
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
}

#[test]
fn fingers_open_beside_the_code_until_they_change_or_are_taken_away() {
    let world = World::new();
    let (ana, finger) = with_finger(&world);
    assert!(ana.phone().lock_view().unwrap().unwrap().biometric);
    assert_eq!(ana.phone().biometrics(), Some(true));
    assert_eq!(unlock_with_finger(&ana).unwrap(), Unlocking::Open);
    ana.kill();
    assert_eq!(unlock_with_finger(&ana).unwrap(), Unlocking::Open);
    ana.lock();
    fs::rename(&finger, finger.with_extension("away")).unwrap();
    assert_eq!(unlock_with_finger(&ana).unwrap(), Unlocking::NotRecognised);
    fs::write(&finger, b"another finger was enrolled").unwrap();
    assert!(unlock_with_finger(&ana).is_err());
    fs::rename(finger.with_extension("away"), &finger).unwrap();
    assert!(
        matches!(unlock_with_finger(&ana), Err(PhoneError::NoBiometrics)),
        "a door that was closed stays so"
    );
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
    ana.wait(ana.phone().add_biometrics()).unwrap();
    ana.wait(ana.phone().remove_biometrics()).unwrap();
    assert_eq!(
        ana.phone().biometrics(),
        Some(false),
        "it could be turned on again"
    );
    fs::remove_file(&finger).unwrap();
    assert_eq!(
        ana.phone().biometrics(),
        None,
        "nothing is offered without a finger"
    );
    ana.kill();
    assert!(matches!(unlock_with_finger(&ana), Err(PhoneError::NoBiometrics)));
}

#[test]
fn fingers_forgive_no_wrong_code_and_open_nothing_once_a_wipe_is_due() {
    let world = World::new();
    let (ana, _) = with_finger(&world);
    for _ in 0..3 {
        ana.unlock(WRONG);
    }
    assert_eq!(unlock_with_finger(&ana).unwrap(), Unlocking::Open);
    ana.lock();
    assert_eq!(ana.phone().lock_view().unwrap().unwrap().wrong, 3);
    while ana.phone().lock_view().unwrap().is_some_and(|view| view.left > 0) {
        ana.unlock(WRONG);
        world.pass(2 * drempel_domain::time::HOUR);
    }
    assert!(matches!(
        unlock_with_finger(&ana),
        Ok(Unlocking::Ended(_)) | Err(_)
    ));
    assert!(ana.phone().with_open(|_| ()).is_err());
}

#[test]
fn a_kill_between_the_last_try_and_the_wipe_opens_nothing_to_fingers_and_the_wipe_follows() {
    let world = World::new();
    let (ana, _) = with_finger(&world);
    for _ in 0..9 {
        ana.unlock(WRONG);
        world.pass(2 * drempel_domain::time::HOUR);
    }
    // The tenth was counted, and the phone was killed before it was checked.
    let clocks = ana.clock().clocks();
    let mut tries = TryCounter::open(&ana.folder().join("app/tries"), clocks).unwrap();
    let _counted = tries.begin(&clocks).unwrap();
    ana.kill();
    assert_eq!(ana.phone().stage(), Stage::Locked);
    assert!(unlock_with_finger(&ana).is_err());
    assert_eq!(ana.phone().stage(), Stage::Locked);
    assert_eq!(ana.unlock(CODE), Unlocking::Ended(Ending::TooManyTries));
    assert!(!ana.folder().join("app/drempel.db").exists());
}

#[test]
fn no_page_of_the_library_used_or_free_has_a_word_of_a_space_that_was_taken_away() {
    let world = World::new();
    let ana = world.handset("ana");
    let (team, own) = (world.space("team"), world.space("own-ana"));
    let words: Vec<String> = (0..60).map(|number| format!("teamwoord{number}")).collect();
    let saved = ana.phone().with_open(|client| {
        for word in &words {
            client.note(team, word, None).map(drop).unwrap();
        }
        client.note(own, "eigenwoord", None).map(drop).unwrap();
    });
    saved.unwrap();
    ana.sync();
    let has = |text: &str| {
        let pages = ana.plaintext();
        pages.windows(text.len()).any(|window| window == text.as_bytes())
    };
    assert!(has("teamwoord59"));
    world
        .town()
        .app()
        .revoke_membership("ana", "team", world.time().now())
        .unwrap();
    ana.sync();
    assert!(!has("teamwoord"));
    assert!(has("eigenwoord"));
}
