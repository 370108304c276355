//! Obeying what an answer came to: each order in the transaction of its neighbours.

use super::orders::Order;
use super::pace::Pace;
use super::run::SyncReport;
use crate::{Client, ClientError, settings};
use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::{Outcome, Seq, Verdict};
use drempel_protocol::access::{Access, Configuration};
use drempel_store::Writer;
use std::collections::{BTreeMap, BTreeSet};

impl Client {
    /// Obeys until nothing is left, the transaction is full, or a person waits to save. Whatever was obeyed by then is
    /// true by itself: records come in the order of the feed, and the cursor last.
    pub(super) fn obey_some(
        &self,
        writer: &Writer<'_>,
        todo: &mut impl Iterator<Item = Order>,
        rows: usize,
    ) -> Result<Done, ClientError> {
        let mut done = Done::default();
        let mut filled = 0;
        for order in todo {
            filled += order.weight();
            self.obey(writer, order, &mut done)?;
            if filled >= rows || writer.is_awaited() {
                break;
            }
        }
        Ok(done)
    }

    fn obey(&self, writer: &Writer<'_>, order: Order, done: &mut Done) -> Result<(), ClientError> {
        match order {
            Order::BecomeDevice { device, lock } => {
                writer.take_identity(device)?;
                if let Some(lock) = lock {
                    writer.set_setting(settings::LOCK, &lock.to_string())?;
                }
                done.gained = true;
            }
            Order::BeginEpoch(epoch) => {
                writer.begin_epoch(epoch)?;
                done.gained = true;
            }
            Order::TakeAccess(access) => {
                take_access(writer, &access)?;
                done.gained = true;
            }
            Order::TakeConfiguration(configuration) => take_configuration(writer, &configuration)?,
            Order::TakeOutcomes {
                space,
                outcomes,
                received_through,
                durable_through,
                server_time,
            } => {
                writer.take_outcomes(space, &outcomes, received_through, durable_through, server_time)?;
                done.outcomes(&outcomes);
            }
            Order::TakeResolved(space, resolved) => writer.take_resolved(space, &resolved)?,
            Order::FillGap(space, expected) => {
                done.lost_from.insert(space, expected);
                done.gained = true;
            }
            Order::BeginReread(space) => writer.begin_reread(space)?,
            Order::TakeRecords(space, records) => {
                writer.take_records(space, &records)?;
                done.arrived += records.len();
            }
            Order::TakeRemovals(space, removals) => {
                writer.take_removals(space, &removals)?;
                done.arrived += removals.len();
            }
            Order::MoveCursor {
                space,
                cursor,
                more,
                digest,
            } => {
                let before = writer.cursor(space)?;
                writer.move_cursor(space, cursor, more)?;
                done.gained |= before != Some(cursor);
                let caught_up = writer.wanted(space)?.is_empty();
                if caught_up
                    && digest.is_some_and(|digest| writer.digest(space).is_ok_and(|own| own != digest))
                {
                    self.read_anew(writer, space, done)?;
                }
            }
            Order::RemoveSpace(space) => remove_space(writer, space, done)?,
            Order::ForgetRemoved(space) => forget_removed(writer, space)?,
        }
        Ok(())
    }

    /// The device's copy differs from the server's although it is caught up: everything is read anew, at most once a day.
    fn read_anew(&self, writer: &Writer<'_>, space: SpaceId, done: &mut Done) -> Result<(), ClientError> {
        tracing::warn!(%space, "the copy of a space differs from the server's");
        if writer.forget_cursor(space, self.clock.now().local_day())? {
            done.differs.insert(space);
            done.gained = true;
        }
        Ok(())
    }
}

/// What obeying some orders did.
#[derive(Default)]
pub(super) struct Done {
    pub(super) gained: bool,
    delivered: usize,
    quarantined: usize,
    arrived: usize,
    lost_from: BTreeMap<SpaceId, Seq>,
    differs: BTreeSet<SpaceId>,
    removed: Vec<SpaceId>,
}

impl Done {
    fn outcomes(&mut self, outcomes: &[Outcome]) {
        self.delivered += outcomes.len();
        self.quarantined += outcomes
            .iter()
            .filter(|outcome| outcome.verdict == Verdict::Quarantined)
            .count();
        self.gained |= !outcomes.is_empty();
    }

    pub(super) fn note(self, pace: &mut Pace, report: &mut SyncReport) {
        pace.lost_from.extend(self.lost_from);
        report.differed.extend(&self.differs);
        pace.differs.extend(self.differs);
        report.delivered += self.delivered;
        report.quarantined += self.quarantined;
        report.arrived += self.arrived;
        report.removed.extend(self.removed);
    }
}

fn take_access(writer: &Writer<'_>, access: &Access) -> Result<(), ClientError> {
    let text = |value: Result<String, serde_json::Error>| value.map_err(ClientError::Settings);
    writer.set_setting(settings::ACCESS, &access.tag)?;
    writer.set_setting(settings::PERSON, &text(serde_json::to_string(&access.user))?)?;
    for granted in &access.spaces {
        writer.grant_space(granted.space.id, &text(serde_json::to_string(granted))?)?;
    }
    Ok(())
}

fn take_configuration(writer: &Writer<'_>, configuration: &Configuration) -> Result<(), ClientError> {
    let text = serde_json::to_string(configuration).map_err(ClientError::Settings)?;
    Ok(writer.set_setting(settings::CONFIGURATION, &text)?)
}

/// Removes a space once nothing of it waits: what is pending is delivered first, so that it is never silently lost.
fn remove_space(writer: &Writer<'_>, space: SpaceId, done: &mut Done) -> Result<(), ClientError> {
    let waiting = writer
        .spaces()?
        .iter()
        .any(|state| state.id == space && state.pending > 0);
    if !waiting {
        writer.remove_space(space)?;
        done.removed.push(space);
        done.gained = true;
    }
    Ok(())
}

fn forget_removed(writer: &Writer<'_>, space: SpaceId) -> Result<(), ClientError> {
    if writer.open_numbers(space)?.is_empty() {
        writer.forget_removed(space)?;
    }
    Ok(())
}
