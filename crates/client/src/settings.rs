//! What the device remembers besides records: who it is, and how the municipality has set things up.

use crate::ClientError;
use drempel_domain::id::{DeviceId, EpochId};
use drempel_domain::rules::retention::Terms;
use drempel_protocol::access::{Configuration, Person};
use drempel_protocol::keys::ServerKeys;
use drempel_store::Reader;
use serde::de::DeserializeOwned;

/// Whom the device is: written by the store when the server gives it another identity.
pub(crate) const DEVICE: &str = "device";
/// The life of the server's log: written by the store when another begins.
pub(crate) const EPOCH: &str = "epoch";
/// The person whose device this is, as a [`Person`].
pub(crate) const PERSON: &str = "person";
/// The token that lets the device synchronise.
pub(crate) const TOKEN: &str = "token";
/// Since when the device has that token, in milliseconds on its own clock.
pub(crate) const TOKEN_SINCE: &str = "token_since";
/// The token that the device will use next, once the server has its hash.
pub(crate) const NEXT_TOKEN: &str = "next_token";
/// The tokens that the device used before.
pub(crate) const FORMER_TOKENS: &str = "former_tokens";
/// The server's public keys, as [`ServerKeys`].
pub(crate) const KEYS: &str = "server_keys";
/// The server's time in the last lease, in milliseconds.
pub(crate) const LEASE_AT: &str = "lease_at";
/// The device number of the lock.
pub(crate) const LOCK: &str = "lock";
/// The dossiers that were opened and on which day.
pub(crate) const OPENINGS: &str = "openings";
/// The tag of the access that the device has.
pub(crate) const ACCESS: &str = "access";
/// The municipality's [`Configuration`].
pub(crate) const CONFIGURATION: &str = "configuration";

pub(crate) fn device(reader: &Reader<'_>) -> Result<DeviceId, ClientError> {
    parsed(reader, DEVICE)
}

pub(crate) fn epoch(reader: &Reader<'_>) -> Result<Option<EpochId>, ClientError> {
    match parsed(reader, EPOCH) {
        Ok(epoch) => Ok(Some(epoch)),
        Err(ClientError::NotEnrolled) => Ok(None),
        Err(other) => Err(other),
    }
}

pub(crate) fn person(reader: &Reader<'_>) -> Result<Person, ClientError> {
    decoded(reader, PERSON)?.ok_or(ClientError::NotEnrolled)
}

pub(crate) fn server_keys(reader: &Reader<'_>) -> Result<Option<ServerKeys>, ClientError> {
    decoded(reader, KEYS)
}

pub(crate) fn configuration(reader: &Reader<'_>) -> Result<Option<Configuration>, ClientError> {
    decoded(reader, CONFIGURATION)
}

/// The terms of the municipality; ours where it has none of its own.
pub(crate) fn terms(reader: &Reader<'_>) -> Result<Terms, ClientError> {
    let set = configuration(reader)?.map(|set| set.settings).unwrap_or_default();
    let usual = Terms::default();
    let days = |name: &str, usual: u32| {
        let set = set.get(name).copied();
        set.and_then(|days| u32::try_from(days).ok()).unwrap_or(usual)
    };
    Ok(Terms {
        quick_note_days: days("quick_note_days", usual.quick_note_days),
        device_closed_days: days("device_closed_days", usual.device_closed_days),
        device_anonymous_days: days("device_anonymous_days", usual.device_anonymous_days),
        ..usual
    })
}

fn parsed<T: std::str::FromStr>(reader: &Reader<'_>, name: &str) -> Result<T, ClientError> {
    let text = reader.setting(name)?.ok_or(ClientError::NotEnrolled)?;
    text.parse().map_err(|_| ClientError::NotEnrolled)
}

pub(crate) fn decoded<T: DeserializeOwned>(
    reader: &Reader<'_>,
    name: &str,
) -> Result<Option<T>, ClientError> {
    reader
        .setting(name)?
        .map(|text| serde_json::from_str(&text).map_err(ClientError::Settings))
        .transpose()
}
