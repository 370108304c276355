//! A record of a joint round as one: the shared core and the author's own half of it.

use crate::client::granted_space;
use crate::reference::reference;
use crate::saving::found;
use crate::{Client, ClientError};
use drempel_domain::id::{Id, RecordId, SpaceId, UserId};
use drempel_domain::record::{Named, Record};
use drempel_domain::schema::Collection;
use drempel_domain::space::{Space, SpaceKind};
use drempel_domain::value::Value;
use drempel_store::{Query, Reader, Stored};

/// A record with an own half laid over it, when it is the shared core of a joint round.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole<K> {
    /// The record; of two halves the shared core.
    pub id: Id<K>,
    /// Everything that whoever made the own half knows of it.
    pub record: K,
    /// The space with everything, or with the own half; nothing where no own half was needed.
    pub own: Option<SpaceId>,
    /// The joint space of the core.
    pub joint: Option<SpaceId>,
}

/// Whose half of a shared core is meant.
#[derive(Clone, Copy)]
pub(crate) enum HalfOf {
    /// The half that was named, or that of whoever made the core.
    ItsAuthor,
    /// That of this person, and nobody else's.
    Person(UserId),
}

/// A record and, on a joint round, somebody's own half of it.
pub(crate) struct Halves {
    pub(crate) record: Stored,
    /// The space of the shared core, when the record is one.
    pub(crate) joint: Option<Space>,
    pub(crate) own: Option<Stored>,
}

impl Client {
    /// A record as its author knows it, named by either of its halves.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn whole<K: Record + Named>(&self, id: Id<K>) -> Result<Whole<K>, ClientError> {
        self.laid_over(id, HalfOf::ItsAuthor)
    }

    /// A record as the person of this device may add to it: of a joint round the shared core, with the person's own half
    /// of it. What a colleague knows of it stays the colleague's.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn to_add_to<K: Record + Named>(&self, id: Id<K>) -> Result<Whole<K>, ClientError> {
        let me = self.person()?.id;
        self.laid_over(id, HalfOf::Person(me))
    }

    fn laid_over<K: Record + Named>(&self, id: Id<K>, whose: HalfOf) -> Result<Whole<K>, ClientError> {
        let halves = self.halves(K::collection(), id.record(), whose)?;
        let mut fields = halves.record.fields.clone();
        if let Some(own) = &halves.own {
            fields.extend(own.fields.clone());
        }
        let own = match (&halves.own, &halves.joint) {
            (Some(own), _) => Some(own.space),
            (None, Some(_)) => None,
            (None, None) => Some(halves.record.space),
        };
        Ok(Whole {
            id: Id::new(halves.record.id),
            record: K::from_fields(&fields),
            own,
            joint: halves.joint.map(|space| space.id),
        })
    }

    pub(crate) fn halves(
        &self,
        kind: &'static Collection,
        record: RecordId,
        whose: HalfOf,
    ) -> Result<Halves, ClientError> {
        self.store.read(|reader| {
            let named = found(reader, kind.name, record)?;
            let (record, half) = match core_of(reader, kind, &named)? {
                Some(core) => (core, Some(named)),
                None => (named, None),
            };
            let space = granted_space(reader, record.space)?.map(|granted| granted.space);
            let joint = space.filter(|space| half.is_some() || space.kind == SpaceKind::Joint);
            let own = match (whose, half, &joint) {
                (HalfOf::ItsAuthor, Some(half), _) => Some(half),
                (_, _, None) => None,
                (HalfOf::ItsAuthor, None, Some(_)) => {
                    own_half(reader, kind, &record, record.common().created_by)?
                }
                (HalfOf::Person(person), _, Some(_)) => own_half(reader, kind, &record, Some(person))?,
            };
            Ok(Halves { record, joint, own })
        })
    }
}

/// The shared core of which a record is somebody's own half, when it is on this device.
fn core_of(
    reader: &Reader<'_>,
    kind: &'static Collection,
    half: &Stored,
) -> Result<Option<Stored>, ClientError> {
    let core = half.fields.get("core").and_then(Value::as_text);
    match core.and_then(|core| core.parse().ok()) {
        Some(core) => Ok(reader.record(kind.name, core)?),
        None => Ok(None),
    }
}

/// Somebody's own half of a shared core, in a space that the person reads.
fn own_half(
    reader: &Reader<'_>,
    kind: &'static Collection,
    core: &Stored,
    author: Option<UserId>,
) -> Result<Option<Stored>, ClientError> {
    if kind.field("core").is_none() {
        return Ok(None);
    }
    let halves = reader.find(&Query::kind(kind).whose("core", reference(core.id)))?;
    Ok(halves.into_iter().find(|half| half.common().created_by == author))
}
