//! A phone in somebody's hand: its app, its clocks and its way to the server.

use super::library::{Library, Snapshot};
use super::line::{Line, Sent};
use super::time::DeviceClock;
use drempel_client::Client;
use drempel_client::sync::{SyncError, SyncReport};
use drempel_domain::id::{IdSource, SpaceId};
use drempel_domain::time::Clock;
use std::cell::{Ref, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// One phone.
pub struct Device {
    name: String,
    clock: Arc<DeviceClock>,
    ids: Arc<dyn IdSource>,
    line: Line,
    runtime: Rc<Runtime>,
    library: RefCell<Library>,
    app: RefCell<Option<Rc<Client>>>,
}

impl Device {
    /// A phone with an empty library, not known to the municipality yet.
    pub(super) fn new(
        name: &str,
        clock: Arc<DeviceClock>,
        ids: Arc<dyn IdSource>,
        line: Line,
        runtime: Rc<Runtime>,
        library: Library,
    ) -> Self {
        let device = Self {
            name: name.to_owned(),
            clock,
            ids,
            line,
            runtime,
            library: RefCell::new(library),
            app: RefCell::new(None),
        };
        device.open();
        device
    }

    /// Its name: that of its user, with something behind it for a second phone (`ana-tablet`).
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its user's name.
    pub fn user(&self) -> &str {
        self.name.split('-').next().unwrap_or_default()
    }

    /// What it can do.
    ///
    /// # Panics
    /// When the app is closed.
    pub fn app(&self) -> Rc<Client> {
        self.app.borrow().clone().expect("the app is open")
    }

    /// Its clocks.
    pub fn clock(&self) -> &DeviceClock {
        &self.clock
    }

    /// Its way to the server.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// Its library as files.
    pub fn library(&self) -> Ref<'_, Library> {
        self.library.borrow()
    }

    /// Its user's own space.
    ///
    /// # Panics
    /// Before the first synchronisation.
    pub fn own_space(&self) -> SpaceId {
        let space = self.app().personal_space().expect("the library can be read");
        space.expect("everyone has a space of their own")
    }

    /// Enrols it with a code.
    ///
    /// # Errors
    /// See [`Client::enrol`].
    pub fn enrol(&self, code: &str) -> Result<(), SyncError> {
        let app = self.app();
        self.runtime
            .block_on(app.enrol(&self.line, code, "test"))
            .map(|_| ())
    }

    /// Synchronises once, whatever becomes of it.
    ///
    /// # Errors
    /// See [`Client::synchronise`].
    pub fn try_sync(&self) -> Result<SyncReport, SyncError> {
        let app = self.app();
        self.runtime.block_on(app.synchronise(&self.line))
    }

    /// Synchronises, on a network that works, until nothing is left to send or to read.
    ///
    /// # Panics
    /// When that does not come to its end.
    pub fn sync(&self) -> SyncReport {
        let report = self
            .try_sync()
            .expect("a synchronisation on a network that works");
        assert!(report.complete, "{}: something is left: {report:?}", self.name);
        report
    }

    /// Begins to synchronise, and is killed when it has heard so many answers and taken so many steps since.
    pub fn kill_during_sync(&self, answers: usize, steps: usize) {
        let app = self.app();
        let sync = self.line.until(answers, steps, app.synchronise(&self.line));
        let _ = self.runtime.block_on(sync);
        drop(app);
        self.line.mend();
        self.kill();
    }

    /// Lets a request that seemed lost arrive after all.
    pub fn deliver_late(&self, which: usize) {
        self.runtime.block_on(self.line.deliver_late(which));
    }

    /// Lets a request arrive once more; nobody hears the answer.
    pub fn send_again(&self, sent: &Sent) {
        self.runtime.block_on(self.line.send_again(sent));
    }

    /// The app is killed and started again: only what was on the disk at that instant is there.
    pub fn kill(&self) {
        let snapshot = self.copy();
        self.go_back_to(&snapshot);
    }

    /// The app is closed and started again.
    ///
    /// # Panics
    /// When somebody still holds it.
    pub fn close_and_open(&self) {
        let app = self
            .app
            .borrow_mut()
            .take()
            .and_then(|app| Rc::try_unwrap(app).ok());
        app.expect("nobody holds the app")
            .close()
            .expect("the app can be closed");
        self.open();
    }

    /// The library's files as they are now.
    pub fn copy(&self) -> Snapshot {
        self.library.borrow_mut().copy()
    }

    /// The phone goes on with files as they were at an instant.
    pub fn go_back_to(&self, snapshot: &Snapshot) {
        self.app.borrow_mut().take();
        self.library.borrow_mut().take(snapshot);
        self.open();
    }

    fn open(&self) {
        let library = self.library.borrow();
        let clock: Arc<dyn Clock> = self.clock.clone();
        let app = Client::open(&library.path(), &library.key(), clock, Arc::clone(&self.ids));
        *self.app.borrow_mut() = Some(Rc::new(app.expect("a library of one's own opens")));
    }
}
