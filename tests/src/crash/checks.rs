//! What must be true of files that nobody has open, and of everybody's at the end.

use super::promises::{Promises, halves};
use crate::network::device::{self, LIBRARY};
use crate::network::site;
use drempel_client::Client;
use drempel_client::sync::Http;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// What SQLite finds wrong with the pages of a library.
///
/// # Errors
/// When the file cannot be opened with its key.
pub(super) fn broken_database(folder: &Path) -> Done<Vec<String>> {
    let connection = Connection::open(folder.join(LIBRARY))?;
    let digits: String = device::key(folder)?
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    connection.query_row("pragma cipher_log_level = none", [], |_| Ok(()))?;
    connection.pragma_update(None, "key", ["x'", &digits, "'"].concat())?;
    let mut statement = connection.prepare("pragma integrity_check")?;
    let found = statement.query_map([], |row| row.get::<_, String>(0))?;
    let found = found.collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

/// Every change that a device was told the server has, and that is not in the log of a server that does not run.
///
/// # Errors
/// When the server's data cannot be opened.
pub(super) fn missing_in_log(
    data: &Path,
    received: &BTreeMap<(DeviceId, SpaceId), Seq>,
) -> Done<Vec<String>> {
    let app = site::open(data)?;
    let mut known: BTreeSet<(DeviceId, SpaceId, Seq)> = BTreeSet::new();
    for entry in app.log_entries()? {
        known.insert((entry.device, entry.space, entry.seq));
    }
    let mut missing = Vec::new();
    for ((device, space), through) in received {
        for seq in (1..=through.0).map(Seq) {
            if !known.contains(&(*device, *space, seq)) {
                missing.push(format!("the server's entry {seq} of device {device}"));
            }
        }
    }
    Ok(missing)
}

/// Lets all devices synchronise until nothing is left, stops the server, and says what is not everywhere.
///
/// # Errors
/// When a device does not come to rest, or something cannot be read.
pub(super) fn kept_everywhere(
    folders: &[(&str, PathBuf)],
    address: &str,
    data: &Path,
    promises: &Promises,
    stop_server: impl FnOnce() -> Done,
) -> Done<Vec<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut clients = Vec::new();
    for (user, folder) in folders {
        let client = device::open(folder)?;
        let code = folder.join("enrolment.code");
        runtime.block_on(device::enrol(&client, address, user, &code))?;
        clients.push(client);
    }
    // What one delivers the others learn in the next round.
    for _ in 0..2 {
        for client in &clients {
            let report = runtime.block_on(client.synchronise(&Http::to(address, &[])?))?;
            if !report.complete {
                return Err("a device does not come to rest".into());
            }
        }
    }
    stop_server()?;
    let mut lost = missing_in_log(data, promises.received())?;
    for client in clients {
        lost.extend(promises.broken_records(&client)?);
        lost.extend(halves(&client, usize::MAX)?);
        lost.extend(unlike_server(&client, data)?);
        client.close()?;
    }
    Ok(lost)
}

/// The spaces that the device shows otherwise than the server, which does not run.
fn unlike_server(client: &Client, data: &Path) -> Done<Vec<String>> {
    let digests = site::open(data)?.space_digests()?;
    let mut unlike = Vec::new();
    for granted in client.spaces()? {
        let space = granted.space.id;
        let own = client.store().read(|reader| reader.digest(space))?;
        if digests.get(&space).copied().unwrap_or_default() != own {
            unlike.push(format!("space {space} differs from the server's"));
        }
    }
    Ok(unlike)
}
