//! The server's books, read from its files beside the server: every change it ever received, and every record as it is.

use super::story::Written;
use drempel_domain::id::{DeviceId, RecordId, SpaceId, UserId};
use drempel_domain::space::Membership;
use drempel_domain::sync_log::{Change, Eff, FieldName, Seq};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use rusqlite::{Connection, OpenFlags, Row};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::Path;
use uuid::Uuid;

/// Everything that the server has.
#[derive(Debug, Default)]
pub(super) struct Books {
    /// Every change that was received.
    pub entries: Vec<Entry>,
    /// Every record, erased ones included.
    pub records: BTreeMap<(SpaceId, RecordId), Kept>,
}

/// A change that was received.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its space.
    pub space: SpaceId,
    /// The device's identity.
    pub device: DeviceId,
    /// Its number.
    pub seq: Seq,
    /// Its author.
    pub author: UserId,
    /// The record.
    pub record: Option<RecordId>,
    /// The change, where it is kept and can be read.
    pub change: Option<Change>,
    /// When it counts.
    pub eff: Option<Eff>,
    /// What became of it.
    pub verdict: String,
    /// Why it was quarantined.
    pub code: Option<String>,
    /// How it left quarantine.
    pub resolution: Option<String>,
    /// When it was received.
    pub received_at: Moment,
}

/// A record as it is.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Its kind.
    pub collection: String,
    /// `live`, `aged` or `erased`.
    pub standing: String,
    /// Its fields, each with the effective time of its value.
    pub cells: BTreeMap<FieldName, (Value, Eff)>,
}

impl Entry {
    /// Whether its values were merged.
    pub(super) fn is_taken(&self) -> bool {
        self.verdict == "taken" || self.resolution.as_deref() == Some("released")
    }

    /// Whether nobody has decided on it yet.
    pub(super) fn is_open(&self) -> bool {
        self.verdict == "quarantined" && self.resolution.is_none()
    }
}

impl Kept {
    /// The value of a field, `Null` where there is none.
    pub(super) fn value(&self, field: &str) -> Value {
        self.cells
            .get(field)
            .map(|(value, _)| value.clone())
            .unwrap_or_default()
    }
}

impl Books {
    /// Reads the server's database in that file.
    pub(super) fn read(file: &Path) -> Self {
        let connection = open(file);
        Self {
            entries: entries(&connection).expect("the server's log can be read"),
            records: records(&connection).expect("the server's records can be read"),
        }
    }

    /// What became of a change, under whatever numbers it was delivered.
    pub(super) fn entries_of<'a>(&'a self, written: &'a Written) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| {
            entry.space == written.space && entry.change.as_ref().is_some_and(|change| written.is(change))
        })
    }

    /// Whether a change was received, and kept.
    pub(super) fn has(&self, written: &Written) -> bool {
        self.entries_of(written).next().is_some()
    }

    /// The record that a change is about.
    pub(super) fn record_of(&self, written: &Written) -> Option<&Kept> {
        self.records.get(&(written.space, written.change.record))
    }
}

/// The memberships as the server has them in that database.
pub(super) fn memberships_in(file: &Path) -> Vec<Membership> {
    let connection = open(file);
    let read = |row: &Row<'_>| {
        let role: String = row.get(4)?;
        Ok(Membership {
            user: UserId::new(uuid(row, 0)?),
            space: SpaceId::new(uuid(row, 1)?),
            from: Moment::from_millis(row.get(2)?),
            until: row.get::<_, Option<i64>>(3)?.map(Moment::from_millis),
            role: serde_json::from_value(role.into()).expect("a role"),
        })
    };
    let mut statement = connection
        .prepare("select user, space, valid_from, valid_until, role from membership order by user, space, valid_from")
        .expect("the server has memberships");
    let spans = statement.query_map([], read).and_then(Iterator::collect);
    spans.expect("the server's memberships can be read")
}

fn open(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("the server's database")
}

fn entries(connection: &Connection) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = connection.prepare(
        "select space_head.space, stream.device, log.seq, log.author, log.record, log.body, log.eff, log.verdict,
                log.reason_code, log.resolution, log.received_at
         from log
         join stream on stream.key = log.stream
         join space_head on space_head.key = stream.space
         order by stream.key, log.seq",
    )?;
    let read = |row: &Row<'_>| {
        let body: Option<String> = row.get(5)?;
        Ok(Entry {
            space: SpaceId::new(uuid(row, 0)?),
            device: DeviceId::new(uuid(row, 1)?),
            seq: Seq(row.get::<_, i64>(2)?.unsigned_abs()),
            author: UserId::new(uuid(row, 3)?),
            record: row
                .get::<_, Option<[u8; 16]>>(4)?
                .map(|bytes| RecordId::new(Uuid::from_bytes(bytes))),
            change: body.and_then(|body| serde_json::from_str(&body).ok()),
            eff: row
                .get::<_, Option<i64>>(6)?
                .map(|bits| Eff::from_bits(bits.cast_unsigned())),
            verdict: row.get(7)?,
            code: row.get(8)?,
            resolution: row.get(9)?,
            received_at: Moment::from_millis(row.get(10)?),
        })
    };
    statement.query_map([], read)?.collect()
}

fn records(connection: &Connection) -> rusqlite::Result<BTreeMap<(SpaceId, RecordId), Kept>> {
    let mut statement = connection.prepare(
        "select space_head.space, state.id, state.collection, state.kind, state.fields, state.eff, state.stamps
         from state
         join space_head on space_head.key = state.space",
    )?;
    let read = |row: &Row<'_>| {
        let key = (SpaceId::new(uuid(row, 0)?), RecordId::new(uuid(row, 1)?));
        let fields: BTreeMap<FieldName, Value> = json(&row.get::<_, String>(4)?);
        let usual = Eff::from_bits(row.get::<_, i64>(5)?.cast_unsigned());
        let stamps: Option<String> = row.get(6)?;
        let stamps: BTreeMap<String, Json> = stamps.map(|text| json(&text)).unwrap_or_default();
        let eff = |name: &FieldName| {
            let stamp = stamps.get(name.as_str()).and_then(|stamp| stamp.get(0));
            stamp
                .and_then(Json::as_str)
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual)
        };
        let cells = fields.into_iter().map(|(name, value)| {
            let eff = eff(&name);
            (name, (value, eff))
        });
        let kept = Kept {
            collection: row.get(2)?,
            standing: row.get(3)?,
            cells: cells.collect(),
        };
        Ok((key, kept))
    };
    statement.query_map([], read)?.collect()
}

fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_bytes(row.get::<_, [u8; 16]>(column)?))
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the server's own JSON")
}
