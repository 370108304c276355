//! That the tables keep exactly what the pure record says, whatever happens to it in whatever order.

use crate::held::{Applied, Held, Pending};
use crate::table::table;
use crate::{LocalChange, Store, StoreError};
use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::sync_log::{
    Cursor, Digest, Eff, FeedRecord, FieldName, Fields, Outcome, Removal, RemovalKind, Seq, Verdict,
};
use drempel_domain::time::{Clocks, Moment};
use drempel_domain::value::Value;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use uuid::Uuid;

const TEAM: SpaceId = SpaceId::new(Uuid::from_u128(0x7ea));
const KIND: &str = "street_contact";

/// What can happen to a record.
#[derive(Clone, Debug)]
enum Event {
    /// The user changes it.
    Local { new: bool, set: Fields },
    /// The feed brings it.
    Feed { set: Fields, eff: u64, whole: bool },
    /// The server decides on its oldest pending change.
    Decide { verdict: Verdict, eff: u64, lost: bool },
    /// The server says that it is gone.
    Gone,
    /// Everything is read again, and the record is not among it.
    Reread,
    /// Another life of the server's log begins.
    Epoch,
    /// The device gets another identity.
    Identity,
}

fn any_fields() -> impl Strategy<Value = Fields> {
    let field = prop::sample::select(vec!["note", "mood", "topics/drugs", "headcount"]);
    let value = prop_oneof![
        Just(Value::Null),
        (0i64..3).prop_map(Value::Integer),
        Just(Value::from("plein")),
        Just(Value::from(true)),
    ];
    prop::collection::btree_map(field.prop_map(|name| FieldName::new(name).unwrap()), value, 1..4)
}

fn any_event() -> impl Strategy<Value = Event> {
    let verdict = prop::sample::select(vec![
        Verdict::Taken,
        Verdict::Taken,
        Verdict::Quarantined,
        Verdict::Missing,
        Verdict::Erased,
    ]);
    prop_oneof![
        6 => (any::<bool>(), any_fields()).prop_map(|(new, set)| Event::Local { new, set }),
        6 => (any_fields(), 1u64..40, any::<bool>())
            .prop_map(|(set, eff, whole)| Event::Feed { set, eff, whole }),
        6 => (verdict, 1u64..40, any::<bool>())
            .prop_map(|(verdict, eff, lost)| Event::Decide { verdict, eff, lost }),
        1 => Just(Event::Gone),
        1 => Just(Event::Reread),
        1 => Just(Event::Epoch),
        1 => Just(Event::Identity),
    ]
}

/// The record as it should be, beside the store that holds it.
struct World {
    store: Store,
    record: RecordId,
    held: Held,
    /// Changes that were decided on, with their effective times, and those in quarantine.
    decided: Vec<Pending>,
    quarantined: Vec<Pending>,
    rereading: bool,
    next: u64,
    last_given: u64,
}

impl World {
    fn happen(&mut self, event: &Event) -> Result<(), StoreError> {
        match event {
            Event::Local { new, set } => self.change(*new, set),
            Event::Feed { set, eff, whole } => self.take(set, *eff, *whole),
            Event::Decide { verdict, eff, lost } => self.decide(*verdict, *eff, *lost),
            Event::Gone => self.remove(),
            Event::Reread => self.reread(),
            Event::Epoch => self.begin_epoch(),
            Event::Identity => self.take_identity(),
        }
    }

    fn change(&mut self, new: bool, set: &Fields) -> Result<(), StoreError> {
        let seq = self.store.take_in::<_, StoreError>(|w| {
            w.apply_local(&LocalChange {
                space: TEAM,
                collection: KIND.to_owned(),
                record: self.record,
                new,
                set: set.clone(),
                base: BTreeMap::new(),
                made: Clocks {
                    wall: 1,
                    boot: None,
                    mono: None,
                },
                instead_of: None,
            })
        })?;
        assert_eq!(seq, Seq(self.next));
        self.next += 1;
        self.held.lay_over(Pending {
            seq,
            lock: None,
            new,
            set: set.clone(),
            given: None,
        });
        Ok(())
    }

    fn take(&mut self, set: &Fields, eff: u64, whole: bool) -> Result<(), StoreError> {
        let record = FeedRecord {
            id: self.record,
            collection: KIND.to_owned(),
            eff: Eff::from_bits(eff),
            effs: BTreeMap::new(),
            fields: set.clone(),
            whole,
        };
        let _ = self.held.take(&record, self.rereading);
        self.store.take_in(|w| w.take_records(TEAM, &[record]))
    }

    fn decide(&mut self, verdict: Verdict, eff: u64, lost: bool) -> Result<(), StoreError> {
        let Some(change) = self.held.pending.first().cloned() else {
            return Ok(());
        };
        // The server only misses numbers of an outbox that was closed, and never what it had in quarantine.
        let was_refused = self.quarantined.iter().any(|other| other.seq == change.seq);
        if verdict == Verdict::Missing && was_refused {
            return Ok(());
        }
        let eff = change.given.unwrap_or(Eff::from_bits(eff));
        let lost: Vec<FieldName> = change.set.keys().take(usize::from(lost)).cloned().collect();
        match verdict {
            Verdict::Taken => {
                let _: Applied = self.held.settle(change.seq, eff, &lost);
                self.decided.push(Pending {
                    given: Some(eff),
                    ..change.clone()
                });
                self.quarantined.retain(|other| other.seq != change.seq);
            }
            Verdict::Quarantined => {
                self.held.reject(change.seq);
                self.decided.push(Pending {
                    given: Some(eff),
                    ..change.clone()
                });
                self.quarantined.retain(|other| other.seq != change.seq);
                self.quarantined.push(change.clone());
            }
            Verdict::Missing => self.held.reject(change.seq),
            Verdict::Erased => {
                self.held.reject(change.seq);
                self.held.lose_base();
                self.decided.clear();
                self.quarantined.clear();
            }
        }
        let outcome = Outcome {
            seq: change.seq,
            eff: Some(eff),
            verdict,
            lost,
            clamped: false,
            reason: None,
        };
        self.store
            .take_in(|w| w.take_outcomes(TEAM, &[outcome], change.seq, Seq::ZERO, Moment::from_millis(1)))
    }

    fn remove(&mut self) -> Result<(), StoreError> {
        self.held.lose_base();
        let removal = Removal {
            id: self.record,
            collection: KIND.to_owned(),
            kind: RemovalKind::Aged,
        };
        self.store.take_in(|w| w.take_removals(TEAM, &[removal]))
    }

    fn reread(&mut self) -> Result<(), StoreError> {
        self.held.lose_base();
        self.rereading = false;
        self.store.take_in(|w| {
            w.begin_reread(TEAM)?;
            w.move_cursor(TEAM, Cursor::default(), false)
        })
    }

    fn begin_epoch(&mut self) -> Result<(), StoreError> {
        self.rereading = true;
        let epoch = drempel_domain::id::EpochId::new(Uuid::from_u128(1));
        self.store.take_in(|w| w.begin_epoch(epoch))?;
        // Those of an earlier identity have numbers that only the store knows.
        for mut change in std::mem::take(&mut self.decided) {
            if change.seq == Seq::ZERO {
                change.seq = Seq(self.next);
                self.next += 1;
            }
            self.held.lay_over(change);
        }
        Ok(())
    }

    fn take_identity(&mut self) -> Result<(), StoreError> {
        self.last_given += 1;
        let device = DeviceId::new(Uuid::from_u128(u128::from(self.last_given)));
        self.store.take_in(|w| w.take_identity(device))?;
        for change in std::mem::take(&mut self.quarantined) {
            self.decided.retain(|other| other.seq != change.seq);
            if self.held.pending.iter().all(|other| other.seq != change.seq) {
                self.held.lay_over(change);
            }
        }
        self.decided.sort_by_key(|change| change.seq);
        self.decided.iter_mut().for_each(|change| change.seq = Seq::ZERO);
        for (change, seq) in self.held.pending.iter_mut().zip(1..) {
            change.seq = Seq(seq);
        }
        self.next = 1 + u64::try_from(self.held.pending.len()).unwrap();
        Ok(())
    }

    /// What the tables say must be what the record is.
    fn check(&self) -> Result<(), StoreError> {
        self.store.read(|r| {
            let table = table(KIND).unwrap();
            let row = r.record_row(table, self.record)?;
            let held = row
                .as_ref()
                .map(|row| r.held(row))
                .transpose()?
                .unwrap_or_default();
            assert_eq!(held, self.held);
            if let Some(row) = row {
                assert_eq!(row.shown, self.held.shown());
            }
            let mut digest = Digest::default();
            if let Some(share) = self.held.share(self.record) {
                digest.add(share);
            }
            assert_eq!(r.digest(TEAM)?, digest);
            let shown = self.held.shown();
            let is_found = !r.search("plein", 1)?.is_empty();
            assert_eq!(is_found, shown.get("note") == Some(&Value::from("plein")));
            Ok(())
        })
    }
}

/// An empty database, made once.
static EMPTY: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open_in_the_clear(&directory.path().join("drempel.db")).unwrap();
    store
        .write::<_, StoreError>(|w| w.grant_space(TEAM, "{}"))
        .unwrap();
    store.close().unwrap();
    directory
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]
    #[test]
    fn the_tables_hold_what_the_record_is(events in prop::collection::vec(any_event(), 1..25)) {
        let directory = tempfile::tempdir().unwrap();
        std::fs::copy(EMPTY.path().join("drempel.db"), directory.path().join("drempel.db")).unwrap();
        let mut world = World {
            store: Store::open_in_the_clear(&directory.path().join("drempel.db")).unwrap(),
            record: RecordId::new(Uuid::from_u128(7)),
            held: Held::default(),
            decided: Vec::new(),
            quarantined: Vec::new(),
            rereading: false,
            next: 1,
            last_given: 0,
        };
        for event in &events {
            world.happen(event).unwrap();
            world.check().unwrap();
        }
    }
}
