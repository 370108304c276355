//! The winner of every field, and what to keep of the loser.

use super::{Eff, FieldName, Fields, Seq};
use crate::id::DeviceId;
use crate::value::Value;
use std::collections::BTreeMap;

/// Which change wrote a value, in the order in which values win: the greatest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// When the change counts.
    pub eff: Eff,
    /// The device that made it.
    pub device: DeviceId,
    /// Its number there.
    pub seq: Seq,
}

/// A field's value and the change that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The value, `Null` where one was taken out.
    pub value: Value,
    /// The change that wrote it.
    pub version: Version,
}

/// A record as the server holds it: each field on its own.
pub type Cells = BTreeMap<FieldName, Cell>;

/// A value that lost without the winner's author having seen it: kept, shown to both authors, to be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overwriting {
    /// The field.
    pub field: FieldName,
    /// The value that lost.
    pub value: Value,
    /// The change that wrote it.
    pub lost: Version,
    /// The change that won.
    pub won: Version,
}

/// What taking in one change did to a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    /// The fields whose value is now that of the change.
    pub won: Vec<FieldName>,
    /// The fields that a greater version holds.
    pub lost: Vec<FieldName>,
    /// Values that lost unseen, on either side.
    pub overwritten: Vec<Overwriting>,
}

/// Takes one change into a record, field by field: the greatest version wins.
///
/// `seen` tells which version the change's author saw in a field. A value that differs from the winner and was
/// not seen by it is given back as overwritten; an edit of what one saw overwrites nothing.
pub fn merge(
    cells: &mut Cells,
    set: Fields,
    version: Version,
    seen: impl Fn(&FieldName) -> Option<Eff>,
) -> Merge {
    let mut outcome = Merge::default();
    for (field, value) in set {
        let Some(cell) = cells.get_mut(&field) else {
            cells.insert(field.clone(), Cell { value, version });
            outcome.won.push(field);
            continue;
        };
        let wins = version > cell.version;
        let unseen = seen(&field) != Some(cell.version.eff) && cell.version != version;
        if unseen && cell.value != value {
            let (loser, lost, won) = if wins {
                (cell.value.clone(), cell.version, version)
            } else {
                (value.clone(), version, cell.version)
            };
            outcome.overwritten.push(Overwriting {
                field: field.clone(),
                value: loser,
                lost,
                won,
            });
        }
        if wins {
            *cell = Cell { value, version };
            outcome.won.push(field);
        } else if cell.version == version {
            outcome.won.push(field);
        } else {
            outcome.lost.push(field);
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Moment;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[derive(Clone, Debug)]
    struct Write {
        version: Version,
        set: Fields,
    }

    fn version(millis: i64, device: u128, seq: u64) -> Version {
        Version {
            eff: Eff::at(Moment::from_millis(millis)),
            device: DeviceId::new(Uuid::from_u128(device)),
            seq: Seq(seq),
        }
    }

    fn name(text: &str) -> FieldName {
        FieldName::new(text).unwrap()
    }

    /// Writes of three devices, each with its own number, at times that often collide.
    fn writes() -> impl Strategy<Value = Vec<Write>> {
        let one = (
            0i64..4,
            1u128..4,
            prop::collection::btree_map(0usize..3, 0i64..3, 1..3),
        );
        prop::collection::vec(one, 1..8).prop_map(|all| {
            all.into_iter()
                .enumerate()
                .map(|(index, (millis, device, set))| Write {
                    version: version(millis, device, u64::try_from(index).unwrap() + 1),
                    set: set
                        .into_iter()
                        .map(|(field, value)| (name(["note", "mood", "place"][field]), Value::Integer(value)))
                        .collect(),
                })
                .collect()
        })
    }

    fn all_of(writes: &[Write]) -> Cells {
        let mut cells = Cells::new();
        for write in writes {
            merge(&mut cells, write.set.clone(), write.version, |_| None);
        }
        cells
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_decides_nothing(mut writes in writes(), seed in any::<u64>()) {
            let first = all_of(&writes);
            let mut state = seed;
            for index in (1..writes.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                writes.swap(index, usize::try_from(state >> 33).unwrap() % (index + 1));
            }
            prop_assert_eq!(all_of(&writes), first);
        }

        #[test]
        fn taking_in_twice_changes_nothing(writes in writes(), again in 0usize..8) {
            let mut cells = all_of(&writes);
            let before = cells.clone();
            let write = &writes[again % writes.len()];
            let outcome = merge(&mut cells, write.set.clone(), write.version, |_| None);
            prop_assert_eq!(&cells, &before);
            prop_assert_eq!(outcome.won.len() + outcome.lost.len(), write.set.len());
        }

        #[test]
        fn what_arrives_in_two_halves_ends_as_what_arrives_at_once(writes in writes(), cut in 0usize..8) {
            let (left, right) = writes.split_at(cut % (writes.len() + 1));
            let mut joined = all_of(left);
            for (field, cell) in all_of(right) {
                let one = Fields::from([(field, cell.value)]);
                merge(&mut joined, one, cell.version, |_| None);
            }
            prop_assert_eq!(joined, all_of(&writes));
        }

        #[test]
        fn every_value_is_current_or_kept_or_equal_to_the_winner(writes in writes()) {
            let mut cells = Cells::new();
            let mut kept = Vec::new();
            for write in &writes {
                let outcome = merge(&mut cells, write.set.clone(), write.version, |_| None);
                kept.extend(outcome.overwritten);
            }
            for write in &writes {
                for (field, value) in &write.set {
                    let current = &cells[field].value == value;
                    let findable = kept.iter().any(|row| &row.field == field && &row.value == value);
                    prop_assert!(current || findable);
                }
            }
        }
    }

    #[test]
    fn an_edit_of_what_was_seen_overwrites_nothing() {
        let mut cells = Cells::new();
        let first = version(1, 1, 1);
        merge(
            &mut cells,
            Fields::from([(name("note"), "een".into())]),
            first,
            |_| None,
        );
        let edit = Fields::from([(name("note"), "twee".into())]);
        let outcome = merge(&mut cells, edit, version(2, 2, 1), |_| Some(first.eff));
        assert_eq!(outcome.overwritten, []);
        assert_eq!(cells[&name("note")].value, "twee".into());
    }

    #[test]
    fn the_same_word_written_twice_apart_overwrites_nothing() {
        let mut cells = Cells::new();
        let same = || Fields::from([(name("mood"), Value::from("calm"))]);
        merge(&mut cells, same(), version(1, 1, 1), |_| None);
        assert_eq!(
            merge(&mut cells, same(), version(2, 2, 1), |_| None).overwritten,
            []
        );
    }
}
