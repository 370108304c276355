//! What a municipality file names by short names, as the identifiers that the server computes from them.

use super::PlayError;
use drempel_domain::id::{RecordId, SpaceId, UserId};
use drempel_server::{partner_id, personal_space_name, space_id, spot_id, user_id};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A device of the file, to be enrolled before the first line or during the file.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NamedDevice {
    /// Its short name.
    pub id: String,
    /// Whose it is.
    pub user: String,
    /// What kind of device it is.
    pub platform: String,
}

#[derive(Deserialize)]
struct File {
    spaces: Vec<Named>,
    users: Vec<Named>,
    #[serde(default)]
    devices: Vec<NamedDevice>,
    #[serde(default)]
    later_devices: Vec<NamedDevice>,
    #[serde(default)]
    spots: Vec<NamedSpot>,
    #[serde(default)]
    partners: Vec<Named>,
    #[serde(default)]
    lists: BTreeMap<String, Vec<Listed>>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct NamedSpot {
    id: String,
    space: String,
}

#[derive(Deserialize)]
struct Listed {
    code: String,
    label: String,
}

/// Short names and what they stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    spaces: BTreeMap<String, SpaceId>,
    users: BTreeMap<String, UserId>,
    partners: BTreeMap<String, (RecordId, String)>,
    labels: BTreeMap<(String, String), String>,
    /// Each spot with its space.
    pub spots: BTreeMap<String, (RecordId, SpaceId)>,
    /// The devices that are there before the first line.
    pub devices: Vec<NamedDevice>,
    /// The devices that are enrolled by a line.
    pub later_devices: Vec<NamedDevice>,
}

impl Names {
    /// Reads a municipality file.
    ///
    /// # Errors
    /// [`PlayError::Shape`].
    pub(crate) fn read(text: &str) -> Result<Self, PlayError> {
        let file: File =
            serde_json::from_str(text).map_err(|error| PlayError::shape("the municipality file", error))?;
        let mut names = Self {
            users: file
                .users
                .iter()
                .map(|user| (user.id.clone(), user_id(&user.id)))
                .collect(),
            devices: file.devices,
            later_devices: file.later_devices,
            ..Self::default()
        };
        // Everybody who works with content has a space of their own, named in the file or not.
        let own = file.users.iter().map(|user| personal_space_name(&user.id));
        let spaces = file.spaces.into_iter().map(|space| space.id).chain(own);
        names.spaces = spaces.map(|name| (name.clone(), space_id(&name))).collect();
        for partner in file.partners {
            names
                .partners
                .insert(partner.id.clone(), (partner_id(&partner.id), partner.name));
        }
        for spot in file.spots {
            names
                .spots
                .insert(spot.id.clone(), (spot_id(&spot.id), space_id(&spot.space)));
        }
        for (list, codes) in file.lists {
            let labelled = codes
                .into_iter()
                .map(|listed| ((list.clone(), listed.code), listed.label));
            names.labels.extend(labelled);
        }
        Ok(names)
    }

    /// The space of that short name.
    ///
    /// # Errors
    /// [`PlayError::Line`] when there is none; so with the others.
    pub(crate) fn space(&self, name: &str) -> Result<SpaceId, PlayError> {
        self.spaces
            .get(name)
            .copied()
            .ok_or_else(|| unknown("space", name))
    }

    /// The short name of a space.
    pub(crate) fn space_name(&self, id: SpaceId) -> String {
        let found = self.spaces.iter().find(|(_, space)| **space == id);
        found.map_or_else(|| id.to_string(), |(name, _)| name.clone())
    }

    /// The person of that short name.
    ///
    /// # Errors
    /// As [`Names::space`].
    pub(crate) fn user(&self, name: &str) -> Result<UserId, PlayError> {
        self.users.get(name).copied().ok_or_else(|| unknown("user", name))
    }

    /// The short name of a person.
    pub(crate) fn user_name(&self, id: UserId) -> String {
        let found = self.users.iter().find(|(_, user)| **user == id);
        found.map_or_else(|| id.to_string(), |(name, _)| name.clone())
    }

    /// The partner of that short name, and its name in full.
    ///
    /// # Errors
    /// As [`Names::space`].
    pub(crate) fn partner(&self, name: &str) -> Result<(RecordId, &str), PlayError> {
        let found = self.partners.get(name).map(|(id, full)| (*id, full.as_str()));
        found.ok_or_else(|| unknown("partner", name))
    }

    /// What a list shows for a code.
    pub(crate) fn label(&self, list: &str, code: &str) -> Option<&str> {
        self.labels
            .get(&(list.to_owned(), code.to_owned()))
            .map(String::as_str)
    }

    /// Whether a list has that code.
    pub(crate) fn lists(&self, list: &str, code: &str) -> bool {
        self.label(list, code).is_some()
    }
}

fn unknown(what: &str, name: &str) -> PlayError {
    PlayError::line(format!("there is no {what} {name} in the municipality file"))
}
