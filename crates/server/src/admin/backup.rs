//! Backups: a copy of one state of the database, and putting one back.

use super::AdminError;
use crate::app::App;
use crate::audit::Event;
use crate::data_directory::DataDirectory;
use crate::storage::Storage;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

impl App {
    /// Copies the database into a new file while the server runs on. Once the file is safely on its disk, devices are
    /// told that what it covers need not be kept for a restore.
    ///
    /// The journal of erasures lies beside the database and is kept apart from backups on purpose: it must be newer
    /// than the backup that is put back.
    pub fn backup(&self, to: &Path) -> Result<(), AdminError> {
        if to.exists() {
            return Err(AdminError::File(
                "there is a file of that name already".to_owned(),
            ));
        }
        let part = with_suffix(to, ".part");
        remove_if_there(&part)?;
        self.storage().copy_to(&part)?;
        settle(&part, to).map_err(cannot("written"))?;
        let delivered = Storage::delivered_in(to)?;
        self.storage().set_durable(&delivered)?;
        Ok(self.storage().audit(&Event::BackedUp, self.now())?)
    }

    /// Puts a backup in the place of the database in a data directory on which no server runs. A database that is
    /// there already is kept beside it. The next start begins a new life of the log, carries out the erasures of the
    /// journal, and devices send again what the backup does not cover.
    pub fn restore(from: &Path, data: &Path) -> Result<(), AdminError> {
        let directory = DataDirectory::take(data).map_err(|error| AdminError::File(error.to_string()))?;
        Storage::check_file(from).map_err(|error| AdminError::File(error.to_string()))?;
        let database = directory.database();
        let part = with_suffix(&database, ".part");
        remove_if_there(&part)?;
        fs::copy(from, &part).map_err(cannot("copied"))?;
        Storage::prepare_restored(&part).map_err(|error| AdminError::File(error.to_string()))?;
        put_aside(&database).map_err(cannot("moved"))?;
        settle(&part, &database).map_err(cannot("written"))
    }
}

fn cannot(done: &'static str) -> impl Fn(std::io::Error) -> AdminError {
    move |error| AdminError::File(["the file cannot be ", done, ": ", &error.to_string()].concat())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> Result<(), AdminError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(cannot("replaced")(error)),
        _ => Ok(()),
    }
}

/// Makes a finished file durable under its own name.
fn settle(part: &Path, whole: &Path) -> std::io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, whole)?;
    match whole.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => File::open(parent)?.sync_all(),
        None => File::open(".")?.sync_all(),
    }
}

/// Moves a database with its write-ahead log to a name that is free.
fn put_aside(database: &Path) -> std::io::Result<()> {
    if !database.exists() {
        return Ok(());
    }
    let free = (1_u32..)
        .map(|number| with_suffix(database, &[".replaced-", &number.to_string()].concat()))
        .find(|name| !name.exists());
    let Some(free) = free else {
        return Ok(());
    };
    for suffix in ["-wal", "-shm", ""] {
        let file = with_suffix(database, suffix);
        if file.exists() {
            fs::rename(&file, with_suffix(&free, suffix))?;
        }
    }
    Ok(())
}
