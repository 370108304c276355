//! A phone with its whole app: its folder, its lock, its clocks and its way to the server.

use super::line::Line;
use super::time::DeviceClock;
use drempel_client::phone::{
    Code, Cost, Delivered, DeviceKey, Enrolling, FileKey, Machine, Phone, PhoneError, Unlocking,
};
use drempel_client::sync::SyncReport;
use drempel_domain::id::{IdSource, RecordId};
use drempel_domain::records::notes::QuickNote;
use drempel_sealing::randomness::Randomness;
use drempel_store::Query;
use std::cell::{Ref, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use tokio::runtime::Runtime;
use zeroize::Zeroizing;

/// The code of every handset until it is changed.
pub const CODE: &str = "82047193";

/// A phone in somebody's hand, of which a test can look at every file.
pub struct Handset {
    user: String,
    /// The folder of this life: a kill goes on with a copy of what was on the disk.
    folder: RefCell<PathBuf>,
    machine: RefCell<Machine>,
    clock: Arc<DeviceClock>,
    line: Line,
    runtime: Rc<Runtime>,
    phone: RefCell<Option<Phone>>,
}

impl Handset {
    pub(super) fn new(
        name: &str,
        folder: PathBuf,
        clock: Arc<DeviceClock>,
        ids: Arc<dyn IdSource>,
        line: Line,
        runtime: Rc<Runtime>,
    ) -> Self {
        fs::create_dir_all(&folder).expect("a folder can be made");
        let machine = Machine {
            clock: clock.clone(),
            ids,
            randomness: Randomness::of_the_system,
            hardware: Arc::new(FileKey::at(&folder.join("hardware"))),
            biometrics: None,
            cost: Some(Cost::FLOOR),
        };
        let handset = Self {
            user: name.split('-').next().unwrap_or_default().to_owned(),
            folder: RefCell::new(folder),
            machine: RefCell::new(machine),
            clock,
            line,
            runtime,
            phone: RefCell::default(),
        };
        handset.start();
        handset
    }

    /// Its user's name.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The app.
    ///
    /// # Panics
    /// When it is closed.
    pub fn phone(&self) -> Ref<'_, Phone> {
        Ref::map(self.phone.borrow(), |phone| phone.as_ref().expect("the app runs"))
    }

    /// Its clocks.
    pub fn clock(&self) -> &DeviceClock {
        &self.clock
    }

    /// Its way to the server.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// The folder with all its files.
    pub fn folder(&self) -> PathBuf {
        self.folder.borrow().clone()
    }

    /// Waits for something that the app does.
    pub fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        self.runtime.block_on(what)
    }

    /// Chooses the code and enrols with an invitation of that code; how far it came.
    ///
    /// # Panics
    /// When it is refused.
    pub fn enrol(&self, invitation: &str) -> Enrolling {
        let phone = self.phone();
        self.wait(async {
            phone
                .choose_code(&code(CODE))
                .await
                .expect("a code can be chosen");
            phone
                .enrol(&self.line, invitation, "test")
                .await
                .expect("it can be enrolled")
        })
    }

    /// Tries a code.
    ///
    /// # Panics
    /// When the machine fails.
    pub fn unlock(&self, typed: &str) -> Unlocking {
        self.wait(self.phone().unlock(&code(typed)))
            .expect("a code can be tried")
    }

    /// Lets the time that passed have its effect, and unlocks.
    ///
    /// # Panics
    /// When the machine fails.
    pub fn unlock_after_idling(&self) {
        self.wait(self.phone().tick()).expect("time can pass");
        self.unlock(CODE);
    }

    /// Locks.
    ///
    /// # Panics
    /// When the library cannot be closed.
    pub fn lock(&self) {
        self.wait(self.phone().lock()).expect("it can be locked");
    }

    /// Synchronises.
    ///
    /// # Panics
    /// When that fails.
    pub fn sync(&self) -> SyncReport {
        self.wait(self.phone().synchronise(&self.line))
            .expect("a synchronisation on a network that works")
    }

    /// Hands in what lies sealed.
    ///
    /// # Panics
    /// When that fails.
    pub fn deliver(&self) -> Delivered {
        self.wait(self.phone().deliver(&self.line))
            .expect("a deposit on a network that works")
    }

    /// Saves a note to its user's own space.
    ///
    /// # Panics
    /// When the phone is not open.
    pub fn note(&self, text: &str) -> RecordId {
        let saved = self.phone().with_open(|client| {
            let space = client
                .personal_space()
                .expect("the library can be read")
                .expect("everyone has a space of their own");
            client.note(space, text, None).expect("a note can be saved")
        });
        let saved = saved.expect("the phone is open");
        saved.first::<QuickNote>().expect("a note was saved").record()
    }

    /// The texts of the notes that wait to be processed, in order.
    ///
    /// # Panics
    /// When the phone is not open.
    pub fn notes(&self) -> Vec<String> {
        let found = self.phone().with_open(|client| {
            client
                .store()
                .read(|reader| reader.find(&Query::of::<QuickNote>()))
                .expect("the library can be read")
        });
        let found = found.expect("the phone is open");
        let mut texts: Vec<String> = found
            .iter()
            .filter_map(|stored| stored.typed::<QuickNote>().text)
            .collect();
        texts.sort();
        texts
    }

    /// Records a note while locked; how many wait now.
    ///
    /// # Panics
    /// When it is refused.
    pub fn set_aside(&self, text: &str) -> usize {
        let note = QuickNote {
            text: Some(text.to_owned()),
            ..QuickNote::default()
        };
        self.phone()
            .set_aside(note, None)
            .expect("a note can be recorded while locked")
    }

    /// Changes something of the machine, at the next start.
    pub fn change_machine(&self, change: impl FnOnce(&mut Machine)) {
        change(&mut self.machine.borrow_mut());
    }

    /// The app is killed, and started again with what was on the disk at that instant.
    pub fn kill(&self) {
        let dead = self.folder();
        let name = dead
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let alive = dead.with_file_name([name, "+"].concat());
        copy_folder(&dead, &alive);
        self.close();
        fs::remove_dir_all(&dead).expect("a folder can be removed");
        self.move_to(alive);
        self.start();
    }

    /// A copy of all files as they are now, the machine's key among them.
    pub fn copy(&self, name: &str) -> PathBuf {
        let to = self.folder().with_file_name(name);
        copy_folder(&self.folder(), &to);
        to
    }

    /// Goes on with files as they were copied.
    pub fn go_back_to(&self, files: &Path) {
        self.close();
        self.move_to(files.to_owned());
        self.start();
    }

    /// Goes on with the files in that folder.
    fn move_to(&self, folder: PathBuf) {
        let hardware: Arc<dyn DeviceKey> = Arc::new(FileKey::at(&folder.join("hardware")));
        self.change_machine(|machine| machine.hardware = hardware);
        *self.folder.borrow_mut() = folder;
    }

    /// Takes the app out of memory, as when it ends.
    pub fn close(&self) {
        self.phone.borrow_mut().take();
    }

    /// Starts the app.
    ///
    /// # Panics
    /// When its files cannot be used.
    pub fn start(&self) {
        self.try_start().expect("the app can be started");
    }

    /// Starts the app, whatever is in its files.
    ///
    /// # Errors
    /// See [`Phone::start`].
    pub fn try_start(&self) -> Result<(), PhoneError> {
        let phone = Phone::start(&self.folder().join("app"), self.machine.borrow().clone())?;
        *self.phone.borrow_mut() = Some(phone);
        Ok(())
    }

    /// Every file of the app, the machine's key among them, with its bytes.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        look_into(&self.folder(), &mut files);
        files
    }
}

/// A code as it was typed.
pub fn code(text: &str) -> Code {
    Code::new(Zeroizing::new(text.to_owned()))
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be read") {
        let entry = entry.expect("a folder can be read").path();
        let to = to.join(entry.file_name().unwrap_or_default());
        match entry.is_dir() {
            true => copy_folder(&entry, &to),
            // SQLite makes the index of its log anew. The permissions come along: a key that others may read is refused.
            false if to.to_string_lossy().ends_with("-shm") => {}
            false => drop(fs::copy(&entry, &to).expect("a file can be copied")),
        }
    }
}

fn look_into(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let entry = entry.expect("a folder can be read").path();
        match entry.is_dir() {
            true => look_into(&entry, files),
            false => {
                let bytes = fs::read(&entry).expect("a file can be read");
                files.push((entry, bytes));
            }
        }
    }
}
