//! Looking at what is stored, as tests and investigations need it.

use super::AdminError;
use crate::app::App;
use crate::storage::{Held, Logged, Standing};
use drempel_domain::id::{DeviceId, RecordId, SpaceId, UserId};
use drempel_domain::sync_log::{Cells, Change, Digest, Eff, Reason, Resolution, Seq, Verdict};
use drempel_domain::time::Moment;
use std::collections::BTreeMap;

/// A record as the server holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordState {
    /// Its kind.
    pub collection: String,
    /// Whether it is on the devices.
    pub standing: Standing,
    /// Its fields with their versions; none once it was erased.
    pub cells: Cells,
    /// Where it stands in its space's feed.
    pub position: u64,
}

impl From<Held> for RecordState {
    fn from(held: Held) -> Self {
        Self {
            collection: held.collection,
            standing: held.standing,
            cells: held.cells,
            position: held.position,
        }
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The space.
    pub space: SpaceId,
    /// The device that sent it.
    pub device: DeviceId,
    /// Its number there.
    pub seq: Seq,
    /// The record, where the change could be read.
    pub record: Option<RecordId>,
    /// The change, where it could be read and is still kept.
    pub change: Option<Change>,
    /// What was received, where it is still kept.
    pub body: Option<String>,
    /// When it counts.
    pub eff: Option<Eff>,
    /// What became of it.
    pub verdict: Verdict,
    /// Why it was quarantined.
    pub reason: Option<Reason>,
    /// How its quarantine ended.
    pub resolution: Option<Resolution>,
    /// Whose device it was.
    pub author: UserId,
    /// When it was received.
    pub received_at: Moment,
}

impl LogEntry {
    pub(crate) fn new(space: SpaceId, device: DeviceId, logged: Logged) -> Self {
        let change = logged.body.as_deref().map(serde_json::from_str);
        Self {
            space,
            device,
            seq: logged.seq,
            record: logged.record,
            change: change.and_then(Result::ok),
            body: logged.body,
            eff: logged.eff,
            verdict: logged.verdict,
            reason: logged.reason,
            resolution: logged.resolution,
            author: logged.author,
            received_at: logged.received_at,
        }
    }
}

impl App {
    /// The digest of every space that has a feed.
    pub fn space_digests(&self) -> Result<BTreeMap<SpaceId, Digest>, AdminError> {
        Ok(self.storage().digests()?)
    }

    /// A record of a space; nothing where there is no such record.
    pub fn state_of(&self, space: SpaceId, record: RecordId) -> Result<Option<RecordState>, AdminError> {
        let held = self.storage().record(space, record)?;
        Ok(held.map(RecordState::from))
    }

    /// Every record of a space that was not erased.
    pub fn records_of(&self, space: SpaceId) -> Result<BTreeMap<RecordId, RecordState>, AdminError> {
        let mut records = BTreeMap::new();
        self.storage().each_record(space, &mut |held| {
            records.insert(held.id, RecordState::from(held));
        })?;
        Ok(records)
    }

    /// Every entry of the log, by space, device and number.
    pub fn log_entries(&self) -> Result<Vec<LogEntry>, AdminError> {
        let entries = self.storage().log_entries()?.into_iter();
        Ok(entries
            .map(|(space, device, logged)| LogEntry::new(space, device, logged))
            .collect())
    }
}
