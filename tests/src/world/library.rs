//! A device's library as files: copied at an instant, put back, looked into and damaged from outside.

use drempel_store::Key;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

/// The library's files of one device.
#[derive(Debug)]
pub struct Library {
    directory: PathBuf,
    generation: u32,
    copies: u32,
    key: [u8; 32],
}

/// A library's files as they were at an instant.
#[derive(Clone, Debug)]
pub struct Snapshot(PathBuf);

impl Library {
    pub(super) fn new(directory: PathBuf, key: [u8; 32]) -> Self {
        let library = Self {
            directory,
            generation: 0,
            copies: 0,
            key,
        };
        library.make_directory();
        library
    }

    /// A library of another phone that begins with these files, and is opened by the same key.
    pub(super) fn twin(&self, directory: PathBuf, snapshot: &Snapshot) -> Self {
        let twin = Self::new(directory, self.key);
        copy_all(&snapshot.0, &twin.place());
        twin
    }

    /// The database's file.
    pub fn path(&self) -> PathBuf {
        self.place().join("library.db")
    }

    /// The key that opens it.
    pub fn key(&self) -> Key {
        Key::new(self.key)
    }

    /// The files as they are now, whoever has them open.
    pub fn copy(&mut self) -> Snapshot {
        let from = self.place();
        self.copies += 1;
        let to = self.directory.join(["copy-", &self.copies.to_string()].concat());
        copy_all(&from, &to);
        Snapshot(to)
    }

    /// Goes on with files as they were; nobody may have the library open.
    pub fn take(&mut self, snapshot: &Snapshot) {
        self.generation += 1;
        copy_all(&snapshot.0, &self.place());
    }

    /// Opens the database beside the app, with the right key.
    pub fn connection(&self) -> Connection {
        let connection = Connection::open(self.path()).expect("the library is a file");
        let digits: String = self.key.iter().map(|byte| format!("{byte:02x}")).collect();
        let key = ["x'", &digits, "'"].concat();
        connection
            .pragma_update(None, "key", key)
            .expect("a key can be given");
        connection
    }

    /// Every byte that the library holds, decrypted: all pages, those that are free included.
    pub fn plaintext(&self) -> Vec<u8> {
        let connection = self.connection();
        let pages = connection
            .serialize("main")
            .expect("the library can be read whole");
        pages.to_vec()
    }

    /// Every byte of the database's file alone, decrypted, without what still stands in its write-ahead log.
    pub fn plaintext_of_file(&self) -> Vec<u8> {
        let alone = Self {
            directory: self.directory.join("alone"),
            generation: 0,
            copies: 0,
            key: self.key,
        };
        alone.make_directory();
        fs::copy(self.path(), alone.path()).expect("a library can be copied");
        let pages = alone.plaintext();
        fs::remove_dir_all(&alone.directory).expect("a copy can be removed");
        pages
    }

    fn place(&self) -> PathBuf {
        self.directory.join(self.generation.to_string())
    }

    fn make_directory(&self) {
        fs::create_dir_all(self.place()).expect("the directory can be made");
    }
}

/// Copies the database and its log, without the index of the log, which SQLite makes anew.
fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the directory can be made");
    for name in ["library.db", "library.db-wal"] {
        if from.join(name).exists() {
            fs::copy(from.join(name), to.join(name)).expect("a library can be copied");
        }
    }
}
