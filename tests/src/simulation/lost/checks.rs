//! What must hold: nothing acknowledged is lost or doubled, nothing that must go stays, nobody hears what is not theirs.

use super::run::Run;
use super::story::{Written, entries_with, word};
use crate::simulation::Broken;
use crate::simulation::books::{Books, Entry, memberships_in};
use crate::simulation::broken::must;
use crate::simulation::story::words_in;
use drempel_client::phone::Stage;
use drempel_domain::id::SpaceId;
use drempel_domain::space::role_at;
use drempel_domain::time::Clock as _;
use drempel_domain::value::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// What a file of a phone must not have in it: how every word begins, in UTF-8 and in both orders of UTF-16.
const SENTINELS: [&[u8]; 3] = [b"woord", b"w\0o\0o\0r\0d\0", b"\0w\0o\0o\0r\0d"];

/// Why a note that breaks no rule by itself may still wait for somebody to decide.
const CIRCUMSTANCES: [&str; 6] = [
    "device_revoked",
    "not_a_member",
    "membership_ended",
    "reader_cannot_write",
    "unknown_record",
    "date_out_of_range",
];

impl Run {
    /// What must hold at rest.
    pub(super) fn check(&mut self) -> Result<(), Broken> {
        let books = self.books();
        self.story
            .written
            .iter()
            .try_for_each(|written| self.check_written(written, &books))?;
        self.check_erased(&books)?;
        for phone in 0..self.phones.len() {
            self.check_at_rest(phone)?;
            self.check_library(phone, &books)?;
        }
        self.check_removals()
    }

    /// Invariant 5: what was acknowledged is taken in once, or waits for somebody to decide.
    fn check_written(&self, written: &Written, books: &Books) -> Result<(), Broken> {
        let gone = self.story.is_erased(written) || self.story.thrown_away.contains(&written.word);
        if gone || written.excused.is_some() {
            return Ok(());
        }
        let entries: Vec<&Entry> = entries_with(books, written.word).collect();
        must(!entries.is_empty(), 5, || {
            format!("the server never received {written:?}")
        })?;
        // Under other numbers, a phone whose files were put back delivers once more.
        must(entries.len() == 1 || self.story.disturbed, 5, || {
            format!("the server received {written:?} {} times", entries.len())
        })?;
        for entry in &entries {
            let code = entry.code.as_deref().unwrap_or_default();
            must(
                entry.verdict != "quarantined" || CIRCUMSTANCES.contains(&code),
                9,
                || format!("{written:?} was refused with {code}"),
            )?;
        }
        match entries.iter().any(|entry| entry.is_taken()) {
            true => must(self.is_found(written, books), 5, || {
                format!("nobody finds {written:?}")
            }),
            false => must(entries.iter().any(|entry| entry.is_open()), 5, || {
                format!("nobody is asked about {written:?}")
            }),
        }
    }

    /// Whether a word is current, kept as overwritten, or replaced by somebody who saw it.
    fn is_found(&self, written: &Written, books: &Books) -> bool {
        let text = Value::from(word(written.word).as_str());
        let mut records = books.records.iter();
        let stands = records.any(|((space, _), kept)| {
            *space == written.space && (kept.value("text") == text || kept.value("value") == text)
        });
        let is_taken = |other: &Written| entries_with(books, other.word).any(Entry::is_taken);
        let mut others = self.story.written.iter();
        stands || others.any(|other| other.instead.contains(&written.word) && is_taken(other))
    }

    /// Invariant 11: what was erased stays so.
    fn check_erased(&self, books: &Books) -> Result<(), Broken> {
        for (space, record) in &self.story.erased {
            let kept = books.records.get(&(*space, *record));
            let erased = kept.is_some_and(|kept| kept.standing == "erased" && kept.cells.is_empty());
            let mut entries = books.entries.iter();
            let said = entries.any(|entry| {
                (entry.space, entry.record) == (*space, Some(*record)) && entry.change.is_some()
            });
            must(erased && !said, 11, || {
                format!("{record} in {space} is there again")
            })?;
        }
        Ok(())
    }

    /// Nothing waits on a phone that nobody will ever fetch.
    fn check_at_rest(&self, phone: usize) -> Result<(), Broken> {
        let phone_of = self.phone(phone);
        let left = phone_of.handset.phone().undelivered();
        must(left == 0, 5, || {
            format!(
                "{left} sealed entries never leave phone {phone}, which is {:?}",
                phone_of.stage()
            )
        })?;
        let waiting = phone_of.with_open(|client| client.waiting());
        let waiting = waiting
            .transpose()
            .map_err(|error| Broken::new(0, error.to_string()))?;
        must(waiting.is_none_or(|waiting| waiting == 0), 5, || {
            format!("{waiting:?} changes never leave phone {phone}")
        })
    }

    /// Invariants 1, 10 and 16: a phone that can be read holds what the server has for its spaces, and nothing else.
    fn check_library(&self, phone: usize, books: &Books) -> Result<(), Broken> {
        let spaces = self.phone(phone).with_open(|client| {
            let digest = |space| client.store().read(|reader| reader.digest(space));
            let spaces = client.spaces()?.into_iter().map(|granted| granted.space.id);
            spaces
                .map(|space| Ok((space, digest(space)?)))
                .collect::<Result<Vec<_>, drempel_client::ClientError>>()
        });
        let Some(spaces) = spaces else {
            return Ok(());
        };
        let spaces = spaces.map_err(|error| Broken::new(0, error.to_string()))?;
        let server = self
            .world
            .town()
            .app()
            .space_digests()
            .map_err(|error| Broken::new(0, error.to_string()))?;
        for (space, digest) in &spaces {
            must(
                server.get(space).copied().unwrap_or_default() == *digest,
                1,
                || format!("phone {phone} differs from the server in {space}"),
            )?;
        }
        let spaces: BTreeSet<SpaceId> = spaces.into_iter().map(|(space, _)| space).collect();
        must(spaces == self.spaces_of(phone), 16, || {
            format!("phone {phone} has the spaces {spaces:?}")
        })?;
        let allowed = self.allowed_words(phone, &spaces, books);
        let pages = self.phone(phone).handset.plaintext();
        let stray: Vec<u64> = words_in(&pages).difference(&allowed).copied().collect();
        must(stray.is_empty(), 10, || {
            format!("phone {phone} still has the words {stray:?} in its library")
        })
    }

    /// The spaces that a phone's user may read now.
    fn spaces_of(&self, phone: usize) -> BTreeSet<SpaceId> {
        let user = self.phone(phone).user;
        let now = self.world.town().clock().now();
        let spans = memberships_in(&self.world.town().database());
        let mut spaces: BTreeSet<SpaceId> = self.world.all_spaces().into_iter().collect();
        spaces.retain(|space| {
            let of = spans
                .iter()
                .filter(|span| (span.user, span.space) == (user, *space));
            role_at(of, now).is_some()
        });
        spaces
    }

    /// Words of the phone's spaces, of its user's own changes that wait for somebody to decide, and in its forms.
    fn allowed_words(&self, phone: usize, spaces: &BTreeSet<SpaceId>, books: &Books) -> BTreeSet<u64> {
        let of = self.phone(phone);
        let is_allowed = |written: &&Written| {
            let own = self.phone(written.phone).user == of.user;
            let refused = || entries_with(books, written.word).any(|entry| entry.verdict == "quarantined");
            !self.story.is_erased(written) && (spaces.contains(&written.space) || own && refused())
        };
        let written = self.story.written.iter().filter(is_allowed);
        written
            .map(|written| written.word)
            .chain(of.typed.iter().copied())
            .collect()
    }

    /// Rule 4: everything that a phone had to remove was confirmed. A backup that was put back has forgotten some of it.
    fn check_removals(&self) -> Result<(), Broken> {
        let left = self
            .world
            .town()
            .app()
            .unconfirmed_removals()
            .map_err(|error| Broken::new(0, error.to_string()))?;
        must(left.is_empty() || self.story.restored, 10, || {
            format!("nobody confirmed {left:?}")
        })
    }

    /// Invariant 16: a phone hears no word of a space that its user may not read.
    pub(super) fn check_heard(&self, phone: usize) -> Result<(), Broken> {
        let heard = self.phone(phone).handset.line().take_heard();
        let words: BTreeSet<u64> = heard
            .iter()
            .flat_map(|heard| words_in(heard.text.as_bytes()))
            .collect();
        if words.is_empty() {
            return Ok(());
        }
        let spaces = self.spaces_of(phone);
        let is_foreign =
            |written: &&Written| words.contains(&written.word) && !spaces.contains(&written.space);
        let foreign = self.story.written.iter().find(is_foreign);
        must(foreign.is_none(), 16, || {
            format!("phone {phone} was told {foreign:?}")
        })
    }

    /// No byte of any file of a phone says what was written; of one that has come to its end nothing is left that could.
    pub(super) fn check_files(&self, phone: usize) -> Result<(), Broken> {
        let of = self.phone(phone);
        let ended = matches!(of.stage(), Stage::Ended(_));
        for (file, bytes) in of.handset.files() {
            must(!(ended && is_readable(&file)), 10, || {
                format!("{} is still on phone {phone}", file.display())
            })?;
            let said = SENTINELS.iter().any(|sentinel| is_in(&bytes, sentinel));
            must(!said, 10, || {
                format!("{} says what was written on phone {phone}", file.display())
            })?;
        }
        Ok(())
    }
}

/// Whether a file is one that a key could read, or a door to that key.
fn is_readable(file: &Path) -> bool {
    let name = file
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let folder = file.parent().and_then(Path::file_name).unwrap_or_default();
    name.starts_with("drempel.db")
        || ["doors", "tries", "lease", "hardware"].contains(&name)
        || folder == "drafts"
}

/// Looks for the first byte first: most of what is looked through is noise.
fn is_in(bytes: &[u8], sentinel: &[u8]) -> bool {
    let Some(first) = sentinel.first() else {
        return false;
    };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with(sentinel) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}
