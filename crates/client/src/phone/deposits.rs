//! What to put in the next deposit: sealed entries in order, and which numbers they are all that is left of.

use super::PhoneError;
use super::sealed_work::SealedWork;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use drempel_protocol::deposit::{Covered, DepositAnswer};
use drempel_protocol::limits::CHANGES;
use drempel_sealing::deposit::ChangeName;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of entries in one deposit: sealed bytes do not compress, and base64 makes them a third longer.
const MOST_BYTES: usize = 512 * 1024;

/// A device number in a space.
pub(super) type Stream = (DeviceId, SpaceId);

/// The entries of one deposit, and the numbers that it covers.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) entries: Vec<String>,
    pub(super) covers: Vec<Covered>,
    names: Vec<ChangeName>,
}

/// How the handing in goes.
#[derive(Debug)]
pub(super) struct Progress {
    /// The spaces of an open library, which sends what is in the outbox in the clear.
    in_the_clear: BTreeSet<SpaceId>,
    /// Whether nothing exists of the outbox's numbers but its entries.
    is_all_there_is: bool,
    /// The number that the server expects in a stream with a gap before its entries.
    gaps: BTreeMap<Stream, Seq>,
    /// Streams that do not move on.
    stuck: BTreeSet<Stream>,
}

impl Progress {
    /// Of the present enrolment, whose open library has these spaces; a locked one has none.
    pub(super) fn of_the_present(in_the_clear: BTreeSet<SpaceId>) -> Self {
        Self {
            in_the_clear,
            is_all_there_is: false,
            gaps: BTreeMap::new(),
            stuck: BTreeSet::new(),
        }
    }

    /// Of an enrolment that has ended.
    pub(super) fn of_what_was_left() -> Self {
        Self {
            is_all_there_is: true,
            ..Self::of_the_present(BTreeSet::new())
        }
    }

    /// What the answer says of the streams in a batch: they move on, have a gap, or are stuck.
    pub(super) fn after(&mut self, batch: &Batch, answer: &DepositAnswer) {
        for (stream, last) in batch.last() {
            let said = answer
                .streams
                .iter()
                .find(|said| (said.device, said.space) == stream);
            let Some(said) = said else {
                self.stuck.insert(stream);
                continue;
            };
            if said.received_through >= last {
                self.gaps.remove(&stream);
                continue;
            }
            let expected = said.expected.unwrap_or(said.received_through.next());
            if self.gaps.insert(stream, expected) == Some(expected) {
                self.stuck.insert(stream);
            }
        }
    }

    /// Whether the phone may say of a stream that there is nothing but its entries. Captures are written nowhere else.
    fn may_cover(&self, work: &SealedWork, stream: Stream) -> bool {
        self.is_all_there_is || stream.0 == work.enrolment().lock
    }

    fn wants(&self, work: &SealedWork, name: ChangeName) -> bool {
        let stream = (name.device, name.space);
        if name.device != work.enrolment().lock && self.in_the_clear.contains(&name.space) {
            return false;
        }
        let is_new = work.received.get(&stream).is_none_or(|seq| name.seq > *seq);
        let is_known_gap = self.gaps.contains_key(&stream) && !self.may_cover(work, stream);
        is_new && !is_known_gap && !self.stuck.contains(&stream)
    }
}

impl Batch {
    fn put(&mut self, name: ChangeName, bytes: &[u8]) {
        self.entries.push(STANDARD.encode(bytes));
        self.names.push(name);
    }

    /// The last number of each stream in it.
    fn last(&self) -> BTreeMap<Stream, Seq> {
        self.names
            .iter()
            .map(|name| ((name.device, name.space), name.seq))
            .collect()
    }

    /// How many of its entries in a stream have a number up to this one.
    pub(super) fn count_through(&self, stream: Stream, through: Seq) -> usize {
        let counts = |name: &&ChangeName| (name.device, name.space) == stream && name.seq <= through;
        self.names.iter().filter(counts).count()
    }
}

/// The next entries to hand in; nothing when there are none that would move anything on.
pub(super) fn next_batch(work: &mut SealedWork, progress: &Progress) -> Result<Option<Batch>, PhoneError> {
    let mut batch = Batch::default();
    fill_from_captures(&mut batch, work, progress)?;
    if batch.entries.is_empty() {
        fill_from_outbox(&mut batch, work, progress)?;
    }
    cover_gaps(&mut batch, work, progress);
    Ok((!batch.entries.is_empty()).then_some(batch))
}

fn fill_from_captures(
    batch: &mut Batch,
    work: &mut SealedWork,
    progress: &Progress,
) -> Result<(), PhoneError> {
    let Some(captures) = work.captures.as_mut() else {
        return Ok(());
    };
    let stream = (captures.device(), captures.space());
    let after = work.received.get(&stream).copied().unwrap_or(Seq::ZERO);
    let entries = captures.sealed(after, MOST_BYTES)?;
    for entry in entries.into_iter().take(CHANGES / 2) {
        if progress.wants(work, entry.name()) {
            batch.put(entry.name(), &entry.encode());
        }
    }
    Ok(())
}

fn fill_from_outbox(batch: &mut Batch, work: &mut SealedWork, progress: &Progress) -> Result<(), PhoneError> {
    let mut after = None;
    loop {
        let entries = work.outbox.entries(after, MOST_BYTES)?;
        let Some(last) = entries.last() else {
            return Ok(());
        };
        after = Some((last.name().space, last.name().seq));
        for entry in entries {
            if batch.entries.len() < CHANGES / 2 && progress.wants(work, entry.name()) {
                batch.put(entry.name(), &entry.encode());
            }
        }
        if !batch.entries.is_empty() {
            return Ok(());
        }
    }
}

/// Says of numbers before and among the entries that nothing else is left of them, as many as one deposit takes.
fn cover_gaps(batch: &mut Batch, work: &SealedWork, progress: &Progress) {
    let mut room = CHANGES.saturating_sub(batch.entries.len());
    for ((device, space), last) in batch.last() {
        let Some(from) = progress.gaps.get(&(device, space)).copied() else {
            continue;
        };
        if !progress.may_cover(work, (device, space)) {
            continue;
        }
        let most = from
            .0
            .saturating_add(u64::try_from(room).unwrap_or(0))
            .saturating_sub(1);
        let through = Seq(last.0.min(most));
        room = room.saturating_sub(usize::try_from(through.0.saturating_sub(from.0)).unwrap_or(room));
        batch.covers.push(Covered {
            device,
            space,
            from,
            through,
        });
    }
}
