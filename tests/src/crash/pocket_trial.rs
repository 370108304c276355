//! The trial of a phone in a pocket: killed again and again, and at the end everything that it acknowledged is there, once.

use super::pocket::{come_to_rest, enrol, start};
use super::victim::{start_pocket, start_server, wait_for_server};
use crate::network::dice::Dice;
use crate::network::site;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Duration;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// The most texts that are heard before a kill, and the longest time after the last of them, in milliseconds: enough to
/// hit an unlocking, a locking or a synchronisation.
const MOST: (u64, u64) = (8, 400);

/// How a trial went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pocketed {
    /// Kills.
    pub kills: u64,
    /// What the phone said to have recorded or saved.
    pub said: usize,
    /// What it said and does not hold, or the server does not have once; one sentence each.
    pub lost: Vec<String>,
}

/// Kills a phone so many times, at moments that the seed decides, and looks at the end.
///
/// `program` is the program `crash`, of which the phone and the server are run.
///
/// # Errors
/// When a process cannot be run, or the phone does not open or come to rest.
pub fn run(program: &Path, folder: &Path, kills: u64, seed: u64) -> Done<Pocketed> {
    let mut dice = Dice::new(seed);
    let mut server = start_server(program, folder)?;
    let address = wait_for_server(folder)?;
    let pocket = folder.join("pocket");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(enrol(&pocket, &address))?;
    let mut said = Vec::new();
    for _ in 0..kills {
        let (mut phone, heard) = start_pocket(program, &pocket, &address, dice.bits())?;
        said.extend(heard.iter().take(usize::try_from(dice.below(MOST.0))?));
        std::thread::sleep(Duration::from_millis(dice.below(MOST.1)));
        phone.kill()?;
        said.extend(heard.iter());
    }
    let phone = start(&pocket)?;
    let notes = runtime.block_on(come_to_rest(&phone, &address))?;
    server.kill()?;
    let received = received(&folder.join("server"))?;
    let mut lost = Vec::new();
    for text in &said {
        if !notes.contains(text) {
            lost.push(format!("{text} is not on the phone"));
        }
        if received.get(text) != Some(&1) {
            lost.push(format!(
                "the server received {text} {:?} times",
                received.get(text)
            ));
        }
    }
    Ok(Pocketed {
        kills,
        said: said.len(),
        lost,
    })
}

/// How often each text was received.
fn received(data: &Path) -> Done<BTreeMap<String, usize>> {
    let mut received = BTreeMap::new();
    for entry in site::open(data)?.log_entries()? {
        let text = entry
            .change
            .as_ref()
            .and_then(|change| change.set.get("text")?.as_text().map(str::to_owned));
        if let Some(text) = text {
            *received.entry(text).or_default() += 1;
        }
    }
    Ok(received)
}
