//! A record of a joint round as one: the shared core and the author's own half of it.

use crate::client::granted_space;
use crate::reference::reference;
use crate::saving::found;
use crate::{Client, ClientError};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{Named, Record};
use drempel_domain::schema::Collection;
use drempel_domain::space::{Space, SpaceKind};
use drempel_domain::value::Value;
use drempel_store::{Query, Reader, Stored};

/// A record with the author's own half laid over it, when it is the shared core of a joint round.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole<K> {
    /// The record; of two halves the shared core.
    pub id: Id<K>,
    /// Everything that the author knows of it.
    pub record: K,
    /// The space with everything, or with the own half; nothing where no own half was needed.
    pub own: Option<SpaceId>,
    /// The joint space of the core.
    pub joint: Option<SpaceId>,
}

/// A record and, on a joint round, the author's own half of it.
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
        let halves = self.halves(K::collection(), id.record())?;
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

    pub(crate) fn halves(&self, kind: &'static Collection, record: RecordId) -> Result<Halves, ClientError> {
        self.store.read(|reader| {
            let named = found(reader, kind.name, record)?;
            let Some(core) = core_of(reader, kind, &named)? else {
                let space = granted_space(reader, named.space)?.map(|granted| granted.space);
                let joint = space.filter(|space| space.kind == SpaceKind::Joint);
                let own = match joint {
                    Some(_) => own_half(reader, kind, &named)?,
                    None => None,
                };
                return Ok(Halves {
                    record: named,
                    joint,
                    own,
                });
            };
            let space = granted_space(reader, core.space)?.map(|granted| granted.space);
            Ok(Halves {
                joint: space,
                record: core,
                own: Some(named),
            })
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

/// The own half of the author of a shared core, in a space that the person reads.
fn own_half(
    reader: &Reader<'_>,
    kind: &'static Collection,
    core: &Stored,
) -> Result<Option<Stored>, ClientError> {
    if kind.field("core").is_none() {
        return Ok(None);
    }
    let author = core.common().created_by;
    let halves = reader.find(&Query::kind(kind).whose("core", reference(core.id)))?;
    Ok(halves.into_iter().find(|half| half.common().created_by == author))
}
