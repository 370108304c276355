//! Why a file could not be played: told to the engineer who plays it.

use drempel_client::phone::PhoneError;
use drempel_client::sync::{HttpError, SyncError};
use drempel_client::{ClientError, Refusal};
use drempel_store::StoreError;
use std::path::PathBuf;

/// Why playing stopped.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// A file or directory cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file does not have the expected shape.
    #[error("{what}: {source}")]
    Shape {
        /// The file or the line.
        what: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A line lacks something, or names something that does not exist.
    #[error("{0}")]
    Line(String),
    /// The server's process did not start, or answered something else than was asked.
    #[error("the server's process: {0}")]
    Town(String),
    /// The way to the server cannot be made.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// A client failed.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A synchronisation failed.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// A phone failed.
    #[error(transparent)]
    Phone(PhoneError),
}

impl PlayError {
    /// A line that cannot be carried out, in words.
    pub fn line(text: impl Into<String>) -> Self {
        Self::Line(text.into())
    }

    /// A file that cannot be read or written.
    pub fn file(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::File {
            path: path.into(),
            source,
        }
    }

    /// Text that does not have the expected shape.
    pub fn shape(what: impl Into<String>, source: serde_json::Error) -> Self {
        Self::Shape {
            what: what.into(),
            source,
        }
    }

    /// What the client refused, when this is a refusal.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            PlayError::Client(ClientError::Refused(refusal)) => Some(refusal),
            _ => None,
        }
    }
}

impl From<PhoneError> for PlayError {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Client(error) => Self::Client(error),
            PhoneError::Sync(error) => Self::Sync(error),
            other => Self::Phone(other),
        }
    }
}

impl From<StoreError> for PlayError {
    fn from(error: StoreError) -> Self {
        PlayError::Client(error.into())
    }
}
