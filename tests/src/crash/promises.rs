//! What a device said that it had done, and whether it still is.

use super::deed::{Deed, version_of};
use super::life::{draft_version, own_contacts};
use drempel_client::Client;
use drempel_domain::id::{DeviceId, Id, RecordId, SpaceId};
use drempel_domain::record::Link;
use drempel_domain::records::contacts::{Participation, StreetContact};
use drempel_domain::sync_log::Seq;
use drempel_domain::value::Value;
use drempel_store::Query;
use std::collections::BTreeMap;
use std::error::Error;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// Everything that one device said.
#[derive(Clone, Debug, Default)]
pub struct Promises {
    recorded: BTreeMap<RecordId, usize>,
    edited: BTreeMap<RecordId, u64>,
    drafted: BTreeMap<RecordId, u64>,
    received: BTreeMap<(DeviceId, SpaceId), Seq>,
    saves: u64,
}

impl Promises {
    /// Holds the device to it.
    pub fn note(&mut self, deed: Deed) {
        match deed {
            Deed::Recorded { contact, people } => {
                self.recorded.insert(contact, people);
            }
            Deed::Edited { contact, version } => {
                self.edited.insert(contact, version);
            }
            Deed::Drafted { draft, version } => {
                self.drafted.insert(draft, version);
            }
            Deed::Received {
                device,
                space,
                through,
            } => {
                self.received.insert((device, space), through);
                return;
            }
        }
        self.saves += 1;
    }

    /// Everything that the other said too.
    pub fn add(&mut self, other: Promises) {
        self.recorded.extend(other.recorded);
        self.edited.extend(other.edited);
        self.drafted.extend(other.drafted);
        self.received.extend(other.received);
        self.saves += other.saves;
    }

    /// How many saves it said to have made.
    pub fn saves(&self) -> u64 {
        self.saves
    }

    /// Up to which numbers the device said that the server has its changes.
    pub fn received(&self) -> &BTreeMap<(DeviceId, SpaceId), Seq> {
        &self.received
    }

    /// Every promise about records that this library does not keep, one sentence each.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn broken_records(&self, client: &Client) -> Done<Vec<String>> {
        let mut broken = Vec::new();
        for (contact, people) in &self.recorded {
            let id = Id::<StreetContact>::new(*contact);
            let there = client.open_record(id).is_ok();
            if !there || people_of(client, id)? != *people {
                broken.push(format!("contact {contact} with {people} people"));
            }
        }
        for (contact, version) in &self.edited {
            let opened = client.open_record(Id::<StreetContact>::new(*contact)).ok();
            let note = opened.and_then(|opened| opened.record.note);
            if note
                .as_deref()
                .and_then(version_of)
                .is_none_or(|kept| kept < *version)
            {
                broken.push(format!("contact {contact} in version {version}"));
            }
        }
        Ok(broken)
    }

    /// Every promise about drafts that this library does not keep, one sentence each.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn broken_drafts(&self, client: &Client) -> Done<Vec<String>> {
        let mut broken = Vec::new();
        for (draft, version) in &self.drafted {
            if draft_version(client, *draft)?.is_none_or(|kept| kept < *version) {
                broken.push(format!("draft {draft} in version {version}"));
            }
        }
        Ok(broken)
    }
}

/// The saves of this person, among the most recent ones, of which only a part is there, one sentence each.
///
/// # Errors
/// When the library cannot be read.
pub fn halves(client: &Client, most: usize) -> Done<Vec<String>> {
    let mut halves = Vec::new();
    for contact in own_contacts(client, most)? {
        let kept = client.open_record(contact)?.record;
        if kept.note != kept.place_text || kept.note != kept.result_text {
            halves.push(format!("contact {contact} has fields of different saves"));
        }
        let said = kept.headcount.map(|count| usize::try_from(count.0)).transpose()?;
        if said != Some(people_of(client, contact)?) {
            halves.push(format!("contact {contact} without all its people"));
        }
    }
    Ok(halves)
}

fn people_of(client: &Client, contact: Id<StreetContact>) -> Done<usize> {
    let id = Value::Text(Link::to(contact).record.to_string());
    let query = Query::of::<Participation>().whose("contact.id", id);
    Ok(usize::try_from(
        client.store().read(|reader| reader.count(&query))?,
    )?)
}
