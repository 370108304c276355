//! What must hold for a record whatever arrives in which order.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn field(index: usize) -> FieldName {
    FieldName::new(["note", "mood", "topics/drugs", "place"][index % 4]).unwrap()
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        (0i64..4).prop_map(Value::Integer),
        "[a-c]".prop_map(Value::from)
    ]
}

fn any_fields() -> impl Strategy<Value = Fields> {
    prop::collection::btree_map((0usize..4).prop_map(field), any_value(), 1..4)
}

fn any_base() -> impl Strategy<Value = Option<BaseCells>> {
    let known = ((0i64..4).prop_map(Value::Integer), 1u64..9).prop_map(|(value, eff)| Known {
        value,
        eff: Eff::from_bits(eff),
    });
    prop::option::of(prop::collection::btree_map(
        (0usize..4).prop_map(field),
        known,
        0..4,
    ))
}

fn any_held() -> impl Strategy<Value = Held> {
    let change = (any_fields(), any::<bool>(), prop::option::of(1u64..9));
    (any_base(), prop::collection::vec(change, 0..4)).prop_map(|(base, changes)| Held {
        base,
        pending: (1..)
            .zip(changes)
            .map(|(seq, (set, new, given))| Pending {
                seq: Seq(seq),
                lock: None,
                new,
                set,
                given: given.map(Eff::from_bits),
            })
            .collect(),
    })
}

fn any_record() -> impl Strategy<Value = FeedRecord> {
    let effs = prop::collection::btree_map(
        (0usize..4).prop_map(field),
        (1u64..9).prop_map(Eff::from_bits),
        0..3,
    );
    (any_fields(), 1u64..9, effs, any::<bool>()).prop_map(|(fields, eff, effs, whole)| FeedRecord {
        id: RecordId::new(Uuid::from_u128(7)),
        collection: "street_contact".to_owned(),
        eff: Eff::from_bits(eff),
        effs,
        fields,
        whole,
    })
}

proptest! {
    #[test]
    fn what_is_shown_is_the_base_with_the_pending_changes_laid_over_it(mut held in any_held()) {
        held.pending.iter_mut().for_each(|change| change.given = None);
        let mut expected: Fields = held.base.iter().flatten()
            .map(|(field, known)| (field.clone(), known.value.clone())).collect();
        for change in &held.pending {
            expected.extend(change.set.clone());
        }
        expected.retain(|_, value| !value.is_null());
        prop_assert_eq!(held.shown(), expected);
    }

    #[test]
    fn the_base_can_be_read_back_from_what_is_shown_and_what_is_under(held in any_held()) {
        prop_assume!(held.base.is_some());
        let mut base = held.shown();
        base.extend(held.under());
        base.retain(|_, value| !value.is_null());
        let expected: Fields = held.base.iter().flatten()
            .filter(|(_, known)| !known.value.is_null())
            .map(|(field, known)| (field.clone(), known.value.clone())).collect();
        prop_assert_eq!(base, expected);
    }

    #[test]
    fn settling_a_change_that_lost_nothing_leaves_what_is_shown(mut held in any_held(), set in any_fields()) {
        held.pending.iter_mut().for_each(|change| change.given = None);
        held.pending.insert(0, Pending { seq: Seq::ZERO, lock: None, new: true, set, given: None });
        let before = held.shown();
        prop_assert_eq!(held.settle(Seq::ZERO, Eff::from_bits(99), &[]), Applied::Done);
        prop_assert_eq!(held.shown(), before);
    }

    #[test]
    fn taking_the_same_record_twice_is_taking_it_once(
        mut held in any_held(), record in any_record(), rereading in any::<bool>(),
    ) {
        let first = held.take(&record, rereading);
        let once = held.clone();
        prop_assert_eq!(held.take(&record, rereading), first);
        prop_assert_eq!(held, once);
    }

    #[test]
    fn settling_and_taking_other_fields_commute(
        held in any_held(), set in any_fields(), mut record in any_record(), eff in 1u64..9,
    ) {
        record.whole = false;
        record.fields.retain(|field, _| !set.contains_key(field));
        let mut held = Held { base: Some(held.base.unwrap_or_default()), ..held };
        held.pending.insert(0, Pending { seq: Seq::ZERO, lock: None, new: false, set, given: None });
        let mut other = held.clone();
        let eff = Eff::from_bits(eff);
        let left = [held.settle(Seq::ZERO, eff, &[]), held.take(&record, false)];
        let right = [other.take(&record, false), other.settle(Seq::ZERO, eff, &[])];
        prop_assert_eq!(left, right);
        prop_assert_eq!(held, other);
    }

    #[test]
    fn a_rejected_change_leaves_no_trace(mut held in any_held(), set in any_fields()) {
        let before = held.clone();
        held.lay_over(Pending { seq: Seq(50), lock: None, new: false, set, given: None });
        held.reject(Seq(50));
        prop_assert_eq!(held, before);
    }

    #[test]
    fn a_value_older_than_the_one_known_is_not_taken(mut held in any_held(), record in any_record()) {
        let before = held.base.clone().unwrap_or_default();
        let _ = held.take(&record, false);
        for (field, known) in held.base.iter().flatten() {
            if let Some(old) = before.get(field) {
                prop_assert!(known.eff >= old.eff, "{field}");
            }
        }
    }
}

#[test]
fn a_lost_field_falls_back_unless_a_later_change_covers_it() {
    let mut held = Held {
        base: Some(BaseCells::from([(
            field(0),
            Known {
                value: Value::from("server"),
                eff: Eff::from_bits(9),
            },
        )])),
        pending: Vec::new(),
    };
    let change = |seq, text: &str| Pending {
        seq: Seq(seq),
        lock: None,
        new: false,
        set: Fields::from([(field(0), Value::from(text))]),
        given: None,
    };
    held.lay_over(change(1, "one"));
    held.lay_over(change(2, "two"));
    assert_eq!(held.settle(Seq(1), Eff::from_bits(5), &[field(0)]), Applied::Done);
    assert_eq!(held.shown()[&field(0)], Value::from("two"));
    assert_eq!(held.settle(Seq(2), Eff::from_bits(6), &[field(0)]), Applied::Done);
    assert_eq!(held.shown()[&field(0)], Value::from("server"));
}

#[test]
fn half_a_record_is_not_built_from_a_change_to_one_that_is_gone() {
    let set = Fields::from([(field(0), Value::from("late"))]);
    let mut held = Held::default();
    held.lay_over(Pending {
        seq: Seq(1),
        lock: None,
        new: false,
        set,
        given: None,
    });
    assert_eq!(held.settle(Seq(1), Eff::from_bits(5), &[]), Applied::WholeNeeded);
    assert!(held.is_gone());
}

#[test]
fn a_new_record_is_shown_whole_until_the_feed_brings_what_later_changes_won_of_it() {
    let mut held = Held::default();
    held.lay_over(Pending {
        seq: Seq(1),
        lock: None,
        new: true,
        set: Fields::from([(field(0), Value::from("one")), (field(1), Value::from("two"))]),
        given: None,
    });
    assert_eq!(held.settle(Seq(1), Eff::from_bits(5), &[field(0)]), Applied::Done);
    assert_eq!(
        held.shown(),
        Fields::from([(field(0), Value::from("one")), (field(1), Value::from("two"))])
    );
    let later = FeedRecord {
        id: RecordId::new(Uuid::from_u128(7)),
        collection: "street_contact".to_owned(),
        eff: Eff::from_bits(9),
        effs: BTreeMap::new(),
        fields: Fields::from([(field(0), Value::from("later"))]),
        whole: false,
    };
    assert_eq!(held.take(&later, false), Applied::Done);
    assert_eq!(held.shown()[&field(0)], Value::from("later"));
}
