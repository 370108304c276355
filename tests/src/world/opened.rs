//! A phone's library as somebody sees it who has its files, its machine and its code.

use super::handset::{CODE, Handset, code};
use drempel_client::phone::FileKey;
use drempel_domain::id::{DeviceId, UserId};
use drempel_domain::time::Clock as _;
use drempel_sealing::slot::{Holder, KeySlots};
use drempel_sealing::tries::TryCounter;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::fs;

/// The doors to the key, as they lie in their file.
#[derive(Deserialize)]
struct Doors {
    user: UserId,
    device: DeviceId,
    slots: Box<RawValue>,
}

impl Handset {
    /// Every byte that the library holds, decrypted: all pages, those that are free included. The app goes on meanwhile.
    ///
    /// # Panics
    /// When there is no library, or [`CODE`] is not the code.
    pub fn plaintext(&self) -> Vec<u8> {
        let files = self.copy("opened");
        let pages = self
            .library_in(&files)
            .serialize("main")
            .map(|pages| pages.to_vec());
        fs::remove_dir_all(&files).expect("a folder can be removed");
        pages.expect("the library can be read whole")
    }

    fn library_in(&self, files: &std::path::Path) -> Connection {
        let doors = fs::read(files.join("app/doors")).expect("a phone that is enrolled has doors");
        let doors: Doors = serde_json::from_slice(&doors).expect("the doors are JSON");
        let slots = KeySlots::from_json(doors.slots.get().as_bytes()).expect("the slots can be read");
        let clocks = self.clock().clocks();
        let mut tries = TryCounter::create(&files.join("tries"), clocks).expect("tries can be counted");
        let attempt = tries.begin(&clocks).expect("the first try is free");
        let (user, device) = (doors.user, doors.device);
        let machine = FileKey::at(&files.join("hardware"));
        let opened = slots.open(&code(CODE), &machine, Holder { user, device }, attempt);
        let (key, _) = opened.expect("the code opens");
        let connection = Connection::open(files.join("app/drempel.db")).expect("the library is a file");
        let digits: String = key.expose().iter().map(|byte| format!("{byte:02x}")).collect();
        let key = ["x'", &digits, "'"].concat();
        connection
            .pragma_update(None, "key", key)
            .expect("a key can be given");
        connection
    }
}
