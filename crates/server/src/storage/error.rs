//! What can go wrong with what is stored, told apart as far as somebody can do something about it.

use rusqlite::ErrorCode;

/// A transaction failed; nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StorageError {
    /// There is no room.
    #[error("the disk is full; make room and try again")]
    Full,
    /// The file or its directory cannot be written.
    #[error("the database cannot be written; check the rights of the data directory")]
    ReadOnly,
    /// Somebody else holds the database longer than is waited for.
    #[error("the database is busy; try again")]
    Busy,
    /// The file is damaged.
    #[error("the database is damaged; restore a backup")]
    Damaged,
    /// Something stored cannot be read back.
    #[error("a stored {0} cannot be read")]
    Unreadable(&'static str),
    /// The engine refused otherwise.
    #[error("the database refused (code {})", code_of(.0))]
    Refused(#[source] rusqlite::Error),
}

fn code_of(error: &rusqlite::Error) -> i32 {
    error.sqlite_error().map_or(-1, |error| error.extended_code)
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ => Self::Refused(error),
        }
    }
}

/// The server's data cannot be opened; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The directory is missing or cannot be written.
    #[error("the data directory cannot be used; make it and let this user write in it ({0})")]
    Directory(#[source] std::io::Error),
    /// Another server uses the directory.
    #[error("another server is running on this data directory; stop it first")]
    InUse,
    /// The file is something else than a database of this program.
    #[error("the file in the data directory is no Drempel database; nothing was changed")]
    Foreign,
    /// The database was made by a newer version.
    #[error("the database was made by a newer version of this program; install that version")]
    Newer,
    /// The journal of erasures cannot be read or written.
    #[error("the journal of erasures cannot be used ({0})")]
    Journal(#[source] std::io::Error),
    /// The server's keys cannot be read or made.
    #[error("{0}")]
    Keys(String),
    /// There is no room.
    #[error("the disk is full; make room and start again")]
    Full,
    /// The database cannot be used for another reason.
    #[error("the database cannot be opened: {0}")]
    Other(String),
}

impl From<StorageError> for OpenError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Full => Self::Full,
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            _ => StorageError::from(error).into(),
        }
    }
}
