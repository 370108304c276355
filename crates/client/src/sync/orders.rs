//! What an answer asks of the device: a closed list of orders, derived without touching anything.

use super::answering::SyncError;
use drempel_domain::id::{DeviceId, EpochId, SpaceId};
use drempel_domain::sync_log::{Cursor, Digest, FeedRecord, Outcome, Removal, Resolved, Seq};
use drempel_domain::time::Moment;
use drempel_protocol::access::{Access, Configuration};
use drempel_protocol::synchronisation::{SpaceAnswer, SpaceRequest, SyncAnswer, SyncRequest};

/// One thing to do. Each is done in one transaction with its neighbours; doing it twice is doing it once.
#[derive(Debug)]
pub(crate) enum Order {
    /// Take other device numbers, of the library and perhaps of the lock: the old ones are a copy's.
    BecomeDevice {
        device: DeviceId,
        lock: Option<DeviceId>,
    },
    /// The server's log has another life than the device knew.
    BeginEpoch(EpochId),
    /// Take over what the person may see.
    TakeAccess(Box<Access>),
    /// Take over how the municipality has set things up.
    TakeConfiguration(Box<Configuration>),
    /// Take over what became of the device's changes.
    TakeOutcomes {
        space: SpaceId,
        outcomes: Vec<Outcome>,
        received_through: Seq,
        durable_through: Seq,
        server_time: Moment,
    },
    /// Take over what became of quarantined changes.
    TakeResolved(SpaceId, Vec<Resolved>),
    /// The server expects this number next: say of those in between that they are lost.
    FillGap(SpaceId, Seq),
    /// What comes now replaces everything.
    BeginReread(SpaceId),
    /// Take records in.
    TakeRecords(SpaceId, Vec<FeedRecord>),
    /// Take records out.
    TakeRemovals(SpaceId, Vec<Removal>),
    /// Everything up to here is taken in.
    MoveCursor {
        space: SpaceId,
        cursor: Cursor,
        more: bool,
        digest: Option<Digest>,
    },
    /// Remove everything of a space, once nothing of it waits to be delivered.
    RemoveSpace(SpaceId),
    /// The server knows that the space was removed.
    ForgetRemoved(SpaceId),
}

impl Order {
    /// How many rows it touches, about.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Order::TakeOutcomes { outcomes, .. } => outcomes.len(),
            Order::TakeRecords(_, records) => records.len(),
            Order::TakeRemovals(_, removals) => removals.len(),
            _ => 1,
        }
    }
}

/// The orders in an answer, in the order in which they are obeyed.
///
/// # Errors
/// [`SyncError::Unreadable`] when the answer speaks of a space that was not asked about, or a cursor goes back.
pub(crate) fn orders(answer: SyncAnswer, asked: &SyncRequest, rows: usize) -> Result<Vec<Order>, SyncError> {
    if let Some(identity) = answer.identity {
        return Ok(vec![Order::BecomeDevice {
            device: identity,
            lock: answer.lock,
        }]);
    }
    let mut orders = Vec::new();
    if asked.epoch != Some(answer.epoch) {
        orders.push(Order::BeginEpoch(answer.epoch));
    }
    let server_time = Moment::from_millis(answer.server_time);
    orders.extend(answer.access.map(Box::new).map(Order::TakeAccess));
    orders.extend(answer.configuration.map(Box::new).map(Order::TakeConfiguration));
    for space in answer.spaces {
        let begins = check(&space, asked)?.cursor.is_none();
        of_space(&mut orders, space, begins, server_time, rows);
    }
    let still = &answer.remove;
    orders.extend(
        asked
            .removed
            .iter()
            .filter(|space| !still.contains(space))
            .copied()
            .map(Order::ForgetRemoved),
    );
    let already = |space: &SpaceId| asked.removed.contains(space);
    orders.extend(
        answer
            .remove
            .iter()
            .filter(|space| !already(space))
            .copied()
            .map(Order::RemoveSpace),
    );
    Ok(orders)
}

fn check<'a>(answer: &SpaceAnswer, asked: &'a SyncRequest) -> Result<&'a SpaceRequest, SyncError> {
    let Some(request) = asked.spaces.iter().find(|request| request.space == answer.space) else {
        return Err(SyncError::Unreadable(
            "it speaks of a space that was not asked about",
        ));
    };
    let back = |(before, after): (Cursor, Cursor)| after.at < before.at && !answer.reread;
    match request.cursor.zip(answer.cursor).is_some_and(back) {
        true => Err(SyncError::Unreadable("its cursor goes back")),
        false => Ok(request),
    }
}

fn of_space(orders: &mut Vec<Order>, answer: SpaceAnswer, begins: bool, server_time: Moment, rows: usize) {
    let space = answer.space;
    let (received_through, durable_through) = (answer.received_through, answer.durable_through);
    let mut outcomes = pages(answer.outcomes, rows).peekable();
    loop {
        let page = outcomes.next().unwrap_or_default();
        let last = page.last().map(|outcome| outcome.seq);
        // Each page is true by itself, whatever becomes of the next.
        let received_through = last
            .filter(|_| outcomes.peek().is_some())
            .unwrap_or(received_through);
        orders.push(Order::TakeOutcomes {
            space,
            outcomes: page,
            received_through,
            durable_through,
            server_time,
        });
        if outcomes.peek().is_none() {
            break;
        }
    }
    if !answer.resolved.is_empty() {
        orders.push(Order::TakeResolved(space, answer.resolved));
    }
    orders.extend(answer.expected.map(|expected| Order::FillGap(space, expected)));
    // Whatever the reason to read from the beginning, what the pages do not bring goes at their end.
    if answer.reread || begins && answer.cursor.is_some() {
        orders.push(Order::BeginReread(space));
    }
    for page in pages(answer.records, rows) {
        orders.push(Order::TakeRecords(space, page));
    }
    for page in pages(answer.removals, rows) {
        orders.push(Order::TakeRemovals(space, page));
    }
    orders.extend(answer.cursor.map(|cursor| Order::MoveCursor {
        space,
        cursor,
        more: answer.more,
        digest: answer.digest,
    }));
}

/// Cuts a long list into pages of at most `rows`.
fn pages<T>(all: Vec<T>, rows: usize) -> impl Iterator<Item = Vec<T>> {
    let mut rest = all.into_iter();
    std::iter::from_fn(move || {
        let page: Vec<T> = rest.by_ref().take(rows.max(1)).collect();
        (!page.is_empty()).then_some(page)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_taken_in_pages_in_its_order() {
        let cut: Vec<Vec<u32>> = pages((0..5).collect(), 2).collect();
        assert_eq!(cut, [vec![0, 1], vec![2, 3], vec![4]]);
        assert_eq!(pages(Vec::<u32>::new(), 2).count(), 0);
        assert_eq!(pages(vec![1], 0).count(), 1, "a page is never empty");
    }
}
