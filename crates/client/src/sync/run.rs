//! The loop: ask, obey, ask on, until the device and the server have nothing more to tell each other.

use super::answering::{SyncError, exchange};
use super::orders::orders;
use super::pace::{Pace, ROWS, Suspicion};
use super::plan::{Known, KnownSpace, request};
use super::transport::Transport;
use crate::standing::untold;
use crate::tokens::next_token_hash;
use crate::{Client, ClientError, settings};
use drempel_domain::id::SpaceId;
use drempel_domain::time::{DAY, Moment};
use drempel_protocol::SYNCHRONISATIONS;
use drempel_protocol::limits;
use drempel_protocol::synchronisation::{SyncAnswer, SyncRequest};
use drempel_sealing::lease::LeaseWatch;
use drempel_store::{Reader, SpaceState};

/// Bytes of changes in one request, before compression; well below the protocol's limit.
const BYTES: usize = 5 * 1024 * 1024;
/// Round trips in a row without anything gained, after which the rest is left for the next time.
const IDLE_ROUNDS: u32 = 3;
/// Round trips after which the rest is left for the next time, so that a server that errs cannot keep a phone busy.
const MOST_ROUNDS: u32 = 2_000;
/// Milliseconds for which acknowledged changes are kept against a restored server (30 days).
const KEPT: i64 = 30 * DAY;

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
        let token = self.token(pace.tokens_back)?.ok_or(ClientError::NotEnrolled)?;
        let asked = request(known).map_err(SyncError::Encoding)?;
        let sent: usize = asked.spaces.iter().map(|space| space.changes.len()).sum();
        report.rounds += 1;
        match exchange(transport, SYNCHRONISATIONS, Some(&token), &asked).await {
            Ok(answer) => {
                self.go_back_to_token(std::mem::take(&mut pace.tokens_back))?;
                pace.went_well(sent);
                self.take(answer, &asked, pace, report).await
            }
            Err(error) if error.blames_request() && pace.narrow(sent) => Ok(true),
            // A server that was put back from a backup knows the token of then.
            Err(error) if error.is_of_unknown_token() && self.token(pace.tokens_back + 1)?.is_some() => {
                pace.tokens_back += 1;
                Ok(true)
            }
            Err(error) => {
                pace.suspicion = Suspicion::None;
                pace.tokens_back = 0;
                Err(error)
            }
        }
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
