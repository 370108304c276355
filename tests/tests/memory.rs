//! After lock, neither the key of the library nor the code is in the memory of the process.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by failing"
)]

use drempel_client::phone::{Code, Cost, FileKey, Machine, Phone, Unlocking};
use drempel_domain::id::{DeviceId, UserId};
use drempel_sealing::slot::{Holder, KeySlots};
use drempel_sealing::tries::TryCounter;
use drempel_tests::world::World;
use serde_json::Value;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Needles are kept masked, so that the haystack does not hold them only because they are looked for.
const MASK: u8 = 0xa5;
/// `een bankje bij de brug over de vaart naar het park`, masked.
const CODE: [u8; 50] = [
    0xc0, 0xc0, 0xcb, 0x85, 0xc7, 0xc4, 0xcb, 0xce, 0xcf, 0xc0, 0x85, 0xc7, 0xcc, 0xcf, 0x85, 0xc1, 0xc0,
    0x85, 0xc7, 0xd7, 0xd0, 0xc2, 0x85, 0xca, 0xd3, 0xc0, 0xd7, 0x85, 0xc1, 0xc0, 0x85, 0xd3, 0xc4, 0xc4,
    0xd7, 0xd1, 0x85, 0xcb, 0xc4, 0xc4, 0xd7, 0x85, 0xcd, 0xc0, 0xd1, 0x85, 0xd5, 0xc4, 0xd7, 0xce,
];

fn code() -> Code {
    let mut text = Zeroizing::new(String::with_capacity(CODE.len()));
    CODE.iter().for_each(|byte| text.push(char::from(byte ^ MASK)));
    Code::new(text)
}

/// The end of a secret, masked. The allocator overwrites the beginning of what it takes back.
fn masked_end(secret: &[u8]) -> Vec<u8> {
    secret
        .iter()
        .skip(secret.len() / 2)
        .map(|byte| byte ^ MASK)
        .collect()
}

/// The key of the library, as bytes and as the digits in which the database is given it, each masked.
fn masked_keys(folder: &Path, machine: &Machine) -> [Vec<u8>; 2] {
    let doors: Value = serde_json::from_slice(&fs::read(folder.join("doors")).unwrap()).unwrap();
    let id = |name: &str| doors[name].as_str().unwrap().parse().unwrap();
    let holder = Holder {
        user: UserId::new(id("user")),
        device: DeviceId::new(id("device")),
    };
    let slots = KeySlots::from_json(doors["slots"].to_string().as_bytes()).unwrap();
    let clocks = machine.clock.clocks();
    let mut tries = TryCounter::create(&folder.join("tries-of-the-test"), clocks).unwrap();
    let attempt = tries.begin(&clocks).unwrap();
    let (key, _passed) = slots.open(&code(), &*machine.hardware, holder, attempt).unwrap();
    let mut digits = Zeroizing::new(Vec::with_capacity(64));
    for byte in key.expose() {
        for half in [byte >> 4, byte & 15] {
            digits.push(b"0123456789abcdef"[usize::from(half)]);
        }
    }
    [masked_end(key.expose()), masked_end(&digits)]
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

#[test]
fn the_key_and_the_code_are_not_in_the_memory_of_the_process_after_lock() {
    let world = World::new();
    let line = world.new_handset("ana");
    let folder = line.folder();
    let app = folder.join("own");
    let mut machine = Machine::with_key(Arc::new(FileKey::at(&folder.join("own-key"))));
    machine.cost = Some(Cost::FLOOR);
    let phone = Phone::start(&app, machine.clone()).unwrap();
    let invitation = world.town().app().make_code("ana").unwrap();
    line.wait(async {
        phone.choose_code(&code()).await.unwrap();
        phone.enrol(line.line(), &invitation, "test").await.unwrap();
        phone.synchronise(line.line()).await.unwrap();
        phone.lock().await.unwrap();
        assert_eq!(phone.unlock(&code()).await.unwrap(), Unlocking::Open);
    });
    let mut needles = masked_keys(&app, &machine).to_vec();
    assert!(found(&needles)[0] > 0, "an open library has its key");
    line.wait(phone.lock()).unwrap();
    needles.push(CODE[25..].to_vec());
    assert_eq!(found(&needles), [0; 3]);
}
