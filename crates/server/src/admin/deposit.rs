//! What a lost or revoked device had recorded, handed in later.

use super::AdminError;
use crate::app::App;
use crate::sync::asked::Asked;
use crate::sync::batch::Writer;
use crate::sync::round_trip::Stopped;
use crate::sync::sent::Sent;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::{Change, Outcome, Seq};
use drempel_domain::time::Clocks;
use drempel_protocol::synchronisation::SpaceRequest;
use std::collections::BTreeMap;

impl App {
    /// Takes changes in as a device that cannot synchronise any more. `clocks` are what its clocks would show now.
    ///
    /// Each counts at its effective time: before the device was lost (or revoked, where no loss was told) it is
    /// judged like any other; after it, it goes to quarantine.
    pub fn take_deposit(
        &self,
        device: DeviceId,
        changes: Vec<(SpaceId, Change)>,
        clocks: Clocks,
    ) -> Result<BTreeMap<SpaceId, Vec<Outcome>>, AdminError> {
        let (row, part) = self.storage().device(device)?.ok_or(AdminError::NoSuchDevice)?;
        let writer = Writer {
            number: device,
            part,
            user: row.user,
        };
        let cut_off = row.lost_at.or(row.revoked_at);
        let mut by_space: BTreeMap<SpaceId, Vec<Sent>> = BTreeMap::new();
        for (space, change) in changes {
            by_space.entry(space).or_default().push(Sent::from_change(change));
        }
        let mut outcomes = BTreeMap::new();
        for (space, mut sent) in by_space {
            sent.sort_by_key(|sent| sent.seq);
            sent.dedup_by_key(|sent| sent.seq);
            let request = nothing_else(space);
            let asked = Asked {
                request: &request,
                sent,
            };
            let decided = self
                .push(writer, &asked, clocks, cut_off)
                .map_err(|stopped| match stopped {
                    Stopped::Copied => AdminError::OtherContent,
                    Stopped::Failed(error) => error.into(),
                })?;
            outcomes.insert(space, decided.outcomes);
        }
        self.finish_copies()?;
        Ok(outcomes)
    }
}

/// A request about a space that asks nothing of it.
pub(crate) fn nothing_else(space: SpaceId) -> SpaceRequest {
    SpaceRequest {
        space,
        changes: Vec::new(),
        cursor: None,
        received_through: Seq::ZERO,
        open: Vec::new(),
        discard: Vec::new(),
        want: Vec::new(),
        report: None,
    }
}
