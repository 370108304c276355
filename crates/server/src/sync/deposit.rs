//! Sealed work: opened, checked against who hands it in, and taken in as any change, once.

use super::asked::Asked;
use super::batch::{Writer, is_copied};
use super::round_trip::Stopped;
use super::sent::Sent;
use crate::app::App;
use crate::problem::Refusal;
use crate::secrets::SecretKeys;
use crate::storage::{DeviceRow, Part};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use drempel_domain::time::Clocks;
use drempel_protocol::PROTOCOL;
use drempel_protocol::deposit::{Covered, DepositAnswer, DepositRequest, Deposited};
use drempel_protocol::limits::CHANGES;
use drempel_protocol::problem::Code;
use drempel_protocol::synchronisation::SpaceRequest;
use drempel_sealing::deposit::Deposit;
use std::collections::{BTreeMap, BTreeSet};

/// How often a stream is looked at again because somebody delivered into it meanwhile.
const MOST_LOOKS: usize = 10;

/// What a request brings for one device number in one space.
#[derive(Default)]
struct Stream<'a> {
    entries: BTreeMap<Seq, (Deposit, &'a str)>,
    covers: Vec<Covered>,
}

/// The streams of a request; those of the lock first, because changes of the database refer to them.
type Streams<'a> = BTreeMap<(Part, DeviceId, SpaceId), Stream<'a>>;

impl App {
    /// Takes in what a device hands in with its deposit token.
    pub(crate) fn deposit(
        &self,
        device: &DeviceRow,
        request: &DepositRequest,
    ) -> Result<DepositAnswer, Refusal> {
        check_size(request)?;
        let streams = self.streams(device, request)?;
        let now = self.now();
        let keys = self.keys()?;
        let mut answer = DepositAnswer {
            protocol: PROTOCOL,
            server_time: now.millis(),
            revoked: device.revoked_at.is_some(),
            streams: Vec::with_capacity(streams.len()),
        };
        for ((part, number, space), stream) in &streams {
            let writer = Writer {
                number: *number,
                part: *part,
                user: device.user,
                enrolled_at: device.enrolled_at,
            };
            // Whoever has a token of a device that is gone can write what that device might have written.
            let is_cut_off = device.revoked_at.is_some();
            let taken = self.take_in(writer, *space, stream, &keys, request.clocks, is_cut_off)?;
            answer.streams.push(taken);
        }
        self.finish_copies()?;
        self.storage().note_deposit(device, request.removed, now)?;
        Ok(answer)
    }

    /// The entries of a request by stream, as long as all are this enrolment's.
    fn streams<'a>(&self, device: &DeviceRow, request: &'a DepositRequest) -> Result<Streams<'a>, Refusal> {
        let mut streams = Streams::new();
        let mut parts = BTreeMap::new();
        for text in &request.entries {
            let entry = STANDARD.decode(text).ok();
            let entry = entry.and_then(|bytes| Deposit::decode(&bytes).ok());
            let entry = entry.ok_or_else(|| malformed("an entry is none of this protocol"))?;
            let name = entry.name();
            let part = self.part_of(device, name.device, &mut parts)?;
            let stream = streams.entry((part, name.device, name.space)).or_default();
            let is_next = stream
                .entries
                .keys()
                .next_back()
                .is_none_or(|last| *last < name.seq);
            if name.seq == Seq::ZERO || !is_next {
                return Err(malformed("entries are not in the order of their numbers"));
            }
            stream.entries.insert(name.seq, (entry, text));
        }
        for covered in &request.covers {
            let part = self.part_of(device, covered.device, &mut parts)?;
            let stream = streams.entry((part, covered.device, covered.space)).or_default();
            stream.covers.push(*covered);
        }
        Ok(streams)
    }

    /// Of which part of this enrolment a number is. A number of another enrolment and one of nobody answer alike.
    fn part_of(
        &self,
        device: &DeviceRow,
        number: DeviceId,
        known: &mut BTreeMap<DeviceId, Part>,
    ) -> Result<Part, Refusal> {
        if let Some(part) = known.get(&number) {
            return Ok(*part);
        }
        let found = self.storage().device(number)?;
        let part = found
            .filter(|(owner, _)| owner.enrolment == device.enrolment)
            .map(|(_, part)| part)
            .ok_or_else(|| malformed("an entry belongs to a device that is not this token's"))?;
        known.insert(number, part);
        Ok(part)
    }

    fn take_in(
        &self,
        writer: Writer,
        space: SpaceId,
        stream: &Stream<'_>,
        keys: &SecretKeys,
        sending: Clocks,
        is_cut_off: bool,
    ) -> Result<Deposited, Refusal> {
        let opened = stream.open(keys);
        for _ in 0..MOST_LOOKS {
            let reached = self.storage().reached(writer.number, &[space])?;
            let last = reached.get(&space).map_or(Seq::ZERO, |reached| reached.last);
            let (mut sent, unreadable) = stream.sent(&opened, last);
            let request = nothing_else(space);
            let differs = self.take_out_differing(writer, &request, &mut sent)?;
            let asked = Asked {
                request: &request,
                sent,
            };
            match self.push(writer, &asked, sending, is_cut_off) {
                Ok(decided) => {
                    crate::metrics::decided(&decided.outcomes);
                    crate::metrics::deposited(opened.len(), unreadable.len());
                    return Ok(Deposited {
                        device: writer.number,
                        space,
                        received_through: decided.received_through,
                        durable_through: decided.durable_through,
                        expected: decided.expected,
                        unreadable,
                        differs,
                    });
                }
                // Somebody delivered another change of the same number since it was looked at.
                Err(Stopped::Copied) => {}
                Err(Stopped::Failed(error)) => return Err(error.into()),
            }
        }
        Err(Refusal::new(
            Code::Unavailable,
            "Nothing was changed. Try again later.",
        ))
    }

    /// Takes out what has a number that was received with another content.
    fn take_out_differing(
        &self,
        writer: Writer,
        request: &SpaceRequest,
        sent: &mut Vec<Sent>,
    ) -> Result<Vec<Seq>, Refusal> {
        let asked = Asked {
            request,
            sent: std::mem::take(sent),
        };
        let known = self
            .storage()
            .look(&self.batch(writer, &asked, None, false).needs())?;
        let (differing, same): (Vec<Sent>, Vec<Sent>) = asked
            .sent
            .into_iter()
            .partition(|sent| is_copied(std::slice::from_ref(sent), &known.logged));
        *sent = same;
        Ok(differing.iter().map(|sent| sent.seq).collect())
    }
}

impl Stream<'_> {
    /// What could be opened, by number.
    fn open(&self, keys: &SecretKeys) -> BTreeMap<Seq, Sent> {
        let open = |seq: Seq, entry: &Deposit| {
            let bytes = entry.open(keys.sealing()).ok()?;
            Sent::opened(seq, std::str::from_utf8(&bytes).ok()?)
        };
        let entries = self.entries.iter();
        entries
            .filter_map(|(seq, (entry, _))| Some((*seq, open(*seq, entry)?)))
            .collect()
    }

    /// What to take in after `last`, in the order of its numbers, and which numbers could not be opened.
    fn sent(&self, opened: &BTreeMap<Seq, Sent>, last: Seq) -> (Vec<Sent>, Vec<Seq>) {
        let mut sent = opened.clone();
        let mut unreadable = Vec::new();
        for (seq, (_, text)) in self.entries.iter().filter(|(seq, _)| **seq > last) {
            if opened.contains_key(seq) {
                continue;
            }
            unreadable.push(*seq);
            if self.is_covered(*seq) {
                sent.insert(*seq, Sent::unopened(*seq, text));
            }
        }
        for seq in self.covered_after(last) {
            sent.entry(seq).or_insert_with(|| Sent::lost(seq));
        }
        (sent.into_values().collect(), unreadable)
    }

    fn is_covered(&self, seq: Seq) -> bool {
        let mut covers = self.covers.iter();
        covers.any(|covered| covered.from <= seq && seq <= covered.through)
    }

    fn covered_after(&self, last: Seq) -> BTreeSet<Seq> {
        let numbers = |covered: &Covered| {
            let from = covered.from.0.max(last.next().0);
            (from..=covered.through.0).map(Seq)
        };
        self.covers.iter().flat_map(numbers).collect()
    }
}

/// A request about a space that asks nothing of it.
fn nothing_else(space: SpaceId) -> SpaceRequest {
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

fn malformed(detail: &'static str) -> Refusal {
    Refusal::new(Code::Malformed, detail)
}

fn check_size(request: &DepositRequest) -> Result<(), Refusal> {
    let most = u64::try_from(CHANGES).unwrap_or(u64::MAX);
    let mut numbers = u64::try_from(request.entries.len()).unwrap_or(u64::MAX);
    for covered in &request.covers {
        if covered.from == Seq::ZERO || covered.through < covered.from {
            return Err(malformed("covered numbers run from one above 0 to a later one"));
        }
        let covers = covered.through.0.saturating_sub(covered.from.0).saturating_add(1);
        numbers = numbers.saturating_add(covers);
    }
    if numbers > most {
        return Err(Refusal::new(
            Code::TooLarge,
            "At most 2000 entries and covered numbers together.",
        ));
    }
    Ok(())
}
