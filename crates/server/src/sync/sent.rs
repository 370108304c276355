//! One entry of what a device sends, read as far as it can be read.

use crate::digests::{change_text, sha256};
use crate::storage::Seal;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use drempel_domain::sync_log::{Change, Seq};
use drempel_protocol::synchronisation::{LostChange, OpaqueChange};
use serde::Deserialize;
use serde_json::value::RawValue;

/// One entry with its number.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub seq: Seq,
    pub what: What,
    /// The text that is kept and sealed.
    pub text: String,
    /// Bytes as they travelled.
    pub size: usize,
}

/// What an entry turned out to be.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Change(Box<Change>),
    /// A number that the device cannot produce any more.
    Lost,
    /// Something that is no change, or that the device itself sends as bytes.
    Unreadable,
    /// A sealed entry that cannot be opened, as the bytes it is: perhaps its key is found.
    Unopened,
}

#[derive(Deserialize)]
struct Numbered {
    seq: Seq,
}

impl Sent {
    /// Reads the entries of one space. One that does not even tell its number stands after the one before it, or
    /// after what the device knows to have been received.
    pub(crate) fn read_all(entries: &[Box<RawValue>], received_through: Seq) -> Vec<Self> {
        let mut before = received_through;
        let read = entries.iter().map(|entry| {
            let sent = Self::read(entry.get(), before.next());
            before = sent.seq;
            sent
        });
        read.collect()
    }

    /// A change that did not come as text.
    pub(crate) fn from_change(change: Change) -> Self {
        let text = change_text(&change);
        Self {
            seq: change.seq,
            size: text.len(),
            text,
            what: What::Change(Box::new(change)),
        }
    }

    /// A number that the device cannot produce any more.
    pub(crate) fn lost(seq: Seq) -> Self {
        Self {
            seq,
            what: What::Lost,
            text: String::new(),
            size: 0,
        }
    }

    /// A sealed entry that cannot be opened.
    pub(crate) fn unopened(seq: Seq, entry: &str) -> Self {
        Self {
            seq,
            what: What::Unopened,
            text: entry.to_owned(),
            size: entry.len(),
        }
    }

    /// What was in a sealed entry; nothing when that was made for another number.
    pub(crate) fn opened(seq: Seq, text: &str) -> Option<Self> {
        Some(Self::read(text, seq)).filter(|sent| sent.seq == seq)
    }

    fn read(text: &str, otherwise: Seq) -> Self {
        let size = text.len();
        // A list would pass for an object with its members in order.
        if !text.starts_with('{') {
            return Self {
                seq: otherwise,
                what: What::Unreadable,
                text: text.to_owned(),
                size,
            };
        }
        if let Ok(change) = serde_json::from_str::<Change>(text) {
            return Self {
                size,
                ..Self::from_change(change)
            };
        }
        if let Ok(LostChange { seq, lost: true }) = serde_json::from_str(text) {
            return Self::lost(seq);
        }
        let (seq, text) = match serde_json::from_str(text) {
            Ok(OpaqueChange { seq, opaque }) => (seq, opaque_text(opaque)),
            Err(_) => {
                let seq = serde_json::from_str(text).map_or(otherwise, |Numbered { seq }| seq);
                (seq, text.to_owned())
            }
        };
        Self {
            seq,
            what: What::Unreadable,
            text,
            size,
        }
    }

    /// Its seal under that salt; none for a number of which the change is not known.
    pub(crate) fn seal(&self, salt: [u8; 16]) -> Option<Seal> {
        let hash = || sha256(&[&salt, self.text.as_bytes()]);
        (!matches!(self.what, What::Lost | What::Unopened)).then(|| Seal { salt, hash: hash() })
    }
}

/// The text behind opaque bytes: of a change in its own form, so that it seals as the change did; otherwise as it
/// is; in base64 where it is no text.
fn opaque_text(opaque: String) -> String {
    let bytes = STANDARD.decode(&opaque).ok();
    match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(text) => serde_json::from_str(&text).map_or(text, |change| change_text(&change)),
        None => opaque,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str], received_through: u64) -> Vec<Sent> {
        let raw = |text: &&str| RawValue::from_string((*text).to_owned()).unwrap();
        let entries: Vec<_> = texts.iter().map(raw).collect();
        Sent::read_all(&entries, Seq(received_through))
    }

    const CHANGE: &str = r#"{"seq":5,"collection":"youth","record":"019cb2f4-a1b3-7000-8000-000000000000",
        "new":true,"set":{"nickname":"Deli"},"made":{"wall":1772473968000}}"#;

    #[test]
    fn every_entry_gets_a_number_whatever_it_is() {
        let sent = read(
            &[
                CHANGE,
                r#"{"seq":6,"lost":true}"#,
                r#"{"seq":7,"opaque":"bm8gSlNPTg=="}"#,
                r#"{"seq":8,"collection":"youth"}"#,
                "[1]",
                r#"{"seq":10,"set":{"note":"\ud800"}}"#,
            ],
            4,
        );
        let numbers: Vec<u64> = sent.iter().map(|sent| sent.seq.0).collect();
        assert_eq!(numbers, [5, 6, 7, 8, 9, 10]);
        let kinds: Vec<_> = sent
            .iter()
            .map(|sent| match sent.what {
                What::Change(_) => 'c',
                What::Lost => 'l',
                What::Unreadable | What::Unopened => 'u',
            })
            .collect();
        assert_eq!(kinds, ['c', 'l', 'u', 'u', 'u', 'u']);
        assert_eq!(sent[2].text, "no JSON");
    }

    #[test]
    fn a_change_seals_alike_however_it_travels() {
        let given = CHANGE.replace(r#""made""#, r#""given":"019cafae65800000","made""#);
        let opaque = format!(r#"{{"seq":5,"opaque":"{}"}}"#, STANDARD.encode(CHANGE));
        let plain = read(&[CHANGE], 4)[0].seal([7; 16]);
        assert_eq!(read(&[&given], 4)[0].seal([7; 16]), plain);
        assert_eq!(read(&[&opaque], 4)[0].seal([7; 16]), plain);
        let other = CHANGE.replace("Deli", "Dali");
        assert_ne!(read(&[&other], 4)[0].seal([7; 16]), plain);
    }
}
