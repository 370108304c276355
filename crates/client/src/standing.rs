//! How the device stands with the municipality: the server's keys, the lease, what was opened.

use crate::tokens::move_on;
use crate::{Client, ClientError, settings};
use drempel_domain::id::{DeviceId, Id, RecordId};
use drempel_domain::records::youths::Youth;
use drempel_domain::time::{Clocks, Day};
use drempel_protocol::synchronisation::{Opened, SyncAnswer, SyncRequest};
use drempel_sealing::lease::{Lease, LeaseError, LeasePublicKey, LeaseWatch};
use drempel_store::{Reader, Writer};
use serde::{Deserialize, Serialize};

/// That a dossier was opened on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Opening {
    youth: RecordId,
    day: Day,
    /// Whether the server has it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    told: bool,
}

impl Client {
    /// The device number of the lock; nothing before the device is enrolled.
    pub(crate) fn lock_device(&self) -> Result<Option<DeviceId>, ClientError> {
        let kept = self
            .store
            .read(|reader| Ok::<_, ClientError>(reader.setting(settings::LOCK)?))?;
        Ok(kept.and_then(|text| text.parse().ok()))
    }

    /// Notes that a dossier was opened: for the audit log of the municipality, once a day, in nobody's view.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn note_opening(&self, youth: Id<Youth>) -> Result<(), ClientError> {
        let (youth, day) = (youth.record(), self.now().local_day());
        let is_this = |opening: &Opening| (opening.youth, opening.day) == (youth, day);
        if self.store.read(openings)?.iter().any(is_this) {
            return Ok(());
        }
        self.store.write(|writer| {
            let mut noted = openings(writer)?;
            noted.retain(|opening| !opening.told || opening.day == day);
            noted.push(Opening {
                youth,
                day,
                told: false,
            });
            keep_openings(writer, &noted)
        })
    }

    /// A lease that one of the server's keys signed for this device.
    pub(crate) fn checked_lease(&self, signed: &str) -> Result<Lease, ClientError> {
        self.store.read(|reader| checked(reader, signed))
    }

    /// Takes over what an answer of the server means for the device itself; the lease that came with it.
    pub(crate) fn stand(
        &self,
        asked: &SyncRequest,
        answer: &SyncAnswer,
    ) -> Result<Option<LeaseWatch>, ClientError> {
        if !has_news(asked, answer) {
            return Ok(None);
        }
        self.store.write(|writer| {
            move_on(writer, asked.next_token_sha256.as_deref(), self.now().millis())?;
            if let Some(keys) = &answer.keys {
                let text = serde_json::to_string(keys).map_err(ClientError::Settings)?;
                writer.set_setting(settings::KEYS, &text)?;
            }
            tell(writer, &asked.opened)?;
            answer
                .lease
                .as_ref()
                .map_or(Ok(None), |lease| take_lease(writer, lease, asked.clocks))
        })
    }
}

fn has_news(asked: &SyncRequest, answer: &SyncAnswer) -> bool {
    asked.next_token_sha256.is_some()
        || !asked.opened.is_empty()
        || answer.keys.is_some()
        || answer.lease.is_some()
}

/// What the server has not been told of the dossiers that were opened.
pub(crate) fn untold(reader: &Reader<'_>) -> Result<Vec<Opened>, ClientError> {
    let untold = openings(reader)?.into_iter().filter(|opening| !opening.told);
    Ok(untold
        .map(|Opening { youth, day, .. }| Opened { youth, day })
        .collect())
}

fn tell(writer: &Writer<'_>, told: &[Opened]) -> Result<(), ClientError> {
    if told.is_empty() {
        return Ok(());
    }
    let mut noted = openings(writer)?;
    for opening in &mut noted {
        opening.told |= told
            .iter()
            .any(|told| (told.youth, told.day) == (opening.youth, opening.day));
    }
    keep_openings(writer, &noted)
}

fn openings(reader: &Reader<'_>) -> Result<Vec<Opening>, ClientError> {
    Ok(settings::decoded(reader, settings::OPENINGS)?.unwrap_or_default())
}

fn keep_openings(writer: &Writer<'_>, openings: &[Opening]) -> Result<(), ClientError> {
    let text = serde_json::to_string(openings).map_err(ClientError::Settings)?;
    Ok(writer.set_setting(settings::OPENINGS, &text)?)
}

/// A lease that does not hold changes nothing: the one before runs on.
fn take_lease(writer: &Writer<'_>, signed: &str, clocks: Clocks) -> Result<Option<LeaseWatch>, ClientError> {
    match checked(writer, signed) {
        Ok(lease) => {
            let at = lease.server_time.millis().to_string();
            writer.set_setting(settings::LEASE_AT, &at)?;
            Ok(Some(LeaseWatch::begin(lease, clocks)))
        }
        Err(ClientError::Lease(error)) => {
            tracing::warn!(%error, "the server sent a lease that does not hold");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn checked(reader: &Reader<'_>, signed: &str) -> Result<Lease, ClientError> {
    let keys = settings::server_keys(reader)?.ok_or(ClientError::NotEnrolled)?;
    let keys: Vec<LeasePublicKey> = keys
        .lease
        .into_iter()
        .map(|key| serde_json::from_value(key.into()))
        .collect::<Result<_, _>>()
        .map_err(|_| ClientError::Lease(LeaseError::Malformed))?;
    Lease::verify(signed, &keys, settings::device(reader)?).map_err(ClientError::Lease)
}
