//! The records that lines have made, by the names that other lines call them.

use super::PlayError;
use super::names::Names;
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{Link, Named};
use std::collections::BTreeMap;

/// A record that a line made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Its kind.
    pub kind: String,
    /// Its space.
    pub space: SpaceId,
    /// The record.
    pub id: RecordId,
}

/// Records by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refs(BTreeMap<String, Made>);

impl Refs {
    /// The municipality's spots, which lines call `spot:` and their short name.
    pub(crate) fn of(names: &Names) -> Self {
        let spot = |(name, (id, space)): (&String, &(RecordId, SpaceId))| {
            let made = Made {
                kind: "spot".to_owned(),
                space: *space,
                id: *id,
            };
            (format!("spot:{name}"), made)
        };
        Self(names.spots.iter().map(spot).collect())
    }

    /// Remembers a record under a name.
    pub(crate) fn add(&mut self, name: &str, made: Made) {
        self.0.insert(name.to_owned(), made);
    }

    /// The record of that name.
    ///
    /// # Errors
    /// [`PlayError::Line`] when no line made it.
    pub(crate) fn get(&self, name: &str) -> Result<&Made, PlayError> {
        self.0
            .get(name)
            .ok_or_else(|| PlayError::line(format!("no line before this one made {name}")))
    }

    /// The record of that name, when it is of kind `K`.
    ///
    /// # Errors
    /// [`PlayError::Line`] when no line made it, or it is of another kind.
    pub(crate) fn id<K: Named>(&self, name: &str) -> Result<Id<K>, PlayError> {
        let made = self.get(name)?;
        match made.kind == K::NAME {
            true => Ok(Id::new(made.id)),
            false => Err(PlayError::line(format!(
                "{name} is a {}, not a {}",
                made.kind,
                K::NAME
            ))),
        }
    }

    /// A reference to the record of that name.
    ///
    /// # Errors
    /// [`PlayError::Line`] when no line made it.
    pub(crate) fn link(&self, name: &str) -> Result<Link, PlayError> {
        let made = self.get(name)?;
        Ok(Link {
            collection: made.kind.clone(),
            record: made.id,
        })
    }

    /// All of them, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Made)> {
        self.0.iter().map(|(name, made)| (name.as_str(), made))
    }

    /// The name of a record.
    pub(crate) fn name(&self, id: RecordId) -> Option<&str> {
        self.iter().find(|(_, made)| made.id == id).map(|(name, _)| name)
    }
}
