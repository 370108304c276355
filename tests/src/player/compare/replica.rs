//! What one device holds, read once.

use crate::player::PlayError;
use crate::player::names::{NamedDevice, Names};
use crate::player::phone::Phone;
use drempel_client::Client;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::record::Record;
use drempel_domain::records::collections;
use drempel_domain::space::Role;
use drempel_domain::sync_log::{Digest, Fields};
use drempel_domain::value::Value;
use drempel_store::Query;
use std::collections::BTreeMap;

/// What one device holds.
pub(super) struct Replica {
    /// The device.
    pub device: String,
    /// Whose it is.
    pub user: String,
    /// The spaces of its person, by their short names.
    pub spaces: BTreeMap<String, Role>,
    /// Every record, deleted ones included.
    pub records: BTreeMap<RecordId, Kept>,
    /// Contacts that stand behind another one.
    pub hidden: BTreeMap<RecordId, RecordId>,
    /// The digest of each space.
    pub digests: BTreeMap<SpaceId, Digest>,
}

/// A record as a device holds it.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Its kind.
    pub kind: &'static str,
    /// Its space.
    pub space: SpaceId,
    /// Its fields as they are shown.
    pub fields: Fields,
    /// Whether it is deleted.
    pub deleted: bool,
}

impl Replica {
    /// Reads what a device holds.
    pub(super) fn of(phone: &Phone, names: &Names) -> Result<Self, PlayError> {
        phone.with(|client| Self::read(client, &phone.named, names))
    }

    fn read(client: &Client, device: &NamedDevice, names: &Names) -> Result<Self, PlayError> {
        let granted = client.spaces()?;
        let spaces = granted
            .iter()
            .map(|granted| (names.space_name(granted.space.id), granted.role));
        let (records, digests) = client.store().read(|reader| {
            let mut records = BTreeMap::new();
            for kind in collections() {
                for stored in reader.find(&Query::kind(kind).with_deleted())? {
                    let kept = Kept {
                        kind: kind.name,
                        space: stored.space,
                        deleted: stored.is_deleted(),
                        fields: stored.fields,
                    };
                    records.insert(stored.id, kept);
                }
            }
            let mut digests = BTreeMap::new();
            for granted in &granted {
                digests.insert(granted.space.id, reader.digest(granted.space.id)?);
            }
            Ok::<_, PlayError>((records, digests))
        })?;
        Ok(Self {
            device: device.id.clone(),
            user: device.user.clone(),
            spaces: spaces.collect(),
            records,
            hidden: client.hidden_moments()?,
            digests,
        })
    }

    /// Whether a record is live, deleted, or hidden behind another one.
    pub(super) fn state(&self, id: RecordId) -> Option<&'static str> {
        let kept = self.records.get(&id)?;
        Some(match (kept.deleted, self.hidden.contains_key(&id)) {
            (true, _) => "deleted",
            (false, true) => "hidden",
            (false, false) => "live",
        })
    }

    /// The records of kind `K` that are neither deleted nor hidden.
    pub(super) fn live<K: Record>(&self) -> impl Iterator<Item = (RecordId, K)> {
        let kind = K::collection().name;
        let records = self
            .records
            .iter()
            .filter(move |(id, kept)| kept.kind == kind && self.state(**id) == Some("live"));
        records.map(|(id, kept)| (*id, K::from_fields(&kept.fields)))
    }
}

impl Kept {
    /// Whether any text of it holds a word, in whatever case.
    pub(super) fn holds(&self, word: &str) -> bool {
        let mut found = false;
        for value in self.fields.values() {
            value.each_text(&mut |text| found = found || text.to_lowercase().contains(word));
        }
        found
    }

    /// The text of a field, under whichever of these names it has one.
    pub(super) fn text(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.fields.get(*name).and_then(Value::as_text))
    }
}
