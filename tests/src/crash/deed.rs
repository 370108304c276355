//! What a device did and said to have done: one line each, printed only after the doing was committed.

use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::sync_log::Seq;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// Something that must never be undone by a kill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum Deed {
    /// A contact was recorded together with so many people, in one save.
    Recorded {
        /// The contact.
        contact: RecordId,
        /// How many people.
        people: usize,
    },
    /// Three fields of a contact were given the text of this version, in one save.
    Edited {
        /// The contact.
        contact: RecordId,
        /// The version, one higher each time.
        version: u64,
    },
    /// A draft was kept, in this version.
    Drafted {
        /// The draft.
        draft: RecordId,
        /// The version, one higher each time.
        version: u64,
    },
    /// The server said that it has the device's changes.
    Received {
        /// Under this identity.
        device: DeviceId,
        /// In this space.
        space: SpaceId,
        /// Up to this number.
        through: Seq,
    },
}

impl Deed {
    /// Says it, as a line.
    ///
    /// # Errors
    /// When nobody listens any more.
    pub fn say(&self, out: &mut impl Write) -> io::Result<()> {
        let mut line = serde_json::to_string(self).map_err(io::Error::other)?;
        line.push('\n');
        out.write_all(line.as_bytes())?;
        out.flush()
    }

    /// Reads a line that was said whole.
    pub fn hear(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }
}

/// The text of a version, long enough to lie on more than one page of the database now and then.
pub fn text_of(version: u64) -> String {
    let words = "stond bij de brug en had het koud ";
    let times = usize::try_from(version % 40).unwrap_or(0);
    format!("{version} {}", words.repeat(times))
}

/// The version of a text.
pub fn version_of(text: &str) -> Option<u64> {
    text.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_version() {
        for version in [0, 1, 39, 1_000] {
            assert_eq!(version_of(&text_of(version)), Some(version));
        }
        assert_eq!(version_of("geen"), None);
    }

    #[test]
    fn half_a_line_is_no_deed() {
        let mut line = Vec::new();
        let deed = Deed::Edited {
            contact: RecordId::new(uuid::Uuid::from_u128(1)),
            version: 3,
        };
        deed.say(&mut line).unwrap();
        let line = String::from_utf8(line).unwrap();
        assert_eq!(Deed::hear(&line), Some(deed));
        assert_eq!(Deed::hear(&line[..line.len() / 2]), None);
    }
}
