//! Invariants 5, 7 and 9: every change has exactly one outcome, the right one, at an instant that no clock could push.

use crate::simulation::books::{Books, Entry};
use crate::simulation::broken::{Broken, must};
use crate::simulation::run::Run;
use crate::simulation::story::Written;
use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::space::{Forbidden, may_write};
use drempel_domain::sync_log::Eff;
use std::collections::BTreeMap;

/// Why a change that breaks no rule by itself may still be refused: its author had no right to write there, its record
/// was not there (erased, refused, or lost with files that were put back), or a clock was so far ahead that its date cannot be.
const CIRCUMSTANCES: [&str; 5] = [
    "not_a_member",
    "membership_ended",
    "reader_cannot_write",
    "unknown_record",
    "date_out_of_range",
];

impl Run {
    /// What must hold at rest.
    pub(super) fn check_outcomes(&self, books: &Books) -> Result<(), Broken> {
        check_numbers(books)?;
        books
            .entries
            .iter()
            .try_for_each(|entry| self.check_right_to_write(entry))?;
        self.story
            .written
            .iter()
            .try_for_each(|written| self.check_verdict(written, books))
    }

    /// No change counts later than the later of the moment of receipt and the value that it met, and one tick.
    pub(super) fn check_times(&self, books: &Books) -> Result<(), Broken> {
        let mut counted: BTreeMap<(SpaceId, Option<RecordId>), Vec<Eff>> = BTreeMap::new();
        for entry in &books.entries {
            counted
                .entry((entry.space, entry.record))
                .or_default()
                .extend(entry.eff);
        }
        books.entries.iter().try_for_each(|entry| {
            let others = counted.get(&(entry.space, entry.record));
            check_time(entry, others.map_or(&[][..], Vec::as_slice))
        })
    }

    /// A change is taken exactly when its author had the right to write when it counts.
    fn check_right_to_write(&self, entry: &Entry) -> Result<(), Broken> {
        let (Some(change), Some(eff)) = (&entry.change, entry.eff) else {
            return Ok(());
        };
        let possible = self
            .story
            .memberships_about(entry.author, entry.space, entry.received_at);
        let allows = |spans: &Vec<&_>| may_write(spans.iter().copied(), &change.collection, eff).is_ok();
        let forbidden = [
            Forbidden::NotAMember,
            Forbidden::MembershipEnded,
            Forbidden::ReaderCannotWrite,
        ];
        let for_want_of_a_right = forbidden
            .iter()
            .any(|why| entry.code.as_deref() == Some(why.code()));
        let fits = match (entry.verdict.as_str(), for_want_of_a_right) {
            ("taken", _) => possible.iter().any(allows),
            ("quarantined", true) => !possible.iter().all(allows),
            _ => true,
        };
        must(fits, 16, || {
            format!(
                "{}, {:?}, does not fit the memberships {possible:?}",
                name_of(entry),
                entry.code
            )
        })
    }

    fn check_verdict(&self, written: &Written, books: &Books) -> Result<(), Broken> {
        for entry in books.entries_of(written) {
            let refused = entry.verdict == "quarantined";
            let code = entry.code.as_deref().unwrap_or_default();
            // A copy that only the server makes stays refused when its author mends it or files it again.
            let servers_own =
                (written.change.collection == "shared_extract").then_some("reserved_collection");
            let fits = match written.refused_with.or(servers_own) {
                Some(expected) => refused && (code == expected || CIRCUMSTANCES.contains(&code)),
                None => !refused || CIRCUMSTANCES.contains(&code),
            };
            must(fits, 9, || {
                let expected = written.refused_with;
                format!(
                    "{} became {} {code}, expected {expected:?}",
                    name_of(entry),
                    entry.verdict
                )
            })?;
        }
        Ok(())
    }
}

/// The numbers of each device in each space run from 1 without gaps.
fn check_numbers(books: &Books) -> Result<(), Broken> {
    let mut last: BTreeMap<(SpaceId, DeviceId), u64> = BTreeMap::new();
    for entry in &books.entries {
        let before = last.entry((entry.space, entry.device)).or_default();
        let next = entry.seq.0 == *before + 1;
        must(next, 5, || {
            format!("{} comes after number {before}", name_of(entry))
        })?;
        *before = entry.seq.0;
    }
    Ok(())
}

fn check_time(entry: &Entry, counted: &[Eff]) -> Result<(), Broken> {
    let Some(eff) = entry.eff else {
        return Ok(());
    };
    // The value that it met may have been any that counts before it.
    let met = counted
        .iter()
        .filter(|other| **other < eff)
        .max()
        .copied()
        .unwrap_or_default();
    let ceiling = Eff::at(entry.received_at).max(met).moment().plus_millis(1);
    must(eff.moment() <= ceiling, 7, || {
        format!("{} counts at {eff}, later than {ceiling}", name_of(entry))
    })
}

pub(super) fn name_of(entry: &Entry) -> String {
    format!("change {} of {} in {}", entry.seq, entry.device, entry.space)
}
