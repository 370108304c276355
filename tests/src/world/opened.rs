//! A phone's library as somebody sees it who has its files, its machine and its code.

use super::handset::{CODE, Handset, code};
use super::pages::plaintext;
use drempel_client::phone::FileKey;
use drempel_domain::id::{DeviceId, UserId};
use drempel_domain::time::{Clock as _, Clocks};
use drempel_sealing::secret::DatabaseKey;
use drempel_sealing::slot::{Holder, KeySlots};
use drempel_sealing::tries::TryCounter;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::fs;
use std::path::Path;

/// The doors to the key, as they lie in their file.
#[derive(Deserialize)]
struct Doors {
    user: UserId,
    device: DeviceId,
    slots: Box<RawValue>,
}

impl Handset {
    /// Every byte that the library holds, decrypted: all pages, those that are free included, and every earlier state of a
    /// page that is still in its log. The app goes on meanwhile.
    ///
    /// # Panics
    /// When there is no library, or [`CODE`] is not the code.
    pub fn plaintext(&self) -> Vec<u8> {
        let files = self.copy("opened");
        let key = key_in(&files, CODE, self.clock().clocks());
        let pages = plaintext(&files.join("app"), key.expose());
        fs::remove_dir_all(&files).expect("a folder can be removed");
        pages.expect("the library can be read whole").concat()
    }
}

/// The key of the library among the files of a phone: of the app in `app`, of its machine in `hardware`.
///
/// # Panics
/// When they are not those of a phone that is enrolled, or that is not its code.
pub(crate) fn key_in(files: &Path, typed: &str, clocks: Clocks) -> DatabaseKey {
    let doors = fs::read(files.join("app/doors")).expect("a phone that is enrolled has doors");
    let doors: Doors = serde_json::from_slice(&doors).expect("the doors are JSON");
    let slots = KeySlots::from_json(doors.slots.get().as_bytes()).expect("the slots can be read");
    // Beside those of the app, so that this costs its user no try.
    let tried = tempfile::tempdir().expect("a folder can be made");
    let mut tries = TryCounter::create(&tried.path().join("tries"), clocks).expect("tries can be counted");
    let attempt = tries.begin(&clocks).expect("the first try is free");
    let (user, device) = (doors.user, doors.device);
    let machine = FileKey::at(&files.join("hardware"));
    let opened = slots.open(&code(typed), &machine, Holder { user, device }, attempt);
    opened.expect("the code opens").0
}
