//! What can go wrong with the database, told apart where a caller can do something about it.

use rusqlite::ErrorCode;

/// The database cannot be opened. It was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// SQLCipher answers a wrong key and a foreign file alike.
    #[error("this key does not open the file, or it is no database of Drempel")]
    WrongKeyOrForeign,
    /// A newer version of the app has written it.
    #[error("the database has version {found}, this version of the app knows {known}: update the app")]
    Newer {
        /// The version of the database's schema.
        found: i64,
        /// The newest version that is known here.
        known: i64,
    },
    /// The directory does not exist.
    #[error("the directory of the database does not exist")]
    DirectoryMissing,
    /// The directory or the file cannot be written to.
    #[error("the directory or the file of the database cannot be written to")]
    ReadOnly,
    /// There is no room.
    #[error("no room is left on the device")]
    DiskFull,
    /// A migration failed; it was undone.
    #[error("the database could not be brought up to date")]
    Migration(#[source] Box<refinery::Error>),
    /// Anything else.
    #[error("the database could not be opened")]
    Other(#[source] StoreError),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull => OpenError::DiskFull,
            StoreError::ReadOnly => OpenError::ReadOnly,
            other => OpenError::Other(other),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => OpenError::WrongKeyOrForeign,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => OpenError::ReadOnly,
            _ => OpenError::from(StoreError::from(error)),
        }
    }
}

/// The database could not do what was asked; nothing of the transaction was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no room: recording works again when there is.
    #[error("no room is left on the device")]
    DiskFull,
    /// The file cannot be written to.
    #[error("the database cannot be written to")]
    ReadOnly,
    /// Somebody else holds the database.
    #[error("the database is in use")]
    Busy,
    /// A page or a value is not what was written.
    #[error("the database is damaged")]
    Corrupt,
    /// The record is kept in another space, and a record belongs to one space for ever.
    #[error("the record belongs to another space")]
    OtherSpace,
    /// A query names a field that its kind of record does not have, or cannot be compared with.
    #[error("there is no field {0} to look for")]
    NoSuchField(&'static str),
    /// Anything else, by SQLite's extended result code: its text could quote a statement.
    #[error("SQLite failed with code {0}")]
    Sql(i32),
    /// A value that has no text or cannot be read back.
    #[error("a value in the database could not be read")]
    Unreadable,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => StoreError::DiskFull,
                ErrorCode::ReadOnly | ErrorCode::PermissionDenied => StoreError::ReadOnly,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt,
                _ => StoreError::Sql(failure.extended_code),
            },
            rusqlite::Error::SqlInputError { error, .. } => StoreError::Sql(error.extended_code),
            _ => StoreError::Unreadable,
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        StoreError::Unreadable
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn failures_are_told_apart_by_their_codes_and_never_quote_a_text() {
        for (code, expected) in [
            (ffi::SQLITE_FULL, "no room is left on the device"),
            (ffi::SQLITE_READONLY_DBMOVED, "the database cannot be written to"),
            (ffi::SQLITE_BUSY_SNAPSHOT, "the database is in use"),
            (ffi::SQLITE_CORRUPT_VTAB, "the database is damaged"),
            (ffi::SQLITE_CONSTRAINT_UNIQUE, "SQLite failed with code 2067"),
        ] {
            let failure = rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("Sami".to_owned()));
            assert_eq!(StoreError::from(failure).to_string(), expected);
        }
    }

    #[test]
    fn what_a_person_can_help_is_named_on_opening() {
        let opening = |code| OpenError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        assert!(matches!(
            opening(ffi::SQLITE_NOTADB),
            OpenError::WrongKeyOrForeign
        ));
        assert!(matches!(opening(ffi::SQLITE_FULL), OpenError::DiskFull));
        assert!(matches!(opening(ffi::SQLITE_CANTOPEN), OpenError::ReadOnly));
        assert!(matches!(opening(ffi::SQLITE_READONLY), OpenError::ReadOnly));
        assert!(matches!(
            opening(ffi::SQLITE_CORRUPT),
            OpenError::Other(StoreError::Corrupt)
        ));
    }
}
