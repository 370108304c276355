//! A request with its changes read, as long as it does not contradict itself.

use super::sent::Sent;
use crate::problem::Refusal;
use drempel_domain::sync_log::Seq;
use drempel_protocol::problem::Code;
use drempel_protocol::synchronisation::SpaceRequest;
use std::collections::BTreeSet;

/// One space of a request, its changes read.
pub(crate) struct Asked<'a> {
    pub request: &'a SpaceRequest,
    pub sent: Vec<Sent>,
}

/// Reads the changes of every space, and refuses a request that contradicts itself.
pub(super) fn read_all(spaces: &[SpaceRequest]) -> Result<Vec<Asked<'_>>, Refusal> {
    let mut named = BTreeSet::new();
    let mut asked = Vec::with_capacity(spaces.len());
    for space in spaces {
        if !named.insert(space.space) {
            return Err(Refusal::new(
                Code::Malformed,
                "a space stands twice in the request",
            ));
        }
        if space.cursor.is_some_and(|cursor| cursor.since > cursor.at) {
            return Err(Refusal::new(
                Code::Malformed,
                "a cursor has walked less far than it was caught up",
            ));
        }
        let sent = Sent::read_all(&space.changes, space.received_through);
        let numbers = || sent.iter().map(|sent| sent.seq);
        if numbers().zip(numbers().skip(1)).any(|(one, next)| next <= one)
            || numbers().any(|seq| seq == Seq::ZERO)
        {
            return Err(Refusal::new(
                Code::Malformed,
                "changes are not in the order of their numbers",
            ));
        }
        asked.push(Asked { request: space, sent });
    }
    Ok(asked)
}
