//! A device on a disk that fills up: it saves until nothing fits any more, and again once there is room.

use crate::network::device;
use drempel_client::{Client, ClientError};
use drempel_domain::id::SpaceId;
use drempel_domain::records::notes::QuickNote;
use drempel_store::{Query, StoreError};
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// More saves than fit on any disk that this is tried with.
const MOST: usize = 100_000;

/// Saves notes in the library of a device that is enrolled until the disk is full, frees room by removing the file
/// `ballast`, saves again, and prints how many were acknowledged and how many are there, before and after.
///
/// # Errors
/// When the first refusal says anything else than that the disk is full, or nothing can be saved afterwards.
pub fn fill_up(folder: &Path, ballast: &Path, out: &mut impl Write) -> Done {
    let client = device::open(folder)?;
    let team = device::team(&client)?;
    let before = count(&client)?;
    let mut saved = 0;
    let refused = (0..MOST).find_map(|_| match save(&client, team) {
        Ok(()) => {
            saved += 1;
            None
        }
        Err(refused) => Some(refused),
    });
    writeln!(out, "saved {saved}, there {}", count(&client)? - before)?;
    match refused {
        Some(ClientError::Store(StoreError::DiskFull)) => {}
        Some(other) => return Err(other.into()),
        None => return Err("the disk did not fill up".into()),
    }
    fs::remove_file(ballast)?;
    for _ in 0..10 {
        save(&client, team)?;
    }
    writeln!(out, "saved {}, there {}", saved + 10, count(&client)? - before)?;
    Ok(client.close()?)
}

fn save(client: &Client, team: SpaceId) -> Result<(), ClientError> {
    let text = "stond bij de brug en had het koud ".repeat(200);
    client.note(team, &text, None).map(|_| ())
}

/// How many notes there are.
///
/// # Errors
/// When the library cannot be read.
pub fn count(client: &Client) -> Done<usize> {
    let notes = client
        .store()
        .read(|reader| reader.count(&Query::of::<QuickNote>()))?;
    Ok(usize::try_from(notes)?)
}
