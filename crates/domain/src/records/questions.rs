//! What the log itself asks or keeps: equal moments and overwritten values.

use super::contacts::StreetContact;
use crate::id::{Id, UserId};
use crate::record::{EventMoment, Link, Text, record};
use crate::value::Value;

record! {
    /// The answer to "Zelfde moment?" about two contacts. Its identifier is computed from the two.
    SameMoment in "same_moment", search [] {
        /// The contact with the lesser identifier.
        first: Option<Id<StreetContact>>,
        /// The other.
        second: Option<Id<StreetContact>>,
        /// Whether they are the same moment.
        same: Option<bool>,
    }
}

record! {
    /// A value that lost without the winner's author having seen it, written by the server (*overschreven*).
    Overwritten in "overwritten", search [] {
        /// The record.
        of: Option<Link>,
        /// The field.
        field: Option<Text>,
        /// The value that lost.
        value: Option<Value>,
        /// Who wrote it.
        author: Option<UserId>,
        /// When it counted.
        written_at: Option<EventMoment>,
        /// Who wrote the value that won.
        winner: Option<UserId>,
        /// When that counted.
        won_at: Option<EventMoment>,
    }
}
