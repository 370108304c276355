//! How far everything is, as a person counts it: recordings, not changes.

use crate::failure::CommandError;
use crate::screens::Screens;
use crate::shapes::{Connection, Lease, Running, SyncStatus};
use drempel_domain::id::RecordId;
use drempel_domain::record::{Link, Named as _, Scalar as _};
use drempel_domain::records::contacts::Participation;
use drempel_domain::records::rounds::RoundParticipant;
use drempel_domain::time::{DAY, Moment};
use drempel_domain::value::Value;
use drempel_store::{Reader, StoreError, Waiting};
use std::collections::BTreeMap;

/// What the shell knows about the way to the municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it is like.
    pub connection: Connection,
    /// How far the synchronisation is that runs now.
    pub running: Option<Running>,
    /// How long the municipality has not been reached.
    pub lease: Lease,
}

impl Screens<'_> {
    /// How far everything is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sync_status(&self, way: &Way) -> Result<SyncStatus, CommandError> {
        let waiting = self.waiting()?;
        let yesterday = self.client.now().plus_millis(-DAY);
        Ok(SyncStatus {
            connection: way.connection,
            waiting: waiting.len(),
            late: waiting.values().any(|since| *since < yesterday),
            running: way.running,
            last_sync: way.lease.last_contact,
            lease: way.lease,
            problems: self.problem_rows()?.len(),
            overwritten: self.open_overwritten()?.len(),
        })
    }

    /// Recordings that are on this device only, each with when its first change was made: both halves of a contact and who
    /// took part in it are one.
    pub(crate) fn waiting(&self) -> Result<BTreeMap<(String, RecordId), Moment>, CommandError> {
        self.client.store().read(|reader| {
            let mut subjects: BTreeMap<(String, RecordId), Moment> = BTreeMap::new();
            for waiting in reader.waiting_records()? {
                let first = subjects
                    .entry(subject(reader, &waiting)?)
                    .or_insert(waiting.since);
                *first = (*first).min(waiting.since);
            }
            Ok(subjects)
        })
    }
}

/// The recording that a record is a part of; most are one themselves.
fn subject(reader: &Reader<'_>, waiting: &Waiting) -> Result<(String, RecordId), StoreError> {
    let itself = (waiting.collection.clone(), waiting.record);
    let Some(stored) = reader.record(&waiting.collection, waiting.record)? else {
        return Ok(itself);
    };
    let field = |name: &str| stored.fields.get(name);
    let named = |name: &str| {
        field(name)
            .and_then(Value::as_text)
            .and_then(|id| id.parse().ok())
    };
    Ok(match waiting.collection.as_str() {
        Participation::NAME => field("contact")
            .and_then(Link::read)
            .map_or(itself, |contact| (contact.collection, contact.record)),
        RoundParticipant::NAME => named("round").map_or(itself, |round| ("round".to_owned(), round)),
        _ => named("core").map_or(itself, |core| (waiting.collection.clone(), core)),
    })
}
