//! Plays a file: every line at its instant, on its device, through the real app and the real server.

use super::PlayError;
use super::control::Order;
use super::deeds::{Rejection, Told, app_deed};
use super::expected::Salvaged;
use super::line::Line;
use super::names::{NamedDevice, Names};
use super::phone::{Phone, Shared};
use super::refs::Refs;
use super::times::{LineIds, TrueTime};
use super::town::Town;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::{Digest, Seq};
use drempel_domain::time::{DAY, MINUTE, Moment};
use drempel_store::Draft;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Everything that happened while a file was played.
pub struct Played {
    /// What the municipality names.
    pub(super) names: Names,
    /// What the lines named.
    pub(super) refs: Refs,
    /// The server.
    pub(super) town: Town,
    /// The devices that are still in use, by their names.
    pub(super) phones: BTreeMap<String, Phone>,
    /// Lines that were not taken.
    pub(super) rejections: Vec<Rejection>,
    /// What people were told.
    pub(super) told: Vec<Told>,
    /// Forms as they were after the app had been killed: the line, the form and what it held.
    pub(super) drafts: Vec<(u64, Draft)>,
    /// What was saved from lost devices.
    pub(super) salvaged: Vec<Salvaged>,
    /// What went otherwise than it should, each in one line.
    pub(super) differences: Vec<String>,
    /// What lines entered that no record has a field for, with how often.
    pub not_carried: BTreeMap<String, usize>,
    /// Lines of kinds that nothing carries out, with how often.
    pub skipped: BTreeMap<String, usize>,
    /// How many lines were carried out.
    pub lines: usize,
    /// How many times a device synchronised.
    pub synchronisations: usize,
    /// What all devices have in common.
    pub(super) shared: Shared,
    /// Since when devices are lost.
    pub(super) lost: BTreeMap<String, Moment>,
    /// Whom the server knows each device as.
    pub(super) devices: BTreeMap<String, DeviceId>,
    /// The form that is open on a device.
    pub(super) open_forms: BTreeMap<String, Draft>,
    /// The line in which each change was made.
    pub(super) made_in: BTreeMap<(String, SpaceId, Seq), u64>,
    /// Refusals of the server that were noted.
    pub(super) known_problems: BTreeSet<(String, SpaceId, Seq)>,
}

/// What is needed to play a file.
#[derive(Clone, Debug)]
pub struct Script<'a> {
    /// The text of the file with the lines.
    pub lines: &'a str,
    /// The text of the municipality file.
    pub municipality: &'a str,
    /// The program of the server.
    pub server: &'a Path,
    /// An empty directory, for the server's and the devices' data.
    pub directory: &'a Path,
    /// From which every identifier follows.
    pub seed: u64,
}

impl Played {
    /// Plays a file from its first line to its last.
    ///
    /// # Errors
    /// [`PlayError`] when it cannot be played at all; what merely goes otherwise than it should is a difference.
    pub async fn play(script: &Script<'_>) -> Result<Self, PlayError> {
        let lines = Line::all(script.lines)?;
        let mut played = Self::begin(
            script,
            lines.first().map_or(Moment::from_millis(0), |line| line.at),
        )
        .await?;
        for line in lines {
            let (n, does, device) = (line.n, line.does.clone(), line.device.clone());
            played.lines += 1;
            if let Err(error) = played.carry_out(line).await {
                played
                    .differences
                    .push(format!("line {n}: {does} on {device}: {error}"));
            }
        }
        for device in played.phones.keys().cloned().collect::<Vec<_>>() {
            played.open(&device).await?;
        }
        Ok(played)
    }

    /// Starts the server and enrols every device of the municipality file, in the week before the first line.
    async fn begin(script: &Script<'_>, first: Moment) -> Result<Self, PlayError> {
        let names = Names::read(script.municipality)?;
        let time = TrueTime::default();
        let town = Town::start(script.server, &script.directory.join("town"), script.seed)?;
        let shared = Shared {
            directory: script.directory.join("phones"),
            address: town.address().to_owned(),
            ids: Arc::new(LineIds::new(time.clone(), script.seed)),
            time,
        };
        let mut played = Self {
            refs: Refs::of(&names),
            names,
            town,
            phones: BTreeMap::new(),
            rejections: Vec::new(),
            told: Vec::new(),
            drafts: Vec::new(),
            salvaged: Vec::new(),
            differences: Vec::new(),
            not_carried: BTreeMap::new(),
            skipped: BTreeMap::new(),
            lines: 0,
            synchronisations: 0,
            shared,
            lost: BTreeMap::new(),
            devices: BTreeMap::new(),
            open_forms: BTreeMap::new(),
            made_in: BTreeMap::new(),
            known_problems: BTreeSet::new(),
        };
        let mut at = first.plus_millis(-7 * DAY);
        played.set_time(at)?;
        played.town.have_done(&Order::Import {
            file: script.municipality.to_owned(),
        })?;
        for device in played.names.devices.clone() {
            at = at.plus_millis(MINUTE);
            played.set_time(at)?;
            played.enrol(&device).await?;
            played.synchronise(&device.id).await?;
        }
        Ok(played)
    }

    fn set_time(&mut self, now: Moment) -> Result<(), PlayError> {
        self.shared.time.set(now);
        self.town.have_done(&Order::SetTime { now })
    }

    pub(super) async fn enrol(&mut self, device: &NamedDevice) -> Result<(), PlayError> {
        let code = self.town.make_code(&device.user)?;
        let phone = match self.phones.remove(&device.id) {
            Some(ended) => ended,
            None => Phone::new(device, &self.shared)?,
        };
        self.devices.insert(device.id.clone(), phone.enrol(&code).await?);
        self.phones.insert(device.id.clone(), phone);
        Ok(())
    }

    async fn carry_out(&mut self, line: Line) -> Result<(), PlayError> {
        self.set_time(line.at)?;
        let in_use = self.phones.contains_key(&line.device) && !self.lost.contains_key(&line.device);
        let connects = matches!(line.does.as_str(), "sync" | "go_online" | "sync_lost_reply");
        if line.online && in_use && !connects {
            self.connect(&line.device).await?;
        }
        let (device, online) = (line.device.clone(), line.online);
        let done = match app_deed(&line.does) {
            Some(_) => self.on_the_app(line).await,
            None => self.around_the_app(line).await,
        };
        if online && !connects && self.phones.contains_key(&device) && !self.lost.contains_key(&device) {
            self.connect(&device).await?;
        }
        done
    }

    /// The server's digest of every space, by its short name.
    ///
    /// # Errors
    /// [`PlayError::Town`].
    pub fn digests(&mut self) -> Result<BTreeMap<String, Digest>, PlayError> {
        let digests = self.town.digests()?;
        Ok(digests
            .into_iter()
            .map(|(space, digest)| (self.names.space_name(space), digest))
            .collect())
    }

    /// How many records lines have named.
    pub fn records(&self) -> usize {
        self.refs
            .iter()
            .filter(|(name, _)| !name.starts_with("spot:"))
            .count()
    }

    /// How many devices are in use at the end.
    pub fn devices(&self) -> usize {
        self.phones.len()
    }

    pub(super) fn phone(&mut self, device: &str) -> Result<&mut Phone, PlayError> {
        self.phones.get_mut(device).ok_or_else(|| not_in_use(device))
    }
}

/// A device that is not, or no longer, in use.
pub(super) fn not_in_use(device: &str) -> PlayError {
    PlayError::line(format!("{device} is not in use"))
}
