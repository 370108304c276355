//! What the tests share: a device with its database, and short ways to say what happens to it.

use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::sync_log::{
    Base, Digest, Eff, FeedRecord, FieldName, Fields, Outcome, Reason, Removal, RemovalKind, Seq, Verdict,
    share,
};
use drempel_domain::time::{Clocks, Moment};
use drempel_domain::value::Value;
use drempel_store::{Key, LocalChange, OpenError, Store, StoreError, Stored};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const TEAM: SpaceId = SpaceId::new(Uuid::from_u128(0x7ea));
pub(crate) const PERSONAL: SpaceId = SpaceId::new(Uuid::from_u128(0xa10));
pub(crate) const ANA: DeviceId = DeviceId::new(Uuid::from_u128(0xa));
pub(crate) const BO: DeviceId = DeviceId::new(Uuid::from_u128(0xb));

/// A device: its database in a directory of its own.
pub(crate) struct Device {
    pub(crate) store: Store,
    pub(crate) directory: TempDir,
}

pub(crate) fn key() -> Key {
    Key::new([7; 32])
}

/// The device of ana, with a team's space and one of her own.
pub(crate) fn ana() -> Device {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&directory.path().join("drempel.db"), &key()).unwrap();
    let device = Device { store, directory };
    device.write(|w| {
        w.set_setting("device", &ANA.to_string())?;
        w.grant_space(TEAM, "{}")?;
        w.grant_space(PERSONAL, "{}")
    });
    device
}

impl Device {
    pub(crate) fn path(&self) -> PathBuf {
        self.directory.path().join("drempel.db")
    }

    /// Closes the database and opens it again.
    pub(crate) fn restart(self) -> Result<Self, OpenError> {
        let Device { store, directory } = self;
        store.close().unwrap();
        let store = Store::open(&directory.path().join("drempel.db"), &key())?;
        Ok(Device { store, directory })
    }

    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&drempel_store::Writer<'_>) -> Result<T, StoreError>,
    ) -> T {
        self.store.write(work).unwrap()
    }

    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&drempel_store::Reader<'_>) -> Result<T, StoreError>,
    ) -> T {
        self.store.read(work).unwrap()
    }

    /// A connection beside the store's own, for looking and for meddling.
    pub(crate) fn raw(&self) -> Connection {
        let connection = Connection::open(self.path()).unwrap();
        let digits = "07".repeat(32);
        connection
            .execute_batch(&["pragma key = \"x'", &digits, "'\""].concat())
            .unwrap();
        connection
    }

    pub(crate) fn make(&self, collection: &str, id: RecordId, set: Fields) -> Seq {
        self.change(true, collection, id, set)
    }

    pub(crate) fn edit(&self, collection: &str, id: RecordId, set: Fields) -> Seq {
        self.change(false, collection, id, set)
    }

    fn change(&self, new: bool, collection: &str, id: RecordId, set: Fields) -> Seq {
        let seen = self
            .record(collection, id)
            .map(|stored| stored.seen)
            .unwrap_or_default();
        let base = seen
            .into_iter()
            .filter(|(field, _)| set.contains_key(field))
            .collect();
        self.write(|w| {
            w.apply_local(&LocalChange {
                space: TEAM,
                collection: collection.to_owned(),
                record: id,
                new,
                set,
                base,
                made: clocks(1_000),
                instead_of: None,
            })
        })
    }

    pub(crate) fn record(&self, collection: &str, id: RecordId) -> Option<Stored> {
        self.read(|r| r.record(collection, id))
    }

    /// The text in a field of a contact, as it is shown.
    pub(crate) fn shown(&self, id: RecordId, field: &str) -> Option<Value> {
        self.record("street_contact", id)?.fields.get(field).cloned()
    }

    /// The server answers with these outcomes and has everything up to `received`.
    pub(crate) fn outcomes(&self, outcomes: &[Outcome], received: u64, durable: u64) {
        self.write(|w| w.take_outcomes(TEAM, outcomes, Seq(received), Seq(durable), at(5_000)));
    }

    pub(crate) fn feed(&self, records: &[FeedRecord]) {
        self.write(|w| w.take_records(TEAM, records));
    }

    /// The digest as it is kept up, which must be the digest of the values.
    pub(crate) fn digest(&self) -> Digest {
        let digest = self.read(|r| r.digest(TEAM));
        assert_eq!(digest, self.read(|r| r.digest_of_values(TEAM)));
        digest
    }
}

pub(crate) fn id(number: u128) -> RecordId {
    RecordId::new(Uuid::from_u128(number))
}

pub(crate) fn eff(bits: u64) -> Eff {
    Eff::from_bits(bits)
}

pub(crate) fn at(millis: i64) -> Moment {
    Moment::from_millis(millis)
}

pub(crate) fn clocks(wall: i64) -> Clocks {
    Clocks {
        wall,
        boot: None,
        mono: None,
    }
}

pub(crate) fn name(text: &str) -> FieldName {
    FieldName::new(text).unwrap()
}

pub(crate) fn fields<const N: usize>(pairs: [(&str, Value); N]) -> Fields {
    pairs
        .into_iter()
        .map(|(field, value)| (name(field), value))
        .collect()
}

pub(crate) fn note(text: &str) -> Fields {
    fields([("note", text.into())])
}

pub(crate) fn own(seq: u64) -> Base {
    Base::Own {
        device: ANA,
        seq: Seq(seq),
    }
}

pub(crate) fn taken(seq: u64, eff_bits: u64) -> Outcome {
    Outcome {
        seq: Seq(seq),
        eff: Some(eff(eff_bits)),
        verdict: Verdict::Taken,
        lost: Vec::new(),
        clamped: false,
        reason: None,
    }
}

pub(crate) fn refused(seq: u64, code: &str) -> Outcome {
    Outcome {
        verdict: Verdict::Quarantined,
        reason: Some(Reason {
            code: code.to_owned(),
            field: Some("note".to_owned()),
        }),
        ..taken(seq, 40)
    }
}

/// A street contact in the feed.
pub(crate) fn contact(id: RecordId, eff_bits: u64, fields: Fields) -> FeedRecord {
    feed("street_contact", id, eff_bits, fields)
}

pub(crate) fn feed(collection: &str, id: RecordId, eff_bits: u64, fields: Fields) -> FeedRecord {
    FeedRecord {
        id,
        collection: collection.to_owned(),
        eff: eff(eff_bits),
        effs: BTreeMap::new(),
        fields,
        whole: true,
    }
}

pub(crate) fn part(record: FeedRecord) -> FeedRecord {
    FeedRecord {
        whole: false,
        ..record
    }
}

pub(crate) fn gone(id: RecordId, kind: RemovalKind) -> Removal {
    Removal {
        id,
        collection: "street_contact".to_owned(),
        kind,
    }
}

/// The digest of whole feed records, as the server would count it.
pub(crate) fn digest_of(records: &[FeedRecord]) -> Digest {
    let mut digest = Digest::default();
    for record in records {
        let cells = record.fields.iter().map(|(field, value)| {
            (
                field,
                record.effs.get(field).copied().unwrap_or(record.eff),
                value,
            )
        });
        digest.add(share(record.id, cells));
    }
    digest
}
