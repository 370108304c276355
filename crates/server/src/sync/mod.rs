//! One round trip: reading what was sent, judging and deciding it, copying it onward, and the feed back.

pub(crate) mod asked;
pub(crate) mod batch;
pub(crate) mod copies;
pub(crate) mod decide;
mod deposit;
mod epoch;
mod identity;
pub(crate) mod judge;
mod news;
pub(crate) mod overwritten;
pub(crate) mod pull;
pub(crate) mod round_trip;
pub(crate) mod sent;
