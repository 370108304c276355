//! Opening a database: what is refused, and that it is left alone.

use crate::support::{ana, id, key, note};
use drempel_store::{Key, OpenError, Store};
use std::fs;
use std::path::Path;

fn refusal(path: &Path, key: &Key) -> OpenError {
    match Store::open(path, key) {
        Ok(_) => panic!("the database was opened"),
        Err(error) => error,
    }
}

#[test]
fn what_was_saved_is_there_after_a_restart() {
    let ana = ana();
    ana.make("street_contact", id(1), note("bij de hal"));
    let ana = ana.restart().unwrap();
    assert_eq!(ana.shown(id(1), "note"), Some("bij de hal".into()));
    assert_eq!(ana.read(|r| r.pending_count()), 1);
}

#[test]
fn a_wrong_key_opens_nothing_and_changes_nothing() {
    let ana = ana();
    ana.make("street_contact", id(1), note("bij de hal"));
    let path = ana.path();
    ana.store.close().unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(
        refusal(&path, &Key::new([8; 32])),
        OpenError::WrongKeyOrForeign
    ));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn foreign_files_are_refused_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let text = directory.path().join("text.db");
    fs::write(&text, "geen database ".repeat(1_000)).unwrap();
    let plain = directory.path().join("plain.db");
    rusqlite::Connection::open(&plain)
        .unwrap()
        .execute_batch("create table t (x)")
        .unwrap();
    let other = directory.path().join("other.db");
    let connection = rusqlite::Connection::open(&other).unwrap();
    let digits = "07".repeat(32);
    connection
        .execute_batch(&["pragma key = \"x'", &digits, "'\"; create table t (x)"].concat())
        .unwrap();
    drop(connection);
    for path in [text, plain, other] {
        let before = fs::read(&path).unwrap();
        let error = refusal(&path, &key());
        assert!(
            matches!(error, OpenError::WrongKeyOrForeign),
            "{path:?}: {error:?}"
        );
        assert_eq!(fs::read(&path).unwrap(), before, "{path:?}");
    }
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let ana = ana();
    let raw = ana.raw();
    raw.execute_batch(
        "insert into refinery_schema_history
         select 999, 'later', applied_on, checksum from refinery_schema_history limit 1",
    )
    .unwrap();
    drop(raw);
    let path = ana.path();
    ana.store.close().unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(
        refusal(&path, &key()),
        OpenError::Newer {
            found: 999,
            known: 1..999
        }
    ));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_directory_that_is_missing_or_takes_no_files_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("none").join("drempel.db");
    assert!(matches!(refusal(&missing, &key()), OpenError::DirectoryMissing));
    assert!(matches!(
        refusal(Path::new("/proc/drempel.db"), &key()),
        OpenError::ReadOnly
    ));
    assert!(matches!(refusal(directory.path(), &key()), OpenError::ReadOnly));
}

#[test]
fn no_byte_of_any_file_shows_what_was_saved() {
    let ana = ana();
    ana.make("street_contact", id(1), note("Schildwachtwoord"));
    for file in fs::read_dir(ana.directory.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(16).any(|window| window == b"Schildwachtwoord"));
        assert!(!bytes.starts_with(b"SQLite format 3"));
    }
}

#[test]
fn a_transaction_that_fails_leaves_nothing_behind() {
    let ana = ana();
    let failed: Result<(), drempel_store::StoreError> = ana.store.write(|w| {
        w.set_setting("name", "value")?;
        Err(drempel_store::StoreError::Busy)
    });
    assert!(failed.is_err());
    assert_eq!(ana.read(|r| r.setting("name")), None);
}

#[test]
fn a_panic_in_a_transaction_spoils_neither_the_data_nor_the_store() {
    let ana = ana();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _: Result<(), drempel_store::StoreError> = ana.store.write(|w| {
            w.set_setting("name", "value")?;
            panic!("in the middle");
        });
    }));
    assert!(panicked.is_err());
    assert_eq!(ana.read(|r| r.setting("name")), None);
    ana.make("street_contact", id(1), note("daarna"));
    assert_eq!(ana.shown(id(1), "note"), Some("daarna".into()));
}

#[test]
fn a_reader_sees_one_instant_while_others_write() {
    let ana = ana();
    ana.read(|r| {
        assert_eq!(r.setting("name")?, None);
        ana.store
            .write::<_, drempel_store::StoreError>(|w| w.set_setting("name", "value"))?;
        assert_eq!(r.setting("name")?, None);
        Ok(())
    });
    assert_eq!(ana.read(|r| r.setting("name")), Some("value".to_owned()));
}
