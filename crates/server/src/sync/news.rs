//! What a device is told besides the spaces that it asks about: access, configuration, and what to remove.

use super::pull::Outgoing;
use crate::app::App;
use crate::problem::Refusal;
use crate::storage::{DeviceRow, StorageError};
use drempel_domain::id::SpaceId;
use drempel_domain::time::{MINUTE, Moment};
use drempel_protocol::synchronisation::{SyncAnswer, SyncRequest};
use std::collections::BTreeSet;

/// How long a device may be silent before its next word is noted, in milliseconds: a write less for every sync.
const NOTED_EVERY: i64 = 15 * MINUTE;

impl App {
    /// What the device may see, how the municipality is set up, and what it must remove.
    pub(super) fn tell_access(
        &self,
        device: &DeviceRow,
        request: &SyncRequest,
        now: Moment,
        answer: &mut SyncAnswer<Outgoing>,
    ) -> Result<(), StorageError> {
        let access = self.storage().directory()?.access(device.user, now);
        let granted = access.iter().flat_map(|access| &access.spaces);
        let readable: BTreeSet<SpaceId> = granted.map(|granted| granted.space.id).collect();
        let mut holds = self.storage().holdings(device.id)?;
        let told = readable.difference(&holds).copied().collect::<BTreeSet<_>>();
        let gone = request.removed.iter().filter(|space| holds.contains(space));
        let removed: BTreeSet<SpaceId> = gone.filter(|space| !readable.contains(space)).copied().collect();
        if !told.is_empty() || !removed.is_empty() {
            self.storage().set_holdings(device.id, &told, &removed)?;
        }
        // What a device asks about it holds, also where a restored database, or a copy of the device, made that unknown.
        let asked = request.spaces.iter().map(|space| space.space);
        holds.extend(asked.filter(|space| !request.removed.contains(space)));
        holds.retain(|space| !removed.contains(space) && !readable.contains(space));
        answer.remove = holds.into_iter().collect();
        answer.access = access
            .filter(|access| request.access.as_ref() != Some(&access.tag))
            .map(|access| access.as_ref().clone());
        let configuration = self.configuration()?;
        if request.configuration.as_ref() != Some(&configuration.tag) {
            answer.configuration = Some(configuration.as_ref().clone());
        }
        Ok(())
    }

    /// The server's keys and a new lease, where the device needs them; what it tells of opened dossiers is noted.
    pub(super) fn tell_keys(
        &self,
        device: &DeviceRow,
        request: &SyncRequest,
        now: Moment,
        answer: &mut SyncAnswer<Outgoing>,
    ) -> Result<(), Refusal> {
        let keys = self.keys()?;
        if request.keys.as_ref() != Some(&keys.public().tag) {
            answer.keys = Some(keys.public().clone());
        }
        answer.lease = self.lease(device.id, request.lease, now)?;
        if !request.opened.is_empty() {
            self.storage()
                .note_opened(device.user, device.id, &request.opened, now)?;
        }
        Ok(())
    }

    /// Notes that a device was heard of, now and then.
    pub(super) fn note_contact(
        &self,
        device: &DeviceRow,
        request: &SyncRequest,
        now: Moment,
    ) -> Result<(), StorageError> {
        let due = device
            .last_contact
            .is_none_or(|last| last.plus_millis(NOTED_EVERY) <= now || now < last);
        if due || device.app != request.app {
            self.storage().heard_of(device, &request.app, now)?;
        }
        Ok(())
    }
}
