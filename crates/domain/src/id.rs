//! Names of things: one type per kind, so that a space is never taken for a record.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;
use uuid::Uuid;

/// The text is no UUID in its usual form of 36 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: expected a UUID such as 019cb2f4-a1b3-7000-8000-000000000000")]
pub struct NotAnId;

fn parse(text: &str) -> Result<Uuid, NotAnId> {
    let id = Uuid::try_parse(text).map_err(|_| NotAnId)?;
    let mut canonical = [0u8; uuid::fmt::Hyphenated::LENGTH];
    if id.hyphenated().encode_lower(&mut canonical) == text {
        Ok(id)
    } else {
        Err(NotAnId)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The thing that this identifier names.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The identifier without its kind.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse(text).map(Self)
            }
        }
    };
}

id! {
    /// A record of any kind: a UUID, version 7 where a device makes it up, version 5 where it is computed.
    RecordId
}
id! {
    /// A space (*werkruimte*): the unit of access, of sync and of retention.
    SpaceId
}
id! {
    /// A person who works with Drempel.
    UserId
}
id! {
    /// One identity of a phone, tablet or desktop. An enrolment gives a new one.
    DeviceId
}
id! {
    /// One life of the server's log; restoring a backup begins another.
    EpochId
}
id! {
    /// One uninterrupted run of a device's operating system, while its monotonic clock counts on.
    BootId
}

/// The identifier of a record of kind `K`.
pub struct Id<K> {
    record: RecordId,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// The record of kind `K` with this identifier.
    pub const fn new(record: RecordId) -> Self {
        Self {
            record,
            kind: PhantomData,
        }
    }

    /// The identifier without its kind.
    pub const fn record(self) -> RecordId {
        self.record
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.record.cmp(&other.record)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.record.hash(state);
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record.uuid().fmt(out)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record.fmt(out)
    }
}

/// Where new identifiers come from. An argument everywhere, so that a test can repeat a run.
pub trait IdSource: Send + Sync {
    /// A new identifier, never given before.
    fn next(&self) -> Uuid;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_usual_form_is_an_identifier() {
        assert!("019cb2f4-a1b3-7000-8000-000000000000".parse::<RecordId>().is_ok());
        for text in [
            "019CB2F4-A1B3-7000-8000-000000000000",
            "019cb2f4a1b370008000000000000000",
            "{019cb2f4-a1b3-7000-8000-000000000000}",
            "",
        ] {
            assert_eq!(text.parse::<RecordId>(), Err(NotAnId), "{text}");
        }
    }
}
