//! Files that are not the library of this device and this version are refused and left as they are.

use super::{enrolled_device, note};
use drempel_client::system::{RandomIds, SystemClock};
use drempel_client::{Client, ClientError};
use drempel_domain::records::notes::QuickNote;
use drempel_store::{Key, OpenError, Query, Stored};
use drempel_tests::network::device::{LIBRARY, key, open};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn open_with(path: &Path, key: [u8; 32]) -> Result<Client, ClientError> {
    Client::open(path, &Key::new(key), Arc::new(SystemClock), Arc::new(RandomIds))
}

fn notes(client: &Client) -> Result<Vec<Stored>, ClientError> {
    client
        .store()
        .read(|reader| Ok(reader.find(&Query::of::<QuickNote>())?))
}

/// The library cannot be opened for that reason, and its file stays as it is.
fn check_refused(path: &Path, key: [u8; 32], is_the_reason: impl Fn(&OpenError) -> bool) {
    let before = fs::read(path).unwrap();
    let refused = open_with(path, key).err();
    let named = matches!(&refused, Some(ClientError::Open(why)) if is_the_reason(why));
    assert!(named, "{refused:?}");
    assert_eq!(fs::read(path).unwrap(), before);
}

fn with_key(path: &Path, key: [u8; 32]) -> Connection {
    let connection = Connection::open(path).unwrap();
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    connection
        .pragma_update(None, "key", ["x'", &digits, "'"].concat())
        .unwrap();
    connection
}

#[test]
fn a_wrong_key_opens_nothing_and_the_right_one_still_does() {
    let folder = tempfile::tempdir().unwrap();
    let device = enrolled_device(folder.path());
    let client = open(&device).unwrap();
    note(&client, "Stond bij de brug");
    client.close().unwrap();
    check_refused(&device.join(LIBRARY), [7; 32], |why| {
        matches!(why, OpenError::WrongKeyOrForeign)
    });
    assert_eq!(notes(&open(&device).unwrap()).unwrap().len(), 1);
}

#[test]
fn a_file_of_somebody_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words");
    fs::write(&words, "Geen database. ".repeat(500)).unwrap();
    let plain = folder.path().join("plain.sqlite");
    Connection::open(&plain)
        .unwrap()
        .execute_batch("create table theirs (a)")
        .unwrap();
    let encrypted = folder.path().join("encrypted.sqlite");
    with_key(&encrypted, [7; 32])
        .execute_batch("create table theirs (a)")
        .unwrap();
    for path in [words, plain, encrypted] {
        check_refused(&path, [7; 32], |why| matches!(why, OpenError::WrongKeyOrForeign));
    }
}

#[test]
fn a_library_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let device = enrolled_device(folder.path());
    let (path, key) = (device.join(LIBRARY), key(&device).unwrap());
    let sql = "insert into refinery_schema_history (version, name, applied_on, checksum)
               values (9999, 'later', '2030-01-01T00:00:00Z', '1')";
    with_key(&path, key).execute(sql, []).unwrap();
    check_refused(&path, key, |why| {
        matches!(why, OpenError::Newer { found: 9999, .. })
    });
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let refused = open_with(&folder.path().join("nowhere").join(LIBRARY), [7; 32]).err();
    assert!(
        matches!(refused, Some(ClientError::Open(OpenError::DirectoryMissing))),
        "{refused:?}"
    );
}

#[test]
fn a_flipped_bit_gives_an_error_and_never_other_data() {
    let folder = tempfile::tempdir().unwrap();
    let device = enrolled_device(folder.path());
    let client = open(&device).unwrap();
    for number in 0..200 {
        note(&client, &format!("Nummer {number} stond bij de brug"));
    }
    let told = notes(&client).unwrap();
    client.close().unwrap();
    let path = device.join(LIBRARY);
    let (whole, key) = (fs::read(&path).unwrap(), key(&device).unwrap());
    let mut errors = 0;
    for place in (0..whole.len()).step_by(whole.len() / 97) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x10;
        fs::write(&path, &damaged).unwrap();
        match open_with(&path, key).and_then(|client| notes(&client)) {
            Ok(found) => assert_eq!(found, told, "byte {place}"),
            Err(_) => errors += 1,
        }
    }
    assert!(errors > 0, "some damage lies in what was read");
    fs::write(&path, &whole).unwrap();
    assert_eq!(notes(&open(&device).unwrap()).unwrap(), told);
}
