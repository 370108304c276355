//! The trial: devices and a server that are killed again and again, and what is checked after every kill and at the end.

use super::checks::{broken_database, kept_everywhere, missing_in_log};
use super::deed::Deed;
use super::promises::{Promises, halves};
use super::victim::{Victim, start_device, start_server, wait_for_server};
use crate::network::device::{self, LIBRARY};
use crate::network::dice::Dice;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::Duration;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// Whose devices take part.
const USERS: [&str; 2] = ["ana", "bo"];
/// How many of a person's most recent contacts are looked at after each kill; at the end it is all of them.
const RECENT: usize = 40;
/// The longest time between two kills. Short ones hit a start, a migration or an enrolment.
const LONGEST: u64 = 150_000;

/// How a trial went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Kills of devices.
    pub device_kills: u64,
    /// Kills of the server.
    pub server_kills: u64,
    /// Saves that devices said to have made.
    pub saves: u64,
    /// Changes that devices said the server has.
    pub received: u64,
    /// What was promised and is not there, or is there by half; one sentence each.
    pub lost: Vec<String>,
}

/// Kills so many times, at moments that the seed decides, and checks.
///
/// `program` is the program `crash`, of which the devices and the server are run.
///
/// # Errors
/// When a process cannot be run, a database does not open, or a device never comes to rest.
pub fn run(program: &Path, folder: &Path, kills: u64, seed: u64) -> Done<Tally> {
    let mut trial = Trial::begin(program, folder, seed)?;
    for _ in 0..kills {
        trial.kill_one()?;
    }
    trial.finish()
}

/// A device in all its lives.
struct Device {
    user: &'static str,
    victim: Victim,
    said: Receiver<Deed>,
    /// Everything that it said.
    promises: Promises,
    /// What it said since its library was last looked into.
    fresh: Promises,
}

struct Trial {
    program: PathBuf,
    folder: PathBuf,
    dice: Dice,
    server: Victim,
    devices: Vec<Device>,
    tally: Tally,
}

impl Trial {
    fn begin(program: &Path, folder: &Path, seed: u64) -> Done<Self> {
        let mut dice = Dice::new(seed);
        let server = start_server(program, folder)?;
        let mut devices = Vec::new();
        for user in USERS {
            let (victim, said) = start_device(program, folder, user, dice.bits())?;
            devices.push(Device {
                user,
                victim,
                said,
                promises: Promises::default(),
                fresh: Promises::default(),
            });
        }
        Ok(Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            dice,
            server,
            devices,
            tally: Tally::default(),
        })
    }

    fn kill_one(&mut self) -> Done {
        let moment = Duration::from_micros(self.dice.below(LONGEST));
        let which = usize::try_from(self.dice.below(3))?;
        // Listening to any one of them is a way to wait.
        if let Some(device) = self.devices.get_mut(which % USERS.len()) {
            device.listen(moment);
        }
        match which < USERS.len() {
            true => self.kill_device(which),
            false => self.kill_server(),
        }
    }

    fn kill_device(&mut self, which: usize) -> Done {
        self.tally.device_kills += 1;
        let seed = self.dice.bits();
        let Some(device) = self.devices.get_mut(which) else {
            return Ok(());
        };
        device.kill()?;
        self.tally.lost.extend(device.look_into(&self.folder)?);
        (device.victim, device.said) = start_device(&self.program, &self.folder, device.user, seed)?;
        Ok(())
    }

    fn kill_server(&mut self) -> Done {
        self.tally.server_kills += 1;
        self.server.kill()?;
        let lost = self.look_into_log()?;
        self.tally.lost.extend(lost);
        self.server = start_server(&self.program, &self.folder)?;
        Ok(())
    }

    fn look_into_log(&mut self) -> Done<Vec<String>> {
        let mut all = Promises::default();
        for device in &mut self.devices {
            device.listen(Duration::ZERO);
            all.add(device.promises.clone());
            all.add(device.fresh.clone());
        }
        missing_in_log(&self.folder.join("server"), all.received())
    }

    /// Kills everything once more, lets all come to rest, and looks whether everything is everywhere.
    fn finish(mut self) -> Done<Tally> {
        self.server.kill()?;
        for device in &mut self.devices {
            device.kill()?;
            self.tally.lost.extend(device.look_into(&self.folder)?);
            self.tally.saves += device.promises.saves();
            self.tally.received += device.promises.received().values().map(|seq| seq.0).sum::<u64>();
        }
        let lost = self.look_into_log()?;
        self.tally.lost.extend(lost);
        let _ = fs::remove_file(self.folder.join("address"));
        self.server = start_server(&self.program, &self.folder)?;
        let address = wait_for_server(&self.folder)?;
        let mut all = Promises::default();
        self.devices
            .iter()
            .for_each(|device| all.add(device.promises.clone()));
        let folders: Vec<_> = USERS.iter().map(|user| (*user, self.folder.join(user))).collect();
        let server = self.folder.join("server");
        let stop = || self.server.kill();
        self.tally
            .lost
            .extend(kept_everywhere(&folders, &address, &server, &all, stop)?);
        Ok(self.tally)
    }
}

impl Device {
    /// Listens for so long; when it has gone silent before, no longer.
    fn listen(&mut self, longest: Duration) {
        let mut left = longest;
        let stopwatch = crate::bench::clock::Stopwatch::start();
        while let Ok(deed) = self.said.recv_timeout(left) {
            self.fresh.note(deed);
            left = longest.saturating_sub(stopwatch.elapsed());
        }
    }

    /// Kills it, and hears what it still said before.
    fn kill(&mut self) -> Done {
        self.victim.kill()?;
        while let Ok(deed) = self.said.recv() {
            self.fresh.note(deed);
        }
        Ok(())
    }

    /// Everything that was promised and that the library, as the kill left it, does not hold whole.
    fn look_into(&mut self, folder: &Path) -> Done<Vec<String>> {
        let folder = folder.join(self.user);
        let fresh = std::mem::take(&mut self.fresh);
        let mut lost = Vec::new();
        if folder.join(LIBRARY).exists() {
            let client = device::open(&folder)?;
            lost.extend(fresh.broken_records(&client)?);
            lost.extend(fresh.broken_drafts(&client)?);
            if client.is_enrolled()? {
                lost.extend(halves(&client, RECENT)?);
            }
            client.close()?;
            lost.extend(broken_database(&folder)?);
        }
        self.promises.add(fresh);
        Ok(lost)
    }
}
