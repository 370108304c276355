//! Adding to what was recorded before: only what was changed, in the half that it belongs to.

use super::follow_ups::FollowUp;
use super::street_contacts::Person;
use crate::halves::{HalfOf, Halves};
use crate::reference::reference;
use crate::saving::{Saving, found};
use crate::{Client, ClientError, Saved};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{FieldType, Link, Named, Record};
use drempel_domain::records::contacts::Participation;
use drempel_domain::records::sharing::Share;
use drempel_domain::rules::joint_round;
use drempel_domain::schema::Collection;
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::value::Value;
use drempel_store::Stored;

/// What is added to a record, or changed in it.
#[derive(Clone, Debug)]
pub struct Amendment {
    collection: &'static Collection,
    record: RecordId,
    set: Fields,
    /// Who turn out to have taken part.
    pub joined: Vec<Person>,
    /// Who turn out not to have taken part.
    pub left: Vec<Id<Participation>>,
    /// What there is to do because of it.
    pub follow_up: Vec<FollowUp>,
    /// Copies of it that go to other spaces; each is filled in with the record.
    pub shares: Vec<Share>,
    /// Where the own half goes of whoever adds, when the record is the shared core of a joint round and has none yet.
    pub own: Option<SpaceId>,
    /// The draft that this save finishes.
    pub draft: Option<RecordId>,
    /// Whether the author said that no number in it is a citizen service number.
    pub not_bsn: bool,
}

impl Amendment {
    /// The difference between what a form showed of a record and what it holds now; fields that neither has stay.
    pub fn of<K: Record + Named>(record: Id<K>, shown: &K, now: &K) -> Self {
        let (shown, now) = (shown.to_fields(), now.to_fields());
        let gone = shown.keys().filter(|name| !now.contains_key(*name));
        let mut set: Fields = gone.map(|name| (name.clone(), Value::Null)).collect();
        let changed = now
            .into_iter()
            .filter(|(name, value)| shown.get(name) != Some(value));
        set.extend(changed);
        Self {
            collection: K::collection(),
            record: record.record(),
            set,
            joined: Vec::new(),
            left: Vec::new(),
            follow_up: Vec::new(),
            shares: Vec::new(),
            own: None,
            draft: None,
            not_bsn: false,
        }
    }
}

impl Client {
    /// Adds to a record. On a joint round what the covenant allows goes to the shared core, the rest to the own half of
    /// whoever adds; a colleague's half stays as it is.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device; [`ClientError::Refused`] with every field that cannot be
    /// taken; nothing is written then.
    pub fn amend(&self, amendment: Amendment) -> Result<Saved, ClientError> {
        let me = HalfOf::Person(self.person()?.id);
        let halves = self.halves(amendment.collection, amendment.record, me)?;
        let mut saving = self.begin();
        saving.finish(amendment.draft);
        saving.tell_not_bsn(amendment.not_bsn);
        let own = halves.own.as_ref().map(|own| own.space).or(amendment.own);
        set_in_halves(&mut saving, amendment.collection, &halves, own, amendment.set);
        let (space, contact) = (own.unwrap_or(halves.record.space), link(&halves.record));
        for person in amendment.joined {
            saving.create(space, &person.takes_part(contact.clone()));
        }
        for left in amendment.left {
            let stored = self
                .store
                .read(|reader| found(reader, Participation::NAME, left.record()))?;
            saving.set(Participation::collection(), &stored, deleted());
        }
        for share in amendment.shares {
            let of = halves.own.as_ref().unwrap_or(&halves.record);
            let of = Some(link(of));
            saving.create(space, &Share { of, ..share });
        }
        for follow_up in amendment.follow_up {
            follow_up.add(&mut saving, space, Some(contact.clone()));
        }
        saving.commit()
    }
}

fn set_in_halves(
    saving: &mut Saving<'_>,
    kind: &'static Collection,
    halves: &Halves,
    own: Option<SpaceId>,
    set: Fields,
) {
    let Some(joint) = &halves.joint else {
        return saving.set(kind, &halves.record, set);
    };
    let (core, mut rest) = joint_round::split(set, joint);
    saving.set(kind, &halves.record, core);
    match (&halves.own, own) {
        (Some(half), _) => saving.set(kind, half, rest),
        (None, Some(own)) if rest.values().any(|value| !value.is_null()) => {
            FieldType::put(&Some(reference(halves.record.id)), "core", &mut rest);
            saving.make(kind, own, rest);
        }
        (None, _) => {}
    }
}

fn link(stored: &Stored) -> Link {
    Link {
        collection: stored.collection.clone(),
        record: stored.id,
    }
}

fn deleted() -> Fields {
    FieldName::new("deleted")
        .map(|name| (name, Value::Bool(true)))
        .into_iter()
        .collect()
}
