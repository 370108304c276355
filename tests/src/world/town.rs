//! The municipality's server in this process: opened, closed, backed up and put back as an operator would.

use super::random::{Random, SeededIds};
use super::time::{TownClock, TrueTime};
use axum::Router;
use drempel_domain::id::IdSource;
use drempel_server::{App, Options, PageLimits, router};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The server with its data.
pub struct Town {
    data: PathBuf,
    backups: PathBuf,
    clock: Arc<TownClock>,
    ids: Arc<dyn IdSource>,
    pages: PageLimits,
    running: Mutex<Option<(App, Router)>>,
}

impl Town {
    /// A server in that directory, with a municipality in it.
    ///
    /// Its answers carry so many records at most.
    pub(super) fn new(
        directory: &Path,
        municipality: &str,
        time: &Arc<TrueTime>,
        random: Random,
        page: usize,
    ) -> Arc<Self> {
        let town = Self {
            data: directory.join("data"),
            backups: directory.join("backups"),
            clock: TownClock::new(Arc::clone(time)),
            ids: SeededIds::new(Arc::clone(time), random),
            pages: PageLimits {
                records: page,
                ..PageLimits::default()
            },
            running: Mutex::new(None),
        };
        fs::create_dir_all(&town.data).expect("the directory can be made");
        fs::create_dir_all(&town.backups).expect("the directory can be made");
        town.open();
        town.app()
            .import(municipality)
            .expect("the municipality can be imported");
        Arc::new(town)
    }

    /// The server's clock.
    pub fn clock(&self) -> &TownClock {
        &self.clock
    }

    /// The running server.
    ///
    /// # Panics
    /// When it is closed.
    pub fn app(&self) -> App {
        self.running().0
    }

    /// The running server's addresses.
    ///
    /// # Panics
    /// When it is closed.
    pub fn router(&self) -> Router {
        self.running().1
    }

    /// Stops the server at once and starts it again on the same data.
    pub fn restart(&self) {
        self.close();
        self.open();
    }

    /// The server's database.
    pub fn database(&self) -> PathBuf {
        self.data.join("drempel.sqlite")
    }

    /// Makes a backup, replacing an earlier one of that name.
    pub fn back_up(&self, name: &str) {
        let to = self.backups.join(name);
        if to.exists() {
            fs::remove_file(&to).expect("an old backup can be removed");
        }
        self.app().backup(&to).expect("a backup can be made");
    }

    /// Whether there is a backup of that name.
    pub fn has_backup(&self, name: &str) -> bool {
        self.backups.join(name).exists()
    }

    /// Puts a backup back as the manual says: the devices are told.
    pub fn restore(&self, name: &str) {
        self.close();
        App::restore(&self.backups.join(name), &self.data).expect("a backup can be put back");
        self.open();
    }

    /// Puts a backup's file back by hand, as somebody who did not read the manual: nobody is told.
    pub fn restore_silently(&self, name: &str) {
        self.close();
        for beside in ["drempel.sqlite-wal", "drempel.sqlite-shm"] {
            let beside = self.data.join(beside);
            if beside.exists() {
                fs::remove_file(beside).expect("a file can be removed");
            }
        }
        fs::copy(self.backups.join(name), self.database()).expect("a file can be copied");
        self.open();
    }

    fn running(&self) -> (App, Router) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.clone().expect("the server is open")
    }

    fn close(&self) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn open(&self) {
        let clock: Arc<dyn drempel_domain::time::Clock> = self.clock.clone();
        let options = Options {
            pages: self.pages,
            ..Options::default()
        };
        let app = App::open_with(&self.data, clock, Arc::clone(&self.ids), options)
            .expect("the server can be opened");
        let router = router(app.clone());
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some((app, router));
    }
}
