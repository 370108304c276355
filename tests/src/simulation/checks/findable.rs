//! Invariants 5, 12 and 13: whatever somebody wrote and nobody knowingly replaced can be found.

use crate::simulation::books::{Books, Entry};
use crate::simulation::broken::{Broken, must};
use crate::simulation::run::Run;
use crate::simulation::story::{Written, is_signature, value_in};
use drempel_domain::value::Value;

impl Run {
    /// What must hold at rest.
    pub(super) fn check_findable(&self, books: &Books) -> Result<(), Broken> {
        self.story
            .written
            .iter()
            .try_for_each(|written| self.check_written(written, books))
    }

    fn check_written(&self, written: &Written, books: &Books) -> Result<(), Broken> {
        let erased = books
            .record_of(written)
            .is_some_and(|kept| kept.standing == "erased");
        if erased || written.thrown_away || written.excused.is_some() {
            return Ok(());
        }
        let entries: Vec<&Entry> = books.entries_of(written).collect();
        must(!entries.is_empty(), 5, || {
            format!("the server never received {}", told(written))
        })?;
        if entries.iter().any(|entry| entry.is_open()) {
            return self.check_open(written);
        }
        let values = written
            .change
            .set
            .iter()
            .filter(|(field, value)| !is_signature(field.as_str()) && !value.is_null());
        for (field, value) in values {
            let found = self.is_found(written, field.as_str(), value, books);
            must(found, 5, || format!("{field} cannot be found: {}", told(written)))?;
        }
        Ok(())
    }

    /// A change that waits in quarantine is on the administrator's list; its author's phone shows it too, unless the
    /// phone had to remove the space, or its files were put back.
    fn check_open(&self, written: &Written) -> Result<(), Broken> {
        let waiting = self
            .world
            .town()
            .app()
            .quarantine()
            .map_err(|error| Broken::new(0, error.to_string()))?;
        let listed = waiting
            .iter()
            .any(|entry| entry.change.as_ref().is_some_and(|change| written.is(change)));
        must(listed, 5, || format!("nobody is asked about {}", told(written)))
    }

    /// Whether a value is current, kept as overwritten, or was replaced by somebody who saw it.
    fn is_found(&self, written: &Written, field: &str, value: &Value, books: &Books) -> bool {
        let current = books
            .record_of(written)
            .is_some_and(|kept| kept.value(field) == *value);
        // The answer to a referral is written by the server, from the other side of the mirror.
        let mirrored = written.change.collection == "referral" && field == "answer";
        current
            || mirrored
            || is_kept_aside(books, written, field, value)
            || is_mended(self, written, books)
            || self.is_replaced(written, field, value, books)
    }

    fn is_replaced(&self, written: &Written, field: &str, value: &Value, books: &Books) -> bool {
        let same_record =
            |other: &&Written| other.space == written.space && other.change.record == written.change.record;
        let mut others = self.story.written.iter().filter(same_record);
        // Whether that other value can be found is asked of the other change.
        others.any(|other| {
            let replaces = other.change.set.get(field).is_some_and(|new| new != value);
            // Who mends what was refused has seen it.
            let saw = value_in(&other.saw, field) == *value || other.change.instead_of.is_some();
            replaces && saw && books.entries_of(other).any(Entry::is_taken)
        })
    }
}

fn is_kept_aside(books: &Books, written: &Written, field: &str, value: &Value) -> bool {
    books.records.iter().any(|((space, _), kept)| {
        let of = kept.value("of");
        *space == written.space
            && kept.collection == "overwritten"
            && of.member("id").and_then(Value::as_text) == Some(&written.change.record.to_string())
            && kept.value("field").as_text() == Some(field)
            && kept.value("value") == *value
    })
}

/// Whether a refused change was mended by another one of its author.
fn is_mended(run: &Run, written: &Written, books: &Books) -> bool {
    let mut entries = books.entries_of(written);
    entries.any(|entry| entry.resolution.as_deref() == Some("mended"))
        && run.story.written.iter().any(|other| {
            other.change.instead_of.is_some()
                && other.change.record == written.change.record
                && books.entries_of(other).next().is_some()
        })
}

fn told(written: &Written) -> String {
    let Written {
        phone,
        space,
        change,
        at,
        ..
    } = written;
    let (seq, kind, record, set) = (change.seq, &change.collection, change.record, &change.set);
    format!("what phone {phone} wrote as {seq} in {space} at {at}: {kind} {record} {set:?}")
}
