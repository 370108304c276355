//! The loop: ask, obey, ask on, until the device and the server have nothing more to tell each other.

use super::answering::{SyncError, exchange};
use super::orders::{Order, orders};
use super::plan::{Known, KnownSpace, request};
use super::transport::Transport;
use crate::standing::{next_token_hash, untold};
use crate::{Client, ClientError, settings};
use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::Seq;
use drempel_domain::time::{DAY, Moment};
use drempel_protocol::SYNCHRONISATIONS;
use drempel_protocol::access::{Access, Configuration};
use drempel_protocol::limits;
use drempel_protocol::synchronisation::{SyncAnswer, SyncRequest};
use drempel_sealing::lease::LeaseWatch;
use drempel_store::{Reader, SpaceState, Writer};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are taken in between two looks whether a person waits to save.
const ROWS: usize = 50;
/// Rows that one transaction takes in at first, and at most; what takes longer to commit than [`LONGEST_MILLIS`] is
/// cut smaller.
const TRANSACTION: (usize, usize) = (200, limits::PAGE_RECORDS);
/// Milliseconds that a commit may keep a person waiting who saves.
const LONGEST_MILLIS: i64 = 10;
/// Bytes of changes in one request, before compression; well below the protocol's limit.
const BYTES: usize = 5 * 1024 * 1024;
/// Round trips in a row without anything gained, after which the rest is left for the next time.
const IDLE_ROUNDS: u32 = 3;
/// Round trips after which the rest is left for the next time, so that a server that errs cannot keep a phone busy.
const MOST_ROUNDS: u32 = 2_000;
/// Milliseconds for which acknowledged changes are kept against a restored server (30 days).
const KEPT: i64 = 30 * DAY;

/// How much to ask at once, learnt from how it went; and what the server still has to be told.
#[derive(Debug)]
pub struct Pace {
    changes: usize,
    /// Rows in one transaction.
    rows: usize,
    /// What to try when a request with a single change failed.
    suspicion: Suspicion,
    lost_from: BTreeMap<SpaceId, Seq>,
    differs: BTreeSet<SpaceId>,
    wanted_in_vain: BTreeSet<SpaceId>,
    /// Whether the last answer gave the device another identity, and nothing that was asked.
    renamed: bool,
}

/// Whether one change is what makes requests fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Suspicion {
    /// Nothing failed.
    #[default]
    None,
    /// A single change failed: a request without any shows whether the server itself is well.
    Probing,
    /// The server is well, so the change is not: it goes as bytes.
    Proven,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            changes: limits::CHANGES,
            rows: TRANSACTION.0,
            suspicion: Suspicion::None,
            lost_from: BTreeMap::new(),
            differs: BTreeSet::new(),
            wanted_in_vain: BTreeSet::new(),
            renamed: false,
        }
    }
}

/// What a synchronisation did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncReport {
    /// Round trips.
    pub rounds: u32,
    /// Changes that the server gave an outcome.
    pub delivered: usize,
    /// Of those, how many it did not take.
    pub quarantined: usize,
    /// Records that arrived or went.
    pub arrived: usize,
    /// Spaces whose content was removed from the device.
    pub removed: Vec<SpaceId>,
    /// Spaces that will be read anew because they differed from the server's.
    pub differed: Vec<SpaceId>,
    /// Whether the server says that this version of the app is too old to be sent anything.
    pub upgrade: bool,
    /// Whether nothing is left to send or to read.
    pub complete: bool,
    /// The lease that the server gave, running since it was asked for.
    pub lease: Option<LeaseWatch>,
}

impl Client {
    /// Sends what was saved and takes in what changed, until both sides have everything. Only one at a time; a second
    /// call waits for the first.
    ///
    /// # Errors
    /// [`SyncError`], telling apart what a person can do something about. What arrived before it stays.
    pub async fn synchronise(&self, transport: &impl Transport) -> Result<SyncReport, SyncError> {
        let mut pace = self.pace.lock().await;
        let mut report = SyncReport::default();
        let mut idle = 0;
        while idle < IDLE_ROUNDS && report.rounds < MOST_ROUNDS {
            let gained = self.round(transport, &mut pace, &mut report).await?;
            idle = if gained { 0 } else { idle + 1 };
            report.complete = !self.wants_more(&pace)?;
            if report.complete || report.upgrade && !gained {
                break;
            }
        }
        Ok(report)
    }

    /// One round trip; whether it brought anything further.
    async fn round(
        &self,
        transport: &impl Transport,
        pace: &mut Pace,
        report: &mut SyncReport,
    ) -> Result<bool, SyncError> {
        // A space is said to be removed only when no page holds anything of it, also after a kill.
        self.store.scrub().map_err(ClientError::from)?;
        let known = self.store.read(|reader| self.gather(reader, pace))?;
        let token = self.token()?;
        let asked = request(known).map_err(SyncError::Encoding)?;
        let sent: usize = asked.spaces.iter().map(|space| space.changes.len()).sum();
        report.rounds += 1;
        match exchange(transport, SYNCHRONISATIONS, Some(&token), &asked).await {
            Ok(answer) => {
                pace.went_well(sent);
                self.take(answer, &asked, pace, report).await
            }
            Err(error) if error.blames_request() && pace.narrow(sent) => Ok(true),
            Err(error) => {
                pace.suspicion = Suspicion::None;
                Err(error)
            }
        }
    }

    fn token(&self) -> Result<String, ClientError> {
        let token = self
            .store
            .read(|reader| Ok::<_, ClientError>(reader.setting(settings::TOKEN)?))?;
        token.ok_or(ClientError::NotEnrolled)
    }

    fn gather(&self, reader: &Reader<'_>, pace: &Pace) -> Result<Known, ClientError> {
        let mut room = Room {
            changes: pace.batch(),
            bytes: BYTES,
        };
        let states = reader.spaces()?;
        let spaces = states
            .into_iter()
            .map(|state| known_space(reader, state, pace, &mut room));
        Ok(Known {
            device: settings::device(reader)?,
            epoch: settings::epoch(reader)?,
            access: reader.setting(settings::ACCESS)?,
            configuration: settings::configuration(reader)?.map(|set| set.tag),
            keys: settings::server_keys(reader)?.map(|keys| keys.tag),
            lease: reader
                .setting(settings::LEASE_AT)?
                .and_then(|text| text.parse().ok()),
            next_token: next_token_hash(reader)?,
            opened: untold(reader)?.into_iter().take(limits::LISTED).collect(),
            spaces: spaces.collect::<Result<_, ClientError>>()?,
            clocks: self.clock.clocks(),
        })
    }

    async fn take(
        &self,
        answer: SyncAnswer,
        asked: &SyncRequest,
        pace: &mut Pace,
        report: &mut SyncReport,
    ) -> Result<bool, SyncError> {
        report.upgrade |= answer.upgrade;
        let lease = self.stand(asked, &answer)?;
        report.lease = lease.or(report.lease);
        pace.renamed = answer.identity.is_some();
        let server_time = Moment::from_millis(answer.server_time);
        for space in &asked.spaces {
            pace.differs.remove(&space.space);
            pace.lost_from.remove(&space.space);
            if !space.want.is_empty() {
                pace.wanted_in_vain.insert(space.space);
            }
        }
        let mut todo = orders(answer, asked, ROWS)?.into_iter();
        let mut gained = false;
        while !todo.as_slice().is_empty() {
            let (done, ready) = self.store.take_in(|writer| {
                let done = self.obey_some(writer, &mut todo, pace.rows)?;
                Ok::<_, ClientError>((done, self.clock.clocks().mono))
            })?;
            pace.committed(ready, self.clock.clocks().mono);
            gained |= done.gained;
            done.note(pace, report);
            // A person who saves meanwhile goes first.
            tokio::task::yield_now().await;
        }
        self.store.scrub().map_err(ClientError::from)?;
        let before = server_time.plus_millis(-KEPT);
        self.store
            .take_in(|writer| writer.expire_acknowledged(before))
            .map_err(ClientError::from)?;
        Ok(gained)
    }

    /// Obeys until nothing is left, the transaction is full, or a person waits to save. Whatever was obeyed by then is
    /// true by itself: records come in the order of the feed, and the cursor last.
    fn obey_some(
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

    /// Whether there is still something to send, to read or to say.
    fn wants_more(&self, pace: &Pace) -> Result<bool, ClientError> {
        if pace.renamed || !pace.lost_from.is_empty() || pace.suspicion != Suspicion::None {
            return Ok(true);
        }
        self.store.read(|reader| {
            for state in reader.spaces()? {
                let reading = state.granted.is_some() && !state.removed;
                let behind = reading && state.cursor.is_none_or(|cursor| cursor.since != cursor.at);
                let wants = reading
                    && !pace.wanted_in_vain.contains(&state.id)
                    && !reader.wanted(state.id)?.is_empty();
                let says = state.pending > 0 || !reader.discarded_numbers(state.id)?.is_empty();
                if behind || wants || says || state.removed && reader.open_numbers(state.id)?.is_empty() {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }
}

/// What is left of a request's limits while it is filled.
struct Room {
    changes: usize,
    bytes: usize,
}

fn known_space(
    reader: &Reader<'_>,
    state: SpaceState,
    pace: &Pace,
    room: &mut Room,
) -> Result<KnownSpace, ClientError> {
    let id = state.id;
    let full = room.changes == 0 || room.bytes == 0 || state.pending == 0;
    let changes = if full {
        Vec::new()
    } else {
        reader.pending(id, room.changes, room.bytes)?
    };
    room.changes = room.changes.saturating_sub(changes.len());
    if state.pending > u64::try_from(changes.len()).unwrap_or(u64::MAX) {
        room.bytes = 0;
    }
    Ok(KnownSpace {
        lost_from: pace.lost_from.get(&id).copied(),
        opaque: pace.suspicion == Suspicion::Proven && !changes.is_empty(),
        open: reader.open_numbers(id)?,
        discard: reader.discarded_numbers(id)?,
        want: reader.wanted(id)?,
        differs: pace.differs.contains(&id),
        changes,
        state,
    })
}

impl Pace {
    fn batch(&self) -> usize {
        match self.suspicion {
            Suspicion::None => self.changes,
            Suspicion::Probing => 0,
            Suspicion::Proven => 1,
        }
    }

    /// The request that was answered had so many changes.
    fn went_well(&mut self, sent: usize) {
        match self.suspicion {
            Suspicion::None if sent > 0 => self.changes = (self.changes * 2).min(limits::CHANGES),
            Suspicion::None => {}
            Suspicion::Probing => self.suspicion = Suspicion::Proven,
            Suspicion::Proven => self.suspicion = Suspicion::None,
        }
    }

    /// A request with so many changes failed in a way that it may be to blame for; whether something else is worth trying.
    fn narrow(&mut self, sent: usize) -> bool {
        match (sent, self.suspicion) {
            (2.., Suspicion::None) => self.changes = (sent / 2).max(1),
            (1, Suspicion::None) => self.suspicion = Suspicion::Probing,
            _ => return false,
        }
        true
    }

    /// A commit took from one to another reading of the monotonic clock.
    fn committed(&mut self, began: Option<i64>, ended: Option<i64>) {
        let millis = began
            .zip(ended)
            .map_or(0, |(began, ended)| ended.saturating_sub(began));
        self.rows = match millis > LONGEST_MILLIS {
            true => (self.rows / 2).max(ROWS),
            false => (self.rows * 2).min(TRANSACTION.1),
        };
    }
}

/// What obeying some orders did.
#[derive(Default)]
struct Done {
    gained: bool,
    delivered: usize,
    quarantined: usize,
    arrived: usize,
    lost_from: BTreeMap<SpaceId, Seq>,
    differs: BTreeSet<SpaceId>,
    removed: Vec<SpaceId>,
}

impl Done {
    fn outcomes(&mut self, outcomes: &[drempel_domain::sync_log::Outcome]) {
        use drempel_domain::sync_log::Verdict;
        self.delivered += outcomes.len();
        self.quarantined += outcomes
            .iter()
            .filter(|outcome| outcome.verdict == Verdict::Quarantined)
            .count();
        self.gained |= !outcomes.is_empty();
    }

    fn note(self, pace: &mut Pace, report: &mut SyncReport) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_that_fails_is_halved_until_one_change_is_left_and_proven_guilty() {
        let mut pace = Pace::default();
        assert!(pace.narrow(2_000));
        assert_eq!(pace.batch(), 1_000);
        assert!(pace.narrow(2));
        assert_eq!(pace.batch(), 1);
        assert!(pace.narrow(1));
        assert_eq!(pace.batch(), 0, "first the server shows that it is well");
        pace.went_well(0);
        assert_eq!(pace.batch(), 1);
        assert_eq!(pace.suspicion, Suspicion::Proven);
        pace.went_well(1);
        assert_eq!(pace.suspicion, Suspicion::None);
    }

    #[test]
    fn a_server_that_fails_without_any_change_leaves_every_change_as_it_is() {
        let mut pace = Pace::default();
        assert!(pace.narrow(1));
        assert!(!pace.narrow(0), "the probe failed: the server is to blame");
        assert!(!Pace::default().narrow(0));
    }

    #[test]
    fn taking_in_never_keeps_a_person_waiting_for_long() {
        let mut pace = Pace::default();
        let first = pace.rows;
        pace.committed(Some(0), Some(LONGEST_MILLIS + 1));
        assert_eq!(pace.rows, first / 2);
        pace.committed(Some(0), Some(1));
        assert_eq!(pace.rows, first);
        for _ in 0..9 {
            pace.committed(None, None);
        }
        assert_eq!(pace.rows, limits::PAGE_RECORDS);
        for _ in 0..9 {
            pace.committed(Some(0), Some(1_000));
        }
        assert_eq!(pace.rows, ROWS, "something is taken in all the same");
    }
}
