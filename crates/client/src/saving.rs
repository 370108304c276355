//! One action of a person becomes changes: checked whole, then written in one go with their log entries.

use crate::client::{granted_spaces, membership};
use crate::{Client, ClientError, Refusal, settings};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{Common, EventMoment, FieldType, Named, Record};
use drempel_domain::rules::bsn;
use drempel_domain::schema::{Collection, Fault, FieldFault};
use drempel_domain::space::{Forbidden, Regime, holds_kind, may_write};
use drempel_domain::sync_log::{Base, Eff, FieldName, Fields, Seq};
use drempel_domain::time::Clocks;
use drempel_domain::value::Value;
use drempel_protocol::access::{Granted, Person};
use drempel_store::{Draft, LocalChange, Reader, Stored, Writer};
use std::collections::BTreeMap;

/// What was saved: exactly what a screen has to show again, and what undoing needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Saved {
    /// The changes, in the order in which they were made.
    pub touched: Vec<Touched>,
    /// What the person may want to know; nothing was stopped by it.
    pub warnings: Vec<Warning>,
}

/// One record that was made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Its space.
    pub space: SpaceId,
    /// Its kind.
    pub collection: &'static str,
    /// The record.
    pub record: RecordId,
    /// The change's number.
    pub seq: Seq,
    /// Whether the record was made.
    pub new: bool,
    /// What its changed fields held before; `Null` where nothing.
    pub before: Fields,
}

/// Something that a person is told, and that stops nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The coach's caseload is now above the municipality's limit.
    Caseload {
        /// From how many on there is a warning.
        above: u32,
    },
    /// The young person's age is outside the range of the track.
    AgeOutside {
        /// Whole years on the day on which the track was made.
        age: u32,
    },
}

impl Saved {
    /// The first record of that kind among those touched.
    pub fn first<K: Named>(&self) -> Option<Id<K>> {
        self.touched
            .iter()
            .find(|touched| touched.collection == K::NAME)
            .map(|touched| Id::new(touched.record))
    }
}

/// A record opened to be edited: what its writer saw stays with it.
#[derive(Clone, Debug)]
pub struct Opened<K> {
    stored: Stored,
    /// The record; change what is to be saved.
    pub record: K,
}

impl<K: Record> Opened<K> {
    /// The space that the record belongs to.
    pub fn space(&self) -> SpaceId {
        self.stored.space
    }

    /// What every record has.
    pub fn common(&self) -> Common {
        self.stored.common()
    }

    /// Only the fields that differ from what was opened; one that was taken out is `Null`.
    fn set(&self) -> Fields {
        let before = self.stored.typed::<K>().to_fields();
        let mut set = self.record.to_fields();
        set.retain(|name, value| before.get(name) != Some(value));
        let now = self.record.to_fields();
        let gone = before.into_keys().filter(|name| !now.contains_key(name));
        set.extend(gone.map(|name| (name, Value::Null)));
        set
    }
}

impl Client {
    /// Opens a record to be edited.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn open_record<K: Record + Named>(&self, id: Id<K>) -> Result<Opened<K>, ClientError> {
        let stored = self.store.read(|reader| found(reader, K::NAME, id.record()))?;
        let record = stored.typed();
        Ok(Opened { stored, record })
    }

    /// Makes a record of any kind.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken; nothing is written then.
    pub fn create<K: Record + Named>(&self, space: SpaceId, record: &K) -> Result<Saved, ClientError> {
        let mut saving = self.begin();
        saving.create(space, record);
        saving.commit()
    }

    /// Saves what was changed in an opened record; nothing changed is nothing saved.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken; nothing is written then.
    pub fn save<K: Record + Named>(&self, opened: &Opened<K>) -> Result<Saved, ClientError> {
        let mut saving = self.begin();
        saving.edit(opened);
        saving.commit()
    }

    /// Opens, changes and saves a record in one go.
    ///
    /// # Errors
    /// As [`Client::open_record`] and [`Client::save`].
    pub fn edit<K: Record + Named>(
        &self,
        id: Id<K>,
        change: impl FnOnce(&mut K),
    ) -> Result<Saved, ClientError> {
        let mut opened = self.open_record(id)?;
        change(&mut opened.record);
        self.save(&opened)
    }

    /// Sets fields of a record of any kind, seen as they are now.
    pub(crate) fn set(
        &self,
        collection: &'static Collection,
        record: RecordId,
        set: Fields,
    ) -> Result<Saved, ClientError> {
        let stored = self.store.read(|reader| found(reader, collection.name, record))?;
        let mut saving = self.begin();
        saving.set(collection, &stored, set);
        saving.commit()
    }

    pub(crate) fn begin(&self) -> Saving<'_> {
        Saving {
            client: self,
            planned: Vec::new(),
            instead_of: None,
            finished: None,
            kept: None,
            told_not_bsn: false,
            warnings: Vec::new(),
        }
    }
}

pub(crate) fn found(reader: &Reader<'_>, collection: &str, id: RecordId) -> Result<Stored, ClientError> {
    reader.record(collection, id)?.ok_or(ClientError::NotFound)
}

/// One action being put together. Nothing is written before [`Saving::commit`].
pub(crate) struct Saving<'c> {
    client: &'c Client,
    planned: Vec<Planned>,
    instead_of: Option<(SpaceId, Seq)>,
    finished: Option<RecordId>,
    kept: Option<Draft>,
    told_not_bsn: bool,
    warnings: Vec<Warning>,
}

struct Planned {
    space: SpaceId,
    collection: &'static Collection,
    record: RecordId,
    new: bool,
    set: Fields,
    seen: BTreeMap<FieldName, Base>,
    before: Fields,
}

impl Saving<'_> {
    /// Makes a record with a new identifier.
    pub(crate) fn create<K: Record + Named>(&mut self, space: SpaceId, record: &K) -> Id<K> {
        let id = Id::new(RecordId::new(self.client.ids.next()));
        self.create_as(id, space, record);
        id
    }

    /// Makes a record whose identifier is known beforehand.
    pub(crate) fn create_as<K: Record + Named>(&mut self, id: Id<K>, space: SpaceId, record: &K) {
        self.create_fields(K::collection(), id.record(), space, record.to_fields());
    }

    /// Makes a record of any kind from its fields.
    pub(crate) fn create_fields(
        &mut self,
        collection: &'static Collection,
        record: RecordId,
        space: SpaceId,
        set: Fields,
    ) {
        self.create_again(collection, record, space, set, BTreeMap::new());
    }

    /// Makes a record of any kind from its fields, with a new identifier.
    pub(crate) fn make(&mut self, collection: &'static Collection, space: SpaceId, set: Fields) {
        let record = RecordId::new(self.client.ids.next());
        self.create_fields(collection, record, space, set);
    }

    /// Makes a record that was refused before, having seen what was refused.
    pub(crate) fn create_again(
        &mut self,
        collection: &'static Collection,
        record: RecordId,
        space: SpaceId,
        set: Fields,
        seen: BTreeMap<FieldName, Base>,
    ) {
        self.planned.push(Planned {
            space,
            collection,
            record,
            new: true,
            set,
            seen,
            before: Fields::new(),
        });
    }

    /// Saves what was changed in an opened record.
    pub(crate) fn edit<K: Record + Named>(&mut self, opened: &Opened<K>) {
        self.set(K::collection(), &opened.stored, opened.set());
    }

    /// Sets fields of a record as it was read.
    pub(crate) fn set(&mut self, collection: &'static Collection, stored: &Stored, set: Fields) {
        let was = |name: &FieldName| stored.fields.get(name).cloned().unwrap_or_default();
        let before = set.keys().map(|name| (name.clone(), was(name))).collect();
        let mut seen = stored.seen.clone();
        seen.retain(|name, _| set.contains_key(name));
        self.planned.push(Planned {
            space: stored.space,
            collection,
            record: stored.id,
            new: false,
            set,
            seen,
            before,
        });
    }

    /// Marks the first change as standing in the place of a quarantined one.
    pub(crate) fn instead_of(&mut self, space: SpaceId, seq: Seq) {
        self.instead_of = Some((space, seq));
    }

    /// Removes the draft that this action finishes, in the same go: a kill leaves the draft or the record, never both.
    pub(crate) fn finish(&mut self, draft: Option<RecordId>) {
        self.finished = draft;
    }

    /// Keeps a form as a draft in the same go: a kill leaves what was saved or the draft, never neither.
    pub(crate) fn keep(&mut self, draft: Draft) {
        self.kept = Some(draft);
    }

    /// The author said that no number in any text of this action is a citizen service number: what looks like one is
    /// marked, for the privacy officer's list.
    pub(crate) fn tell_not_bsn(&mut self, told: bool) {
        self.told_not_bsn = told;
    }

    /// Says something to the person that stops nothing.
    pub(crate) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    /// Checks everything, then writes everything, or nothing.
    pub(crate) fn commit(self) -> Result<Saved, ClientError> {
        let made = self.client.clock.clocks();
        let mut saved = Saved {
            touched: Vec::new(),
            warnings: self.warnings,
        };
        let mut planned = self.planned;
        planned.retain(|planned| planned.new || !planned.set.is_empty());
        if planned.is_empty() && self.finished.is_none() && self.kept.is_none() {
            return Ok(saved);
        }
        saved.touched = self.client.store.write(|writer| {
            let person = settings::person(writer)?;
            let spaces = granted_spaces(writer)?;
            for planned in &mut planned {
                planned.sign(&person, &made);
                if self.told_not_bsn {
                    planned.mark_not_bsn();
                }
                planned.check(writer, &person, &spaces, &made)?;
            }
            if let Some(draft) = self.finished {
                writer.remove_draft(draft)?;
            }
            if let Some(draft) = &self.kept {
                writer.save_draft(draft)?;
            }
            write_all(writer, planned, &made, self.instead_of)
        })?;
        self.client.ring();
        Ok(saved)
    }
}

fn write_all(
    writer: &Writer<'_>,
    planned: Vec<Planned>,
    made: &Clocks,
    instead_of: Option<(SpaceId, Seq)>,
) -> Result<Vec<Touched>, ClientError> {
    let mut mends = instead_of;
    planned
        .into_iter()
        .map(|planned| {
            let mended = mends
                .filter(|(space, _)| *space == planned.space)
                .map(|(_, seq)| seq);
            mends = mends.filter(|_| mended.is_none());
            planned.write(writer, made, mended)
        })
        .collect()
}

impl Planned {
    /// A new record says when it was made, and by whom.
    fn sign(&mut self, person: &Person, made: &Clocks) {
        if self.new {
            FieldType::put(&Some(EventMoment(made.moment())), "created_at", &mut self.set);
            FieldType::put(&Some(person.id), "created_by", &mut self.set);
        }
    }

    /// Says that what looks like a citizen service number in it is none.
    fn mark_not_bsn(&mut self) {
        // Where the regime allows one nothing is asked, so that the mark says nothing there.
        if !bsn::check(&self.set, Regime::CoachingAvg, false).is_empty() {
            FieldType::put(&Some(true), "not_bsn", &mut self.set);
        }
    }

    fn check(
        &self,
        reader: &Reader<'_>,
        person: &Person,
        spaces: &[Granted],
        made: &Clocks,
    ) -> Result<(), ClientError> {
        let granted = spaces.iter().find(|granted| granted.space.id == self.space);
        let granted = granted.ok_or(Refusal::Forbidden(Forbidden::NotAMember))?;
        // The role as the server last told it: whatever the clocks show, they never stand in the way of a save.
        let at = Eff::at(granted.from);
        let membership = membership(person, granted);
        let besides = membership.besides(&person.function);
        let memberships = std::iter::once(&membership).chain(&besides);
        may_write(memberships, self.collection.name, at).map_err(Refusal::from)?;
        let mut faults = self.collection.check(&self.set, self.new, made.moment());
        faults.extend(bsn::check(
            &self.set,
            granted.space.regime,
            self.told_not_bsn(reader)?,
        ));
        if !holds_kind(granted.space.regime, self.collection.name) {
            faults.push(FieldFault::new("space", Fault::WrongRegime));
        }
        match faults.is_empty() {
            true => Ok(()),
            false => Err(Refusal::Fields(faults).into()),
        }
    }

    /// Whether the author said before that a number in the record is no citizen service number.
    fn told_not_bsn(&self, reader: &Reader<'_>) -> Result<bool, ClientError> {
        if self.new {
            return Ok(false);
        }
        let stored = reader.record(self.collection.name, self.record)?;
        Ok(stored.is_some_and(|stored| stored.common().not_bsn == Some(true)))
    }

    fn write(self, writer: &Writer<'_>, made: &Clocks, mends: Option<Seq>) -> Result<Touched, ClientError> {
        let seq = writer.apply_local(&LocalChange {
            space: self.space,
            collection: self.collection.name.to_owned(),
            record: self.record,
            new: self.new,
            set: self.set,
            base: self.seen,
            made: *made,
            instead_of: mends,
        })?;
        Ok(Touched {
            space: self.space,
            collection: self.collection.name,
            record: self.record,
            seq,
            new: self.new,
            before: self.before,
        })
    }
}
