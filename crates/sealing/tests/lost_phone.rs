//! What becomes of a phone that is lost, wiped, robbed of its key or forgotten by its owner: no work goes, nothing is read.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use drempel_domain::id::{BootId, DeviceId, SpaceId, UserId};
use drempel_domain::sync_log::Seq;
use drempel_domain::time::{Clocks, DAY, HOUR};
use drempel_sealing::capture::{Captures, Recipients};
use drempel_sealing::deposit::{ChangeName, Deposit};
use drempel_sealing::durable;
use drempel_sealing::hardware::{DeviceKey, FileKey, HardwareError};
use drempel_sealing::keys::{PrivateKey, PrivateKeys};
use drempel_sealing::outbox::Outbox;
use drempel_sealing::randomness::Randomness;
use drempel_sealing::secret::DatabaseKey;
use drempel_sealing::slot::{Code, Cost, Holder, KeySlots, SlotError};
use drempel_sealing::tries::{MOST, Next, TryCounter};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;
use uuid::Uuid;
use zeroize::Zeroizing;

const CODE: &str = "82047193";
const SENTINEL: &str = "Sentinella van de Proefstraat";

/// A phone's folder, and the server that it belongs to.
struct Phone {
    folder: TempDir,
    randomness: Randomness,
    holder: Holder,
    lock: DeviceId,
    personal: SpaceId,
    capture_key: PrivateKey,
    recipients: Recipients,
    server: PrivateKeys,
    now: i64,
}

impl Phone {
    /// A phone that was enrolled, with its slot, its counter, its outbox and its captures.
    fn enrolled() -> Self {
        let mut randomness = Randomness::repeatable([7; 32]);
        let (capture_key, server_key) = (
            PrivateKey::generate(&mut randomness),
            PrivateKey::generate(&mut randomness),
        );
        let recipients = Recipients {
            device: capture_key.public().unwrap(),
            server: server_key.public().unwrap(),
        };
        let mut server = PrivateKeys::new();
        server.add(server_key).unwrap();
        let id = Uuid::from_u128;
        let mut phone = Self {
            folder: TempDir::new().unwrap(),
            randomness,
            holder: Holder {
                user: UserId::new(id(1)),
                device: DeviceId::new(id(2)),
            },
            lock: DeviceId::new(id(3)),
            personal: SpaceId::new(id(4)),
            capture_key,
            recipients,
            server,
            now: 0,
        };
        phone.set_up();
        phone
    }

    fn set_up(&mut self) {
        let hardware = FileKey::create(&self.path("hardware"), &mut self.randomness).unwrap();
        let key = DatabaseKey::generate(&mut self.randomness);
        let slots = KeySlots::create(
            &key,
            &code(CODE),
            &hardware,
            self.holder,
            Cost::FLOOR,
            &mut self.randomness,
        )
        .unwrap();
        durable::replace(&self.path("slots"), slots.to_json().unwrap().as_bytes()).unwrap();
        TryCounter::create(&self.path("tries"), self.clocks()).unwrap();
        Outbox::create(&self.path("outbox"), self.holder.device).unwrap();
        Captures::create(&self.path("captures"), self.lock, self.personal).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn clocks(&self) -> Clocks {
        Clocks {
            wall: self.now,
            boot: Some(BootId::new(Uuid::from_u128(9))),
            mono: Some(self.now),
        }
    }

    /// Unlocks as the app does: count, check, and begin counting anew when the code was right.
    fn unlock(&mut self, typed: &str) -> Result<DatabaseKey, SlotError> {
        self.now += HOUR;
        let clocks = self.clocks();
        let mut counter = TryCounter::open(&self.path("tries"), clocks).unwrap();
        let attempt = counter.begin(&clocks).unwrap();
        let slots = KeySlots::from_json(&fs::read(self.path("slots")).unwrap()).unwrap();
        let (key, passed) = slots.open(
            &code(typed),
            &FileKey::at(&self.path("hardware")),
            self.holder,
            attempt,
        )?;
        counter.reset(passed, clocks).unwrap();
        Ok(key)
    }

    fn save_unlocked(&mut self, seq: u64) {
        let mut outbox = Outbox::open(&self.path("outbox")).unwrap();
        let change = change(seq);
        outbox
            .append(
                self.personal,
                Seq(seq),
                change.as_bytes(),
                self.recipients.server,
                &mut self.randomness,
            )
            .unwrap();
        outbox.sync().unwrap();
    }

    fn save_locked(&mut self) -> Seq {
        let mut captures = Captures::open(&self.path("captures")).unwrap();
        let make = |seq: Seq| Zeroizing::new(change(seq.0).into_bytes());
        captures
            .append(make, &self.recipients, &mut self.randomness)
            .unwrap()
    }

    /// What a wipe does: all that can be read goes, all that is sealed stays.
    fn wipe(&self) {
        for name in ["slots", "tries", "hardware"] {
            durable::remove(&self.path(name)).unwrap();
        }
        Outbox::open(&self.path("outbox")).unwrap().close().unwrap();
    }

    /// What the server has after all sealed files were delivered, as often as the network likes.
    fn delivered(&self, times: usize) -> BTreeMap<ChangeName, String> {
        let mut taken_in = BTreeMap::new();
        for _ in 0..times {
            let mut outbox = Outbox::open(&self.path("outbox")).unwrap();
            let mut captures = Captures::open(&self.path("captures")).unwrap();
            let sealed = outbox
                .entries(None, usize::MAX)
                .unwrap()
                .into_iter()
                .map(|entry| entry.encode());
            let locked = captures
                .sealed(Seq::ZERO, usize::MAX)
                .unwrap()
                .into_iter()
                .map(|entry| entry.encode());
            for bytes in sealed.chain(locked) {
                let deposit = Deposit::decode(&bytes).unwrap();
                let change = String::from_utf8(deposit.open(&self.server).unwrap().to_vec()).unwrap();
                let before = taken_in.insert(deposit.name(), change.clone());
                assert!(before.is_none_or(|before| before == change));
            }
        }
        taken_in
    }
}

fn code(text: &str) -> Code {
    Code::new(Zeroizing::new(text.to_owned()))
}

fn change(seq: u64) -> String {
    format!("{{\"seq\":{seq},\"note\":\"{SENTINEL}\"}}")
}

#[test]
fn a_wipe_after_ten_wrong_codes_leaves_the_sealed_work_deliverable() {
    let mut phone = Phone::enrolled();
    phone.save_unlocked(1);
    phone.save_locked();
    for _ in 0..MOST {
        assert!(matches!(phone.unlock("11223344"), Err(SlotError::NotOpened)));
    }
    phone.now += 365 * DAY;
    let clocks = phone.clocks();
    let next = TryCounter::open(&phone.path("tries"), clocks)
        .unwrap()
        .next(&clocks)
        .unwrap();
    assert_eq!(next, Next::Wipe);
    phone.wipe();
    assert_eq!(phone.delivered(1).len(), 2);
}

#[test]
fn a_lost_hardware_key_keeps_all_work_and_opens_nothing() {
    let mut phone = Phone::enrolled();
    phone.save_unlocked(1);
    phone.save_unlocked(2);
    phone.save_locked();
    FileKey::at(&phone.path("hardware")).destroy().unwrap();
    let lost = phone.unlock(CODE);
    assert!(matches!(lost, Err(SlotError::Hardware(HardwareError::Lost))));
    assert_eq!(phone.save_locked(), Seq(2), "recording goes on");
    assert_eq!(phone.delivered(1).len(), 4);
}

#[test]
fn an_entry_made_while_locked_is_taken_in_once_however_it_arrives() {
    let mut phone = Phone::enrolled();
    let seq = phone.save_locked();
    let at_server = phone.delivered(3);
    let name = ChangeName {
        device: phone.lock,
        space: phone.personal,
        seq,
    };
    assert_eq!(at_server.keys().collect::<Vec<_>>(), [&name]);

    phone.unlock(CODE).unwrap();
    let mut captures = Captures::open(&phone.path("captures")).unwrap();
    let in_the_clear = captures.read(&phone.capture_key).unwrap().remove(0);
    assert_eq!(in_the_clear.seq, name.seq);
    assert_eq!(
        in_the_clear.change.unwrap().as_slice(),
        at_server[&name].as_bytes()
    );
}

#[test]
fn a_right_code_begins_the_count_anew_and_gives_the_same_key_each_time() {
    let mut phone = Phone::enrolled();
    let first = *phone.unlock(CODE).unwrap().expose();
    for _ in 0..MOST - 1 {
        assert!(phone.unlock("11223344").is_err());
    }
    assert_eq!(*phone.unlock(CODE).unwrap().expose(), first);
    assert_eq!(
        TryCounter::open(&phone.path("tries"), phone.clocks())
            .unwrap()
            .failed(),
        0
    );
}

#[test]
fn sentinel_names_and_codes_are_in_no_byte_of_any_file() {
    let mut phone = Phone::enrolled();
    phone.save_unlocked(1);
    phone.save_locked();
    phone.unlock(CODE).unwrap();
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let mut scanned = 0;
    for entry in fs::read_dir(phone.folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for needle in [
            SENTINEL.as_bytes(),
            "Sentinella".as_bytes(),
            CODE.as_bytes(),
            &utf16(SENTINEL),
            &utf16(CODE),
        ] {
            assert!(!bytes.windows(needle.len()).any(|window| window == needle));
        }
        scanned += 1;
    }
    assert_eq!(scanned, 5);
}
