//! The device's sync token: the next one, to which it moves on, and the earlier ones, which a restored server may know best.

use crate::secrets::{made, sha256_hex};
use crate::{Client, ClientError, settings};
use drempel_domain::time::{DAY, HOUR};
use drempel_store::{Reader, Writer};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Milliseconds after which a device moves on to another token: well within the day that is asked of it.
const TOKEN_LASTS: i64 = 20 * HOUR;
/// Milliseconds for which a token that was used before is kept: as long as what a restored server may have lost.
const FORMER_KEPT: i64 = 30 * DAY;

/// A token that the device used before.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Former {
    token: String,
    /// Until when, in milliseconds on the device's own clock.
    until: i64,
}

impl Client {
    /// Makes the token to move on to, when the present one has lasted; it is on the disk before the server hears of it.
    pub(crate) fn prepare_next_token(&self) -> Result<(), ClientError> {
        let now = self.now().millis();
        self.store.write(|writer| {
            let since = writer
                .setting(settings::TOKEN_SINCE)?
                .and_then(|text| text.parse().ok());
            // A clock that was set back must not keep a token alive.
            let lasts = since.is_some_and(|since: i64| (0..TOKEN_LASTS).contains(&now.saturating_sub(since)));
            if !lasts && writer.setting(settings::NEXT_TOKEN)?.is_none() {
                writer.set_setting(settings::NEXT_TOKEN, &made()?)?;
            }
            Ok(())
        })
    }

    /// The token so many before the present one: 0 is the present one.
    pub(crate) fn token(&self, before: usize) -> Result<Option<Zeroizing<String>>, ClientError> {
        self.store.read(|reader| match before.checked_sub(1) {
            None => Ok(reader.setting(settings::TOKEN)?.map(Zeroizing::new)),
            Some(index) => Ok(former(reader)?
                .iter()
                .nth_back(index)
                .map(|former| Zeroizing::new(former.token.clone()))),
        })
    }

    /// The server knows the token so many before the present one, and none after it: the device goes on from there.
    pub(crate) fn go_back_to_token(&self, before: usize) -> Result<(), ClientError> {
        self.store.write(|writer| {
            let mut kept = former(writer)?;
            let Some(known) = kept.len().checked_sub(before) else {
                return Ok(());
            };
            match kept.split_off(known).first() {
                Some(known) => {
                    writer.set_setting(settings::TOKEN, &known.token)?;
                    keep(writer, &kept)
                }
                None => Ok(()),
            }
        })
    }
}

/// The hash of the token to which the device will move on.
pub(crate) fn next_token_hash(reader: &Reader<'_>) -> Result<Option<String>, ClientError> {
    let next = reader.setting(settings::NEXT_TOKEN)?;
    Ok(next.map(|token| sha256_hex(token.as_bytes())))
}

/// The server has the hash that was sent: from now on the device uses that token. `now` is on the device's own clock.
pub(crate) fn move_on(writer: &Writer<'_>, sent: Option<&str>, now: i64) -> Result<(), ClientError> {
    let next = writer.setting(settings::NEXT_TOKEN)?;
    if let Some(next) = next.filter(|next| sent == Some(&sha256_hex(next.as_bytes()))) {
        let mut kept = former(writer)?;
        kept.retain(|former| former.until > now.saturating_sub(FORMER_KEPT));
        if let Some(token) = writer.setting(settings::TOKEN)? {
            kept.push(Former { token, until: now });
        }
        keep(writer, &kept)?;
        writer.set_setting(settings::TOKEN, &next)?;
        writer.set_setting(settings::TOKEN_SINCE, &now.to_string())?;
        writer.remove_setting(settings::NEXT_TOKEN)?;
    }
    Ok(())
}

fn former(reader: &Reader<'_>) -> Result<Vec<Former>, ClientError> {
    Ok(settings::decoded(reader, settings::FORMER_TOKENS)?.unwrap_or_default())
}

fn keep(writer: &Writer<'_>, former: &[Former]) -> Result<(), ClientError> {
    let text = serde_json::to_string(former)
        .map(Zeroizing::new)
        .map_err(ClientError::Settings)?;
    Ok(writer.set_setting(settings::FORMER_TOKENS, &text)?)
}
