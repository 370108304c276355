//! What really happened in a run, kept apart from the program: who wrote what, having seen what, and who belonged where.

use super::books::Books;
use drempel_domain::id::{RecordId, SpaceId, UserId};
use drempel_domain::space::{Membership, Role, role_at};
use drempel_domain::sync_log::{Change, Fields};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A change that a person was told is saved.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// On which phone.
    pub phone: usize,
    /// In which life of that phone: putting its files back begins another.
    pub life: u32,
    /// When, in true time.
    pub at: Moment,
    /// In which space.
    pub space: SpaceId,
    /// The change as the library logged it.
    pub change: Change,
    /// What the fields showed when the writer opened them; `Null` where nothing.
    pub saw: Fields,
    /// The code with which the server must refuse it, when it must.
    pub refused_with: Option<&'static str>,
    /// Whether it was refused, and then thrown away by somebody who may.
    pub thrown_away: bool,
    /// Why it need not be found: the files that it was in were put back or are gone.
    pub excused: Option<&'static str>,
}

impl Written {
    /// Whether this is a change of the same content, under whatever number.
    pub(super) fn is(&self, change: &Change) -> bool {
        let own = &self.change;
        own.record == change.record
            && own.collection == change.collection
            && own.set == change.set
            && own.new == change.new
    }
}

/// Everything that happened.
#[derive(Default)]
pub(super) struct Story {
    words: u64,
    /// Every change that was saved, in true order.
    pub written: Vec<Written>,
    /// Records whose words went to another space on purpose.
    pub shared: BTreeSet<(RecordId, SpaceId)>,
    /// Records that were erased by hand.
    pub erased: BTreeSet<(SpaceId, RecordId)>,
    /// Whether files were put back or damaged, so that a difference between a phone and the server is explained.
    pub disturbed: bool,
    /// Whether the server's data were put back from a backup.
    pub restored: bool,
    memberships: Vec<(Moment, Vec<Membership>)>,
}

impl Story {
    /// A story that begins with these memberships.
    pub(super) fn new(memberships: Vec<Membership>) -> Self {
        Self {
            memberships: vec![(Moment::from_millis(0), memberships)],
            ..Self::default()
        }
    }

    /// A word that was never written before.
    pub(super) fn word(&mut self) -> String {
        self.words += 1;
        [WORD, &self.words.to_string(), "x"].concat()
    }

    /// The number of the word that was written last.
    pub(super) fn last_word(&self) -> u64 {
        self.words
    }

    /// The memberships as they are now.
    pub(super) fn memberships(&self) -> &[Membership] {
        self.memberships.last().map_or(&[], |(_, spans)| spans)
    }

    /// From that instant on, the memberships are these.
    pub(super) fn set_memberships(&mut self, from: Moment, spans: Vec<Membership>) {
        self.memberships.push((from, spans));
    }

    /// The role of a user in a space at an instant, by the memberships as they are now.
    pub(super) fn role(&self, user: UserId, space: SpaceId, at: Moment) -> Option<Role> {
        role_at(of(self.memberships(), user, space), at)
    }

    /// Whether a user did not belong to the space of a change at some moment since it was written.
    pub(super) fn was_away(&self, user: UserId, written: &Written) -> bool {
        let ends = self
            .memberships
            .iter()
            .skip(1)
            .map(|(from, _)| *from)
            .chain([Moment::from_millis(i64::MAX)]);
        let since = self
            .memberships
            .iter()
            .zip(ends)
            .filter(|(_, end)| written.at <= *end);
        let mut since =
            since.map(|((from, spans), _)| role_at(of(spans, user, written.space), written.at.max(*from)));
        since.any(|role| role.is_none())
    }

    /// The memberships of a user in a space as the server may have known them about that instant: a clock that is set
    /// some seconds leaves more than one possibility.
    pub(super) fn memberships_about(
        &self,
        user: UserId,
        space: SpaceId,
        at: Moment,
    ) -> Vec<Vec<&Membership>> {
        const LEEWAY: i64 = 60_000;
        let ends = self
            .memberships
            .iter()
            .skip(1)
            .map(|(from, _)| *from)
            .chain([Moment::from_millis(i64::MAX)]);
        let possible = self
            .memberships
            .iter()
            .zip(ends)
            .filter(|((from, _), end)| from.plus_millis(-LEEWAY) <= at && at <= end.plus_millis(LEEWAY));
        possible
            .map(|((_, spans), _)| of(spans, user, space).collect())
            .collect()
    }

    /// In which spaces each word may be read.
    pub(super) fn places_of_words(&self) -> BTreeMap<u64, BTreeSet<SpaceId>> {
        let mut places: BTreeMap<u64, BTreeSet<SpaceId>> = BTreeMap::new();
        for written in &self.written {
            for word in words_of(&written.change.set) {
                let spaces = places.entry(word).or_default();
                spaces.insert(written.space);
                let shared = self
                    .shared
                    .iter()
                    .filter(|(record, _)| *record == written.change.record);
                spaces.extend(shared.map(|(_, space)| *space));
            }
        }
        places
    }

    /// Somebody threw a refused change away.
    pub(super) fn throw_away(&mut self, space: SpaceId, record: RecordId, set: &Fields) {
        let same = |written: &&mut Written| {
            written.space == space && written.change.record == record && written.change.set == *set
        };
        self.written
            .iter_mut()
            .filter(same)
            .for_each(|written| written.thrown_away = true);
    }

    /// Excuses what a phone wrote from some point on and never delivered: its files were put back to before.
    pub(super) fn forget_since(&mut self, phone: usize, index: usize, books: &Books) {
        for written in self.written.iter_mut().skip(index) {
            if written.phone == phone && !books.has(written) {
                written
                    .excused
                    .get_or_insert("it was only in files that were put back");
            }
        }
    }
}

fn of(spans: &[Membership], user: UserId, space: SpaceId) -> impl Iterator<Item = &Membership> {
    spans
        .iter()
        .filter(move |span| span.user == user && span.space == space)
}

/// The words in these values, by their numbers.
pub(super) fn words_of(fields: &Fields) -> BTreeSet<u64> {
    let mut words = BTreeSet::new();
    for value in fields.values() {
        value.each_text(&mut |text| words.extend(words_in(text.as_bytes())));
    }
    words
}

/// How every word begins: long enough that no token, key or identifier has it by chance.
const WORD: &str = "woord";

/// The words in a text or in any other bytes: `woord`, a number, `x`.
pub(super) fn words_in(bytes: &[u8]) -> BTreeSet<u64> {
    let beginnings = bytes
        .windows(WORD.len())
        .enumerate()
        .filter(|(_, window)| *window == WORD.as_bytes());
    let number = |(at, _): (usize, _)| {
        let rest = bytes.get(at + WORD.len()..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let ends = rest.get(digits) == Some(&b'x');
        std::str::from_utf8(rest.get(..digits)?)
            .ok()?
            .parse()
            .ok()
            .filter(|_| ends)
    };
    beginnings.filter_map(number).collect()
}

/// Whether a field says who made the record and when, rather than what somebody wanted to remember.
pub(super) fn is_signature(field: &str) -> bool {
    matches!(field, "created_at" | "created_by")
}

/// The value of a field, `Null` where there is none.
pub(super) fn value_in(fields: &Fields, field: &str) -> Value {
    fields.get(field).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_bytes() {
        assert_eq!(
            words_in(b"zag woord12x en \x00woord7xwoord8x, woord9 x, woordx, w3x"),
            BTreeSet::from([7, 8, 12])
        );
    }
}
