//! Killing the process while it counts tries and records: each test starts itself again as the process to be killed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use drempel_domain::id::{BootId, DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use drempel_domain::time::{Clocks, HOUR};
use drempel_sealing::capture::{Captures, Recipients};
use drempel_sealing::keys::PrivateKey;
use drempel_sealing::outbox::Outbox;
use drempel_sealing::randomness::Randomness;
use drempel_sealing::tries::{MOST, TryCounter};
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Tells the child which file to work on.
const FILE: &str = "DREMPEL_KILLED_FILE";
/// Before each number that the child has acknowledged.
const DONE: &str = "acknowledged ";
const KILLS: usize = 40;

fn clocks(mono: i64) -> Clocks {
    Clocks {
        wall: 0,
        boot: Some(BootId::new(Uuid::from_u128(1))),
        mono: Some(mono),
    }
}

fn recipients() -> Recipients {
    let public = |byte| PrivateKey::from_bytes(&[byte; 32]).public().unwrap();
    Recipients {
        device: public(1),
        server: public(2),
    }
}

fn space() -> SpaceId {
    SpaceId::new(Uuid::from_u128(4))
}

fn device() -> DeviceId {
    DeviceId::new(Uuid::from_u128(3))
}

/// The file, when this process is the one to be killed.
fn as_child() -> Option<PathBuf> {
    env::var_os(FILE).map(PathBuf::from)
}

fn acknowledge(number: u64) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{DONE}{number}").unwrap();
    out.flush().unwrap();
}

/// Starts this test again as a child, kills it after so many acknowledgements, and says which was the last.
fn kill_after(test: &str, file: &Path, acknowledgements: usize) -> u64 {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(FILE, file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let number = |line: String| line.strip_prefix(DONE).and_then(|number| number.parse().ok());
    let mut numbers = lines.filter_map(number);
    let mut last = 0;
    for _ in 0..acknowledgements {
        last = numbers.next().unwrap_or(last);
    }
    child.kill().unwrap();
    // What it acknowledged between the last line read and its end counts as well.
    let last = numbers.last().unwrap_or(last);
    child.wait().unwrap();
    last
}

#[test]
fn the_try_counter_never_falls_when_the_process_is_killed() {
    if let Some(file) = as_child() {
        let mut counter = TryCounter::open(&file, clocks(0)).unwrap();
        let mut mono = 0;
        loop {
            mono += HOUR;
            let Ok(_attempt) = counter.begin(&clocks(mono)) else {
                return;
            };
            acknowledge(counter.failed().into());
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tries");
    TryCounter::create(&file, clocks(0)).unwrap();
    let mut before = 0;
    for kill in 0..KILLS {
        let acknowledged = kill_after(
            "the_try_counter_never_falls_when_the_process_is_killed",
            &file,
            kill % 3,
        );
        let found = TryCounter::open(&file, clocks(0)).unwrap().failed();
        assert!(u64::from(found) >= acknowledged && found >= before, "kill {kill}");
        before = found;
        if found >= MOST {
            TryCounter::create(&file, clocks(0)).unwrap();
            before = 0;
        }
    }
}

#[test]
fn no_capture_that_was_acknowledged_is_lost_when_the_process_is_killed() {
    let make = |seq: Seq| Zeroizing::new(seq.to_string().repeat(300).into_bytes());
    if let Some(file) = as_child() {
        let mut captures = Captures::open(&file).unwrap();
        let mut randomness = Randomness::of_the_system().unwrap();
        loop {
            let seq = captures.append(make, &recipients(), &mut randomness).unwrap();
            acknowledge(seq.0);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("captures");
    drop(Captures::create(&file, device(), space()).unwrap());
    let key = PrivateKey::from_bytes(&[1; 32]);
    for kill in 0..KILLS {
        let name = "no_capture_that_was_acknowledged_is_lost_when_the_process_is_killed";
        let acknowledged = kill_after(name, &file, kill % 7);
        let mut captures = Captures::open(&file).unwrap();
        assert_eq!(captures.damaged(), 0);
        let captured = captures.read(&key).unwrap();
        assert!(
            u64::try_from(captured.len()).unwrap() >= acknowledged,
            "kill {kill}"
        );
        for (number, capture) in (1..).zip(captured) {
            assert_eq!(capture.seq, Seq(number));
            assert_eq!(capture.change.unwrap(), make(Seq(number)));
        }
    }
}

#[test]
fn no_change_that_was_put_in_the_outbox_is_lost_when_the_process_is_killed() {
    if let Some(file) = as_child() {
        let mut outbox = Outbox::open(&file).unwrap();
        let mut randomness = Randomness::of_the_system().unwrap();
        let mut number = u64::try_from(outbox.len()).unwrap();
        loop {
            number += 1;
            let server = recipients().server;
            outbox
                .append(space(), Seq(number), &[7; 700], server, &mut randomness)
                .unwrap();
            acknowledge(number);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("outbox");
    drop(Outbox::create(&file, device()).unwrap());
    for kill in 0..KILLS {
        let name = "no_change_that_was_put_in_the_outbox_is_lost_when_the_process_is_killed";
        let acknowledged = kill_after(name, &file, kill % 7);
        let outbox = Outbox::open(&file).unwrap();
        assert_eq!(outbox.damaged(), 0);
        let pending = (1..=acknowledged).map(|number| (space(), Seq(number)));
        assert_eq!(outbox.missing(pending, recipients().server), [], "kill {kill}");
    }
}
