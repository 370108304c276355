//! After lock, neither the key of the database nor the code nor what leads to them is in the memory of the process.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by failing"
)]

use drempel_domain::id::{BootId, DeviceId, UserId};
use drempel_domain::time::Clocks;
use drempel_sealing::hardware::{FileKey, HardwareError, HardwareKey};
use drempel_sealing::randomness::Randomness;
use drempel_sealing::secret::DatabaseKey;
use drempel_sealing::slot::{Code, Cost, Holder, KeySlots};
use drempel_sealing::tries::TryCounter;
use std::cell::RefCell;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Needles are kept masked, so that the haystack does not hold them only because they are looked for.
const MASK: u8 = 0xa5;
/// `een bankje bij de brug over de vaart naar het park`, masked.
const CODE: [u8; 50] = [
    0xc0, 0xc0, 0xcb, 0x85, 0xc7, 0xc4, 0xcb, 0xce, 0xcf, 0xc0, 0x85, 0xc7, 0xcc, 0xcf, 0x85, 0xc1, 0xc0,
    0x85, 0xc7, 0xd7, 0xd0, 0xc2, 0x85, 0xca, 0xd3, 0xc0, 0xd7, 0x85, 0xc1, 0xc0, 0x85, 0xd3, 0xc4, 0xc4,
    0xd7, 0xd1, 0x85, 0xcb, 0xc4, 0xc4, 0xd7, 0x85, 0xcd, 0xc0, 0xd1, 0x85, 0xd5, 0xc4, 0xd7, 0xce,
];

/// The end of a secret, masked. The allocator overwrites the beginning of what it takes back.
fn masked_end(secret: &[u8]) -> Vec<u8> {
    secret.iter().skip(16).map(|byte| byte ^ MASK).collect()
}

fn code() -> Code {
    let mut text = Zeroizing::new(String::with_capacity(CODE.len()));
    CODE.iter().for_each(|byte| text.push(char::from(byte ^ MASK)));
    Code::new(text)
}

/// How often each of these masked needles is in the writable memory of this process.
fn found(needles: &[Vec<u8>]) -> Vec<usize> {
    let memory = File::open("/proc/self/mem").unwrap();
    let mut begins = [false; 256];
    needles
        .iter()
        .for_each(|needle| begins[usize::from(needle[0] ^ MASK)] = true);
    let mut found = vec![0; needles.len()];
    let mut buffer = Vec::new();
    for (from, length) in writable() {
        buffer.resize(length, 0);
        if memory.read_exact_at(&mut buffer, from).is_err() {
            continue;
        }
        for (at, byte) in buffer.iter().enumerate() {
            if begins[usize::from(*byte)] {
                for (count, needle) in found.iter_mut().zip(needles) {
                    *count += usize::from(is_at(&buffer[at..], needle));
                }
            }
        }
        buffer.fill(0);
    }
    found
}

fn is_at(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.len() >= needle.len()
        && bytes
            .iter()
            .zip(needle)
            .all(|(byte, masked)| byte ^ MASK == *masked)
}

/// Where the writable memory of this process begins, and how long each stretch is.
fn writable() -> Vec<(u64, usize)> {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let hex = |text| u64::from_str_radix(text, 16).unwrap();
    maps.lines()
        .filter_map(|line| {
            let (range, rest) = line.split_once(' ').unwrap();
            let (from, to) = range.split_once('-').unwrap();
            let length = usize::try_from(hex(to) - hex(from)).unwrap();
            rest.starts_with("rw").then_some((hex(from), length))
        })
        .collect()
}

/// Remembers, masked, what the hardware was asked and answered.
struct Overheard<'a> {
    key: FileKey,
    heard: &'a RefCell<Vec<Vec<u8>>>,
}

impl HardwareKey for Overheard<'_> {
    fn bind(&self, input: &[u8]) -> Result<Zeroizing<[u8; 32]>, HardwareError> {
        let answer = self.key.bind(input)?;
        let stretched = &input[input.len() - 32..];
        self.heard
            .borrow_mut()
            .extend([masked_end(stretched), masked_end(answer.as_slice())]);
        Ok(answer)
    }

    fn is_hardware(&self) -> bool {
        false
    }
}

fn lock_and_unlock(folder: &Path, heard: &RefCell<Vec<Vec<u8>>>) -> DatabaseKey {
    let mut randomness = Randomness::of_the_system().unwrap();
    let clocks = Clocks {
        wall: 0,
        boot: Some(BootId::new(Uuid::from_u128(1))),
        mono: Some(0),
    };
    let holder = Holder {
        user: UserId::new(Uuid::from_u128(1)),
        device: DeviceId::new(Uuid::from_u128(2)),
    };
    let hardware = Overheard {
        key: FileKey::create(&folder.join("key"), &mut randomness).unwrap(),
        heard,
    };
    let key = DatabaseKey::generate(&mut randomness);
    let slots = KeySlots::create(&key, &code(), &hardware, holder, Cost::FLOOR, &mut randomness).unwrap();
    drop(key);
    let mut counter = TryCounter::create(&folder.join("tries"), clocks).unwrap();
    let attempt = counter.begin(&clocks).unwrap();
    let (key, passed) = slots.open(&code(), &hardware, holder, attempt).unwrap();
    counter.reset(passed, clocks).unwrap();
    key
}

#[test]
fn the_key_and_the_code_are_not_in_the_memory_of_the_process_after_lock() {
    let folder = tempfile::tempdir().unwrap();
    let heard = RefCell::new(Vec::new());
    let key = lock_and_unlock(folder.path(), &heard);
    let needle = masked_end(key.expose());
    assert_eq!(
        found(std::slice::from_ref(&needle)),
        [1],
        "the key is in its box and nowhere else while it is in use"
    );
    drop(key);
    // The key, the code, and what the code became on its way: stretched, and answered by the hardware, twice.
    let mut needles = vec![needle, CODE[24..].to_vec()];
    needles.extend(heard.into_inner());
    assert_eq!(found(&needles), [0; 6]);
}
