//! The decisions on a space that is kept in memory: no storage is needed to try them.

use super::*;
use crate::directory::Directory;
use crate::storage::{Needs, Part};
use drempel_domain::id::{IdSource, SpaceId};
use drempel_domain::space::{Membership, Regime, Role, Space, SpaceKind};
use drempel_domain::sync_log::{Digest, Fields};
use drempel_domain::time::{Clocks, DAY, HOUR, Moment};
use proptest::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

const START: i64 = 1_772_442_000_000;

fn space() -> SpaceId {
    SpaceId::new(Uuid::from_u128(1))
}

/// One of three devices, each of a person of its own.
fn device(index: usize) -> DeviceId {
    DeviceId::new(Uuid::from_u128([1, 2, 3][index]))
}

fn user(index: usize) -> UserId {
    UserId::new(Uuid::from_u128([1 << 16, 2 << 16, 3 << 16][index]))
}

fn name(text: &str) -> FieldName {
    FieldName::new(text).unwrap()
}

struct Counter(AtomicU64);

impl IdSource for Counter {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)))
    }
}

/// A space as a storage would keep it.
struct Memory {
    directory: Arc<Directory>,
    records: BTreeMap<RecordId, Held>,
    logs: BTreeMap<DeviceId, Vec<Logged>>,
    head: u64,
    ids: Counter,
}

impl Memory {
    fn new() -> Self {
        let team = Space {
            id: space(),
            name: "Team".to_owned(),
            kind: SpaceKind::Team,
            regime: Regime::CoachingAvg,
            covenant: None,
            covenant_fields: None,
        };
        let member = |index| Membership {
            user: user(index),
            space: space(),
            role: Role::Member,
            from: Moment::from_millis(0),
            until: None,
        };
        Self {
            directory: Arc::new(Directory::new(1, [team], [], (0..3).map(member))),
            records: BTreeMap::new(),
            logs: BTreeMap::new(),
            head: 0,
            ids: Counter(AtomicU64::new(1)),
        }
    }

    fn known(&self, needs: &Needs) -> Known {
        let log = self.logs.get(&needs.device);
        let entries = log.into_iter().flatten();
        let bases = needs.bases.iter().filter_map(|(device, seq)| {
            let entry = self.logs.get(device)?.iter().find(|entry| entry.seq == *seq)?;
            Some(((*device, *seq), entry.eff?))
        });
        Known {
            directory: Arc::clone(&self.directory),
            last: log
                .and_then(|log| log.last())
                .map(|entry| entry.seq)
                .unwrap_or_default(),
            durable: Seq::ZERO,
            logged: entries
                .filter(|entry| needs.numbers.contains(&entry.seq))
                .map(|entry| (entry.seq, entry.clone()))
                .collect(),
            bases: bases.collect(),
            records: self.records.clone(),
            authors: (0..3).map(|index| (device(index), user(index))).collect(),
            mirrors: BTreeMap::new(),
        }
    }

    /// Sends changes of one device, an hour after all were made.
    fn push(&mut self, index: usize, changes: &[Change]) -> Decided {
        let sent: Vec<Sent> = changes.iter().cloned().map(Sent::from_change).collect();
        let now = Moment::from_millis(START + HOUR);
        let batch = Batch {
            space: space(),
            device: device(index),
            part: Part::Database,
            author: user(index),
            enrolled_at: Moment::from_millis(0),
            sent: &sent,
            open: &[],
            discard: &[],
            sending: clocks(HOUR),
            now,
            is_cut_off: false,
            ids: &self.ids,
        };
        let (writes, decided) = decide(&batch, self.known(&batch.needs()));
        self.logs.entry(device(index)).or_default().extend(writes.entries);
        for Touched { mut held, .. } in writes.touched {
            self.head += 1;
            for field in held.cells.keys() {
                held.written.entry(field.clone()).or_insert(self.head);
            }
            held.position = self.head;
            self.records.insert(held.id, held);
        }
        decided
    }

    fn digest(&self) -> Digest {
        let mut digest = Digest::default();
        let own = self
            .records
            .values()
            .filter(|held| held.collection != "overwritten");
        own.filter_map(Held::share_now)
            .for_each(|share| digest.add(share));
        digest
    }
}

fn clocks(after: i64) -> Clocks {
    Clocks {
        wall: START + after,
        boot: None,
        mono: None,
    }
}

/// A change by one device of one of two young people; what it saw is not told.
fn change(seq: u64, record: u128, minute: i64, set: Fields) -> Change {
    Change {
        seq: Seq(seq),
        collection: "youth".to_owned(),
        record: RecordId::new(Uuid::from_u128(record | 7 << 76)),
        new: true,
        set,
        base: BTreeMap::new(),
        made: clocks(minute * 60_000),
        instead_of: None,
        given: None,
    }
}

/// What each of three devices recorded, in the order of its numbers.
fn recorded() -> impl Strategy<Value = Vec<Vec<Change>>> {
    let set = prop::collection::btree_map(0usize..3, "[a-c]", 1..3);
    let one = (1u128..3, 0i64..5, set);
    let of_device = prop::collection::vec(one, 0..4).prop_map(|all| {
        let changes = all.into_iter().zip(1..).map(|((record, minute, set), seq)| {
            let named = set
                .into_iter()
                .map(|(field, value)| (name(["nickname", "address", "phone"][field]), value.into()));
            change(seq, record, minute, named.collect())
        });
        changes.collect()
    });
    prop::collection::vec(of_device, 3)
}

fn arrive(devices: &[Vec<Change>], order: &[usize]) -> Memory {
    let mut memory = Memory::new();
    for index in order {
        memory.push(*index, &devices[*index]);
    }
    memory
}

proptest! {
    #[test]
    fn the_order_in_which_devices_arrive_decides_nothing(devices in recorded()) {
        let first = arrive(&devices, &[0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            prop_assert_eq!(arrive(&devices, &order).digest(), first.digest());
        }
    }

    #[test]
    fn sending_again_changes_nothing_and_is_answered_alike(devices in recorded(), who in 0usize..3) {
        let mut memory = arrive(&devices, &[0, 1, 2]);
        let (digest, head) = (memory.digest(), memory.head);
        let again = memory.push(who, &devices[who]);
        let once_more = memory.push(who, &devices[who]);
        prop_assert_eq!(again, once_more);
        prop_assert_eq!((memory.digest(), memory.head), (digest, head));
    }

    #[test]
    fn one_batch_ends_as_the_same_changes_one_by_one(devices in recorded()) {
        let mut one_by_one = Memory::new();
        for (changes, index) in devices.iter().zip(0..) {
            for change in changes {
                one_by_one.push(index, std::slice::from_ref(change));
            }
        }
        prop_assert_eq!(one_by_one.digest(), arrive(&devices, &[0, 1, 2]).digest());
    }

    #[test]
    fn every_value_is_current_or_kept_and_every_loss_is_told(devices in recorded(), order in Just([2, 0, 1])) {
        let mut memory = arrive(&devices, &order);
        for (changes, index) in devices.iter().zip(0..) {
            let answer = memory.push(index, changes);
            for (change, outcome) in changes.iter().zip(&answer.outcomes) {
                for (field, value) in &change.set {
                    let cell = &memory.records[&change.record].cells[field];
                    let own = cell.version.device == device(index) && cell.version.seq == change.seq;
                    prop_assert_eq!(own, !outcome.lost.contains(field));
                    let kept = memory.records.values().any(|held| {
                        held.about == Some(change.record)
                            && held.cells[&name("value")].value == *value
                            && held.cells[&name("field")].value == field.as_str().into()
                    });
                    prop_assert!(cell.value == *value || kept);
                }
            }
        }
    }
}

#[test]
fn everything_of_a_device_whose_access_was_ended_waits_and_keeps_its_effective_time() {
    let memory = Memory::new();
    let set = || Fields::from([(name("nickname"), "Deli".into())]);
    let sent: Vec<Sent> = [change(1, 1, 4, set()), change(2, 2, 5, set())]
        .map(Sent::from_change)
        .into();
    let batch = Batch {
        space: space(),
        device: device(0),
        part: Part::Database,
        author: user(0),
        enrolled_at: Moment::from_millis(0),
        sent: &sent,
        open: &[],
        discard: &[],
        sending: clocks(HOUR),
        now: Moment::from_millis(START + HOUR),
        is_cut_off: true,
        ids: &memory.ids,
    };
    let (writes, decided) = decide(&batch, memory.known(&batch.needs()));
    for outcome in &decided.outcomes {
        assert_eq!(outcome.reason.as_ref().unwrap().code, "device_revoked");
    }
    let minutes = writes
        .entries
        .iter()
        .map(|entry| (entry.eff.unwrap().moment().millis() - START) / 60_000);
    assert_eq!(minutes.collect::<Vec<_>>(), [4, 5]);
    assert_eq!(writes.touched.len(), 0);
}

#[test]
fn no_clock_takes_a_change_back_before_its_device_was_enrolled() {
    let memory = Memory::new();
    let mut long_ago = change(1, 1, 4, Fields::from([(name("nickname"), "Deli".into())]));
    long_ago.made = Clocks {
        wall: START - 10 * 365 * DAY,
        boot: None,
        mono: None,
    };
    let sent = [Sent::from_change(long_ago)];
    let enrolled_at = Moment::from_millis(START - HOUR);
    let batch = Batch {
        space: space(),
        device: device(0),
        part: Part::Database,
        author: user(0),
        enrolled_at,
        sent: &sent,
        open: &[],
        discard: &[],
        sending: clocks(HOUR),
        now: Moment::from_millis(START + HOUR),
        is_cut_off: false,
        ids: &memory.ids,
    };
    let (writes, decided) = decide(&batch, memory.known(&batch.needs()));
    assert_eq!(decided.outcomes[0].verdict, Verdict::Taken);
    assert_eq!(writes.entries[0].eff.unwrap().moment(), enrolled_at);
    assert!(
        writes.entries[0].claimed.unwrap() < enrolled_at,
        "the claim is kept"
    );
}

#[test]
fn two_values_of_one_device_that_lose_at_one_instant_are_both_kept() {
    let mut memory = Memory::new();
    let written =
        |seq, minute, value: &str| change(seq, 1, minute, Fields::from([(name("nickname"), value.into())]));
    memory.push(2, &[written(1, 3, "of chris")]);
    memory.push(1, &[written(1, 2, "of bo"), written(2, 2, "of bo again")]);
    let kept = memory.records.values().filter_map(|held| held.cells.get("value"));
    let kept: BTreeSet<_> = kept.map(|cell| cell.value.clone()).collect();
    assert_eq!(kept, BTreeSet::from(["of bo".into(), "of bo again".into()]));
}

#[test]
fn whoever_saw_a_value_has_not_seen_another_that_was_written_in_the_same_millisecond() {
    let mut memory = Memory::new();
    let written =
        |seq, minute, value: &str| change(seq, 1, minute, Fields::from([(name("nickname"), value.into())]));
    let first = memory.push(1, &[written(1, 2, "of bo")]);
    let mut again = written(2, 3, "of bo again");
    let seen = first.outcomes[0].eff.unwrap();
    again.base.insert(name("nickname"), Base::Seen(seen));
    memory.push(2, &[written(1, 2, "of chris")]);
    memory.push(1, &[again]);
    let kept = memory.records.values().filter_map(|held| held.cells.get("value"));
    let kept: BTreeSet<_> = kept.map(|cell| cell.value.clone()).collect();
    assert_eq!(kept, BTreeSet::from(["of bo".into(), "of chris".into()]));
}
