//! A municipality with its server and its phones in one process, everything repeatable from a seed.

use super::device::Device;
use super::handset::Handset;
use super::library::Library;
use super::line::Line;
use super::municipality;
use super::random::{Random, SeededIds};
use super::time::{DeviceClock, TrueTime};
use super::town::Town;
use drempel_domain::id::{SpaceId, UserId};
use drempel_domain::time::Moment;
use drempel_protocol::limits::PAGE_RECORDS;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// Monday 2 March 2026, eight in the evening: the round begins.
pub const BEGIN: Moment = Moment::from_millis(1_772_478_000_000);

/// A small municipality in which everything happens when a test says so.
pub struct World {
    devices: RefCell<BTreeMap<String, Rc<Device>>>,
    town: Arc<Town>,
    time: Arc<TrueTime>,
    random: RefCell<Random>,
    runtime: Rc<Runtime>,
    // Last, so that everything in it is closed before it is removed.
    directory: TempDir,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// A municipality on the evening of [`BEGIN`], with a server and without phones.
    pub fn new() -> Self {
        Self::with(1, PAGE_RECORDS)
    }

    /// The same, with the identifiers of that seed, and so many records on a page of the server's answers.
    pub fn with(seed: u64, page: usize) -> Self {
        let directory = directory();
        let time = TrueTime::from(BEGIN);
        let mut random = Random::new(seed);
        let town = Town::new(directory.path(), municipality::FILE, &time, random.fork(), page);
        Self::around(town, time, random, directory)
    }

    /// Another municipality, from that instant on, whose server's data stay behind in `directory`, in its folder `data`.
    pub fn of(directory: &Path, municipality: &str, begin: Moment) -> Self {
        let time = TrueTime::from(begin);
        let mut random = Random::new(1);
        let town = Town::new(directory, municipality, &time, random.fork(), PAGE_RECORDS);
        Self::around(town, time, random, self::directory())
    }

    fn around(town: Arc<Town>, time: Arc<TrueTime>, random: Random, directory: TempDir) -> Self {
        Self {
            devices: RefCell::default(),
            town,
            time,
            random: RefCell::new(random),
            runtime: Rc::new(
                Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a runtime"),
            ),
            directory,
        }
    }

    /// The phone of that name; the first time it is enrolled for its user and synchronised once.
    ///
    /// `ana`, `bo` and `chris` have a phone; `ana-tablet` is another one of ana's.
    pub fn device(&self, name: &str) -> Rc<Device> {
        let known = self.devices.borrow().get(name).cloned();
        known.unwrap_or_else(|| {
            let device = self.new_device(name);
            let code = self
                .town
                .app()
                .make_code(device.user())
                .expect("a code for somebody known");
            device.enrol(&code).expect("a new phone can be enrolled");
            device.sync();
            device
        })
    }

    /// A phone of that name that the municipality does not know yet.
    pub fn new_device(&self, name: &str) -> Rc<Device> {
        let mut key = [0; 32];
        let mut random = self.random.borrow_mut().fork();
        key.chunks_mut(8)
            .for_each(|bytes| bytes.copy_from_slice(&random.number().to_be_bytes()));
        self.device_with(name, Library::new(self.directory.path().join(name), key))
    }

    /// A phone of that name with its whole app, which the municipality does not know yet.
    pub fn new_handset(&self, name: &str) -> Handset {
        let mut random = self.random.borrow_mut();
        Handset::new(
            name,
            self.directory.path().join(["handset-", name].concat()),
            DeviceClock::new(Arc::clone(&self.time), random.fork()),
            SeededIds::new(Arc::clone(&self.time), random.fork()),
            Line::new(Arc::clone(&self.town), Arc::clone(&self.time)),
            Rc::clone(&self.runtime),
        )
    }

    /// The same, enrolled for its user, open, and synchronised once.
    pub fn handset(&self, name: &str) -> Handset {
        let handset = self.new_handset(name);
        let invitation = self
            .town
            .app()
            .make_code(handset.user())
            .expect("a code for somebody known");
        handset.enrol(&invitation);
        handset.sync();
        handset
    }

    /// A second phone that goes on with a copy of another one's files, its key and token included.
    pub fn twin(&self, of: &Device, name: &str) -> Rc<Device> {
        let snapshot = of.copy();
        let library = of.library().twin(self.directory.path().join(name), &snapshot);
        self.device_with(name, library)
    }

    fn device_with(&self, name: &str, library: Library) -> Rc<Device> {
        let mut random = self.random.borrow_mut();
        let device = Rc::new(Device::new(
            name,
            DeviceClock::new(Arc::clone(&self.time), random.fork()),
            SeededIds::new(Arc::clone(&self.time), random.fork()),
            Line::new(Arc::clone(&self.town), Arc::clone(&self.time)),
            Rc::clone(&self.runtime),
            library,
        ));
        self.devices
            .borrow_mut()
            .insert(name.to_owned(), Rc::clone(&device));
        device
    }

    /// Every phone, by name.
    pub fn devices(&self) -> Vec<Rc<Device>> {
        self.devices.borrow().values().cloned().collect()
    }

    /// The server.
    pub fn town(&self) -> &Town {
        &self.town
    }

    /// The true time.
    pub fn time(&self) -> &TrueTime {
        &self.time
    }

    /// So many milliseconds pass.
    pub fn pass(&self, millis: i64) {
        self.time.pass(millis);
    }

    /// The space of that name: `team`, `joint`, `wpg`, `casemanagement`, `own-ana` …
    pub fn space(&self, name: &str) -> SpaceId {
        municipality::space(name)
    }

    /// Every space.
    pub fn all_spaces(&self) -> Vec<SpaceId> {
        municipality::SPACES
            .iter()
            .map(|name| municipality::space(name))
            .collect()
    }

    /// The user of that name.
    pub fn user(&self, name: &str) -> UserId {
        municipality::user(name)
    }

    /// The networks work again and every phone synchronises, twice, so that everyone has what everyone sent.
    pub fn settle(&self) {
        for _ in 0..2 {
            for device in self.devices() {
                device.line().mend();
                device.sync();
            }
        }
    }

    /// Whether every phone holds exactly what the server has for its spaces.
    ///
    /// # Panics
    /// When one does not, naming the phone and the space.
    pub fn assert_alike(&self) {
        let server = self.town.app().space_digests().expect("the server can be read");
        for device in self.devices() {
            let app = device.app();
            for granted in app.spaces().expect("the library can be read") {
                let space = granted.space.id;
                let own = app
                    .store()
                    .read(|reader| reader.digest(space))
                    .expect("the library can be read");
                let theirs = server.get(&space).copied().unwrap_or_default();
                assert_eq!(
                    own,
                    theirs,
                    "{} differs from the server in {space}",
                    device.name()
                );
            }
        }
    }
}

/// A directory that vanishes with the world, in memory where the system offers that.
fn directory() -> TempDir {
    let in_memory = Path::new("/dev/shm");
    let made = match in_memory.is_dir() {
        true => TempDir::new_in(in_memory),
        false => TempDir::new(),
    };
    made.expect("a temporary directory")
}
