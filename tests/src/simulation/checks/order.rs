//! Invariants 3 and 4: whoever saw a value beats it, and nobody loses to an earlier edit of their own.

use crate::simulation::books::{Books, Entry};
use crate::simulation::broken::{Broken, must};
use crate::simulation::run::Run;
use crate::simulation::story::{Written, is_signature, value_in};
use drempel_domain::value::Value;

impl Run {
    /// What must hold at rest.
    pub(super) fn check_order(&self, books: &Books) -> Result<(), Broken> {
        for (index, later) in self.story.written.iter().enumerate() {
            let Some(after) = only_taken(books, later) else {
                continue;
            };
            for earlier in self
                .story
                .written
                .iter()
                .take(index)
                .filter(|earlier| is_same_record(earlier, later))
            {
                if let Some(before) = only_taken(books, earlier) {
                    self.check_pair(earlier, before, later, after)?;
                }
            }
        }
        Ok(())
    }

    fn check_pair(
        &self,
        earlier: &Written,
        before: &Entry,
        later: &Written,
        after: &Entry,
    ) -> Result<(), Broken> {
        for (field, value) in &earlier.change.set {
            let field = field.as_str();
            if is_signature(field) || !later.change.set.contains_key(field) {
                continue;
            }
            let saw = !value.is_null()
                && value_in(&later.saw, field) == *value
                && self.is_unique(earlier, field, value);
            let own = earlier.phone == later.phone && earlier.life == later.life;
            let invariant = if saw { 3 } else { 4 };
            let later_counts = (after.eff, after.seq) > (before.eff, before.seq) && after.eff > before.eff
                || before.eff == after.eff && own;
            must(!(saw || own) || later_counts, invariant, || {
                format!(
                    "{field} of {}: change {} of {} ({:?}) does not come after change {} of {} ({:?})",
                    later.change.record,
                    after.seq,
                    after.device,
                    after.eff,
                    before.seq,
                    before.device,
                    before.eff
                )
            })?;
        }
        Ok(())
    }

    /// Whether a value has words that were written once, so that it cannot be another one of the same content: what is taken
    /// back or put back is written twice.
    fn is_unique(&self, earlier: &Written, field: &str, value: &Value) -> bool {
        let is_new = value
            .as_text()
            .is_some_and(|text| text.starts_with("stond woord"));
        let same = |written: &&Written| {
            is_same_record(written, earlier) && written.change.set.get(field) == Some(value)
        };
        is_new && self.story.written.iter().filter(same).count() == 1
    }
}

fn is_same_record(one: &Written, other: &Written) -> bool {
    one.space == other.space && one.change.record == other.change.record
}

/// What became of a change, when it was delivered under one number only and taken in.
fn only_taken<'a>(books: &'a Books, written: &'a Written) -> Option<&'a Entry> {
    let mut entries = books.entries_of(written);
    let first = entries.next()?;
    (entries.next().is_none() && first.is_taken()).then_some(first)
}
