//! The journal of erasures: which records were erased, outside the database, so that restoring a backup brings none
//! of them back. It holds identifiers and instants, never content.

use crate::app::App;
use crate::storage::StorageError;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::time::Moment;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Up to which byte of the journal the database knows it.
const READ: &str = "journal_read";

/// The journal.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    end: Mutex<File>,
}

/// A record that was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ErasedRecord {
    pub space: SpaceId,
    pub record: RecordId,
}

impl Journal {
    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        let end = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self {
            path: path.to_owned(),
            end: Mutex::new(end),
        })
    }

    /// Writes erasures down, durably.
    fn append(&self, erased: &[ErasedRecord], at: Moment) -> std::io::Result<()> {
        let mut lines = String::new();
        for ErasedRecord { space, record } in erased {
            lines.extend([
                &space.to_string(),
                " ",
                &record.to_string(),
                " ",
                &at.to_string(),
                "\n",
            ]);
        }
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        end.write_all(lines.as_bytes())?;
        end.sync_all()
    }

    /// The erasures after a byte, and the byte after the last whole line.
    fn read_from(&self, from: u64) -> std::io::Result<(Vec<ErasedRecord>, u64)> {
        let mut file = File::open(&self.path)?;
        // A journal that is shorter than the database remembers is another one: all of it is read.
        let from = if from <= file.metadata()?.len() { from } else { 0 };
        file.seek(SeekFrom::Start(from))?;
        let mut reader = BufReader::new(file);
        let (mut erased, mut end, mut line) = (Vec::new(), from, String::new());
        while let length @ 1.. = reader.read_line(&mut line)? {
            if !line.ends_with('\n') {
                break;
            }
            end = end.saturating_add(u64::try_from(length).unwrap_or(0));
            erased.extend(parse(&line));
            line.clear();
        }
        Ok((erased, end))
    }
}

fn parse(line: &str) -> Option<ErasedRecord> {
    let mut words = line.split_whitespace();
    Some(ErasedRecord {
        space: words.next()?.parse().ok()?,
        record: words.next()?.parse().ok()?,
    })
}

/// An erasure failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EraseError {
    /// It could not be written down, so nothing was erased.
    #[error("the journal of erasures cannot be written ({0})")]
    Journal(#[from] std::io::Error),
    /// It was written down, and will be carried out at the next start.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl App {
    /// Erases records for ever: in the journal and the database, then in the database's free space.
    pub(crate) fn erase_all(&self, erased: &[ErasedRecord]) -> Result<(), EraseError> {
        if erased.is_empty() {
            return Ok(());
        }
        let now = self.now();
        self.storage().erase(erased, now, || {
            let written = self.inner.journal.append(erased, now);
            written.map_err(EraseError::Journal)
        })?;
        Ok(self.storage().scrub()?)
    }

    /// Carries out every erasure that the database does not know of.
    pub(crate) fn replay_erasures(&self) -> Result<(), crate::storage::OpenError> {
        let read = self.storage().fact(READ)?.and_then(|text| text.parse().ok());
        let (erased, end) = self
            .inner
            .journal
            .read_from(read.unwrap_or(0))
            .map_err(crate::storage::OpenError::Journal)?;
        if !erased.is_empty() {
            self.storage()
                .erase::<StorageError>(&erased, self.now(), || Ok(()))?;
            self.storage().scrub()?;
            self.storage().note(READ, &end.to_string())?;
        }
        Ok(())
    }
}
