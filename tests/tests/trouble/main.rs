//! What is wrong with a disk, a file or a start is said in a clear sentence, and nothing is lost by it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by failing"
)]

mod disk;
mod library;
mod server;

use drempel_client::Client;
use drempel_tests::network::device::{enrol, open, team};
use drempel_tests::network::site::Site;
use std::path::{Path, PathBuf};

/// The program that holds the devices and servers to be killed.
const CRASH: &str = env!("CARGO_BIN_EXE_crash");

/// A device of ana's below that folder, enrolled and closed; its folder.
fn enrolled_device(folder: &Path) -> PathBuf {
    let device = folder.join("ana");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let site = Site::start(&folder.join("server")).await.unwrap();
        let client = open(&device).unwrap();
        enrol(&client, &site.address(), "ana", &device.join("code"))
            .await
            .unwrap();
        client.close().unwrap();
    });
    device
}

fn note(client: &Client, text: &str) {
    let _ = client.note(team(client).unwrap(), text, None).unwrap();
}
