//! One page of a space's feed: which fields of which records a device has not seen yet.

use crate::storage::{FeedRow, Standing, Storage, StorageError};
use drempel_domain::id::{DeviceId, RecordId, SpaceId};
use drempel_domain::sync_log::{Cursor, Digest, Eff, FieldName, Removal, RemovalKind, Seq, Version};
use drempel_protocol::limits::{PAGE_BYTES, PAGE_RECORDS};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::{BTreeMap, BTreeSet};

/// How much one answer carries, over all spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimits {
    /// Records and removals.
    pub records: usize,
    /// Bytes of records after which the page ends.
    pub bytes: usize,
}

impl Default for PageLimits {
    fn default() -> Self {
        Self {
            records: PAGE_RECORDS,
            bytes: PAGE_BYTES,
        }
    }
}

impl PageLimits {
    fn is_used_up(&self) -> bool {
        self.records == 0 || self.bytes == 0
    }

    fn use_up(&mut self, bytes: usize) {
        self.records = self.records.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}

/// A record on its way out: a `FeedRecord` whose fields are still the text that is stored.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Outgoing {
    id: RecordId,
    collection: String,
    eff: Eff,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    effs: BTreeMap<FieldName, Eff>,
    fields: Box<RawValue>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    whole: bool,
}

/// What a device asks of one space's feed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    pub space: SpaceId,
    pub cursor: Cursor,
    pub device: DeviceId,
    /// The numbers of the changes in this very request: the device has their values.
    pub own: &'a BTreeSet<Seq>,
    pub want: &'a BTreeSet<RecordId>,
    /// Whether the device had read everything when there was nothing: it does not begin to read.
    pub had_nothing: bool,
    /// The only kinds of record that the user's role lets it read; all when absent.
    pub only: Option<&'static [&'static str]>,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub records: Vec<Outgoing>,
    pub removals: Vec<Removal>,
    pub cursor: Cursor,
    pub more: bool,
    pub digest: Option<Digest>,
}

/// The version of a field and the position at which it was written.
pub(crate) type Stamp = (Eff, DeviceId, Seq, u64);

impl Reading<'_> {
    /// Reads a page, as far as `left` allows, and counts it off.
    pub(crate) fn page(&self, storage: &Storage, left: &mut PageLimits) -> Result<Page, StorageError> {
        let mut page = Page {
            cursor: self.cursor,
            ..Page::default()
        };
        let end = storage.feed(self.space, self.cursor.at, self.want, &mut |row, wanted| {
            if left.is_used_up() {
                page.more = page.more || !wanted;
                return Ok(false);
            }
            let (position, id) = (row.position, row.id);
            if wanted || !self.want.contains(&id) {
                match self.put(row, wanted, &mut page, left) {
                    // It must not stop the feed; the digest will tell that something is wrong.
                    Err(StorageError::Unreadable(_)) => {
                        tracing::error!(space = %self.space, record = %id, "a stored record cannot be read");
                    }
                    other => other?,
                }
            }
            if !wanted {
                page.cursor.at = position;
            }
            Ok(true)
        })?;
        if !page.more {
            page.cursor = Cursor {
                since: end.head,
                at: end.head,
            };
            page.digest = self.only.is_none().then_some(end.digest);
        }
        Ok(page)
    }

    fn put(
        &self,
        row: FeedRow,
        wanted: bool,
        page: &mut Page,
        left: &mut PageLimits,
    ) -> Result<(), StorageError> {
        if self
            .only
            .is_some_and(|only| !only.contains(&row.collection.as_str()))
        {
            return Ok(());
        }
        let kind = match row.standing {
            Standing::Live => {
                let bytes = row.fields.len();
                if let Some(record) = self.record(row, wanted)? {
                    left.use_up(bytes);
                    page.records.push(record);
                }
                return Ok(());
            }
            Standing::Aged => RemovalKind::Aged,
            Standing::Erased => RemovalKind::Erased,
        };
        // Who begins to read drops what the pages do not bring; who reads on may hold what an earlier page brought, or what
        // it sent itself when there was nothing yet.
        if wanted || self.cursor.at > 0 || self.had_nothing {
            left.use_up(0);
            page.removals.push(Removal {
                id: row.id,
                collection: row.collection,
                kind,
            });
        }
        Ok(())
    }

    /// What the device has not seen of a record; nothing when it has seen it all.
    fn record(&self, row: FeedRow, wanted: bool) -> Result<Option<Outgoing>, StorageError> {
        let begins = self.cursor.since == 0 && !self.had_nothing;
        let all = wanted || begins || row.whole_at > self.cursor.since;
        let Some(stamps) = &row.stamps else {
            let unseen = all || self.is_unseen(row.version, row.written_at);
            return if unseen {
                whole(row, BTreeMap::new()).map(Some)
            } else {
                Ok(None)
            };
        };
        let stamps: BTreeMap<FieldName, Stamp> = read(stamps)?;
        if all {
            let effs = stamps.iter().map(|(name, (eff, ..))| (name.clone(), *eff));
            return whole(row, effs.collect()).map(Some);
        }
        self.part(&row, &stamps)
    }

    fn is_unseen(&self, version: Version, written_at: u64) -> bool {
        let own = version.device == self.device && self.own.contains(&version.seq);
        written_at > self.cursor.since && !own
    }

    fn part(
        &self,
        row: &FeedRow,
        stamps: &BTreeMap<FieldName, Stamp>,
    ) -> Result<Option<Outgoing>, StorageError> {
        let mut fields: BTreeMap<FieldName, &RawValue> = read(&row.fields)?;
        let count = fields.len();
        let mut effs = BTreeMap::new();
        fields.retain(|name, _| match stamps.get(name) {
            None => self.is_unseen(row.version, row.written_at),
            Some((eff, device, seq, written_at)) => {
                let version = Version {
                    eff: *eff,
                    device: *device,
                    seq: *seq,
                };
                let unseen = self.is_unseen(version, *written_at);
                if unseen {
                    effs.insert(name.clone(), *eff);
                }
                unseen
            }
        });
        if fields.is_empty() {
            return Ok(None);
        }
        Ok(Some(Outgoing {
            id: row.id,
            collection: row.collection.clone(),
            eff: row.version.eff,
            effs,
            whole: fields.len() == count,
            fields: to_raw_value(&fields).map_err(|_| StorageError::Unreadable("record"))?,
        }))
    }
}

fn whole(row: FeedRow, effs: BTreeMap<FieldName, Eff>) -> Result<Outgoing, StorageError> {
    Ok(Outgoing {
        id: row.id,
        collection: row.collection,
        eff: row.version.eff,
        effs,
        fields: RawValue::from_string(row.fields).map_err(|_| StorageError::Unreadable("record"))?,
        whole: true,
    })
}

fn read<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(|_| StorageError::Unreadable("record"))
}
