//! At unlock, what was recorded while locked goes into the library, once.

use super::capturing::SealedDraft;
use super::sealed_work::SealedWork;
use super::start::lock;
use super::{Phone, PhoneError};
use crate::{Client, ClientError};
use drempel_domain::id::DeviceId;
use drempel_domain::sync_log::{Change, Seq};
use drempel_sealing::capture::{Captured, DraftError};
use drempel_sealing::keys::PrivateKey;
use drempel_store::{Draft, StoreError, Writer};
use std::fs;
use std::io;

/// Up to which number of which lock captures were taken in: `<device> <number>`.
const TAKEN_IN: &str = "captured_through";

impl Phone {
    /// Takes in everything that was set aside, and the drafts. Nothing leaves its file before the library has it.
    pub(super) fn take_in_what_was_set_aside(&self, client: &Client) -> Result<(), PhoneError> {
        let capture_key = client.capture_key()?;
        let mut sealed = lock(&self.sealed);
        let Some(sealed) = sealed.as_mut() else {
            return Ok(());
        };
        take_captures(client, sealed, &capture_key)?;
        self.take_drafts(client, sealed, &capture_key)
    }

    fn take_drafts(&self, client: &Client, sealed: &SealedWork, key: &PrivateKey) -> Result<(), PhoneError> {
        let entries = match fs::read_dir(self.folder.drafts()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        for entry in entries {
            let name = entry?.file_name();
            let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            let slot = self.draft_slot(sealed.enrolment(), id);
            match slot.read(key) {
                Ok(Some(text)) => take_draft(client, &text)?,
                Ok(None) => {}
                // Nobody can read it, and it must not keep anybody out.
                Err(DraftError::Seal(_)) => tracing::warn!("a sealed draft is damaged"),
                Err(error) => return Err(error.into()),
            }
            slot.clear()?;
        }
        Ok(())
    }
}

fn take_captures(client: &Client, sealed: &mut SealedWork, key: &PrivateKey) -> Result<(), PhoneError> {
    let Some(captures) = sealed.captures.as_mut() else {
        return Ok(());
    };
    let (lock, space) = (captures.device(), captures.space());
    let read = captures.read(key)?;
    client.store.write(|writer| {
        let through = taken_in(writer, lock)?;
        let mut last = through;
        for Captured { seq, change } in read.iter().filter(|captured| captured.seq > through) {
            // What this phone cannot read goes to the server as it is.
            if let Ok(text) = change
                && let Ok(change) = serde_json::from_slice::<Change>(text)
            {
                writer.take_captured(space, lock, &change)?;
            } else {
                tracing::warn!("something that was recorded while locked can only be read by the server");
            }
            last = *seq;
        }
        writer.set_setting(TAKEN_IN, &[lock.to_string(), last.0.to_string()].join(" "))?;
        Ok::<_, ClientError>(())
    })?;
    Ok(())
}

/// Up to which number captures of that lock were taken in.
pub(super) fn taken_in(writer: &drempel_store::Reader<'_>, lock: DeviceId) -> Result<Seq, StoreError> {
    let kept = writer.setting(TAKEN_IN)?.unwrap_or_default();
    let number = kept
        .split_once(' ')
        .filter(|(device, _)| *device == lock.to_string());
    Ok(number
        .and_then(|(_, seq)| seq.parse().ok())
        .map_or(Seq::ZERO, Seq))
}

/// A form comes back as a draft, unless it was saved or a newer state of it is there.
fn take_draft(client: &Client, text: &[u8]) -> Result<(), ClientError> {
    let Ok(sealed) = serde_json::from_slice::<SealedDraft>(text) else {
        return Ok(());
    };
    client.store.write(|writer| {
        if is_over(writer, &sealed)? {
            return Ok(());
        }
        Ok(writer.save_draft(&Draft {
            id: sealed.id,
            form: sealed.form,
            content: sealed.content,
            updated_at: sealed.updated_at,
            while_locked: true,
        })?)
    })
}

fn is_over(writer: &Writer<'_>, sealed: &SealedDraft) -> Result<bool, StoreError> {
    let newer = writer
        .draft(sealed.id)?
        .is_some_and(|draft| draft.updated_at > sealed.updated_at);
    Ok(newer || writer.holds(sealed.id)?)
}
