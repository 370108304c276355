//! A municipality file, checked as a whole and turned into what is to be stored.

use super::days::instant;
use super::file::{File, FileMembership, FileSpace};
use super::spots::written;
use super::{ImportError, Imported, partner_id, personal_space_name, space_id, user_id};
use crate::secrets::{PURGE_DAYS, READ_LOCK_DAYS, terms_of};
use crate::sync::copies::ServerWrite;
use drempel_domain::id::{SpaceId, UserId};
use drempel_domain::rules::telephone;
use drempel_domain::space::{Membership, Regime, Role, Space, SpaceKind};
use drempel_domain::sync_log::FieldName;
use drempel_domain::time::Moment;
use drempel_protocol::access::{ListedCode, ListedPartner, Municipality, Person};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// The only time zone in which days are reckoned.
const TIME_ZONE: &str = "Europe/Amsterdam";

/// Everything of a file, ready to be stored.
#[derive(Debug)]
pub(crate) struct Plan {
    pub municipality: Municipality,
    pub people: Vec<(String, Person)>,
    pub spaces: Vec<(String, Space)>,
    pub memberships: Vec<Membership>,
    pub lists: BTreeMap<String, Vec<ListedCode>>,
    pub settings: BTreeMap<String, i64>,
    pub partners: Vec<ListedPartner>,
    pub spots: Vec<ServerWrite>,
}

impl Plan {
    /// Reads and checks a file.
    pub(crate) fn read(text: &str, now: Moment) -> Result<Self, ImportError> {
        let file: File = serde_json::from_str(text).map_err(|error| ImportError::Shape {
            line: error.line(),
            column: error.column(),
            what: error.to_string(),
        })?;
        if file.municipality.time_zone != TIME_ZONE {
            return Err(wrong(
                "municipality",
                "time_zone",
                "only Europe/Amsterdam is supported",
            ));
        }
        let phone = file.municipality.administrator_phone.as_deref();
        if phone.is_some_and(|phone| telephone::number(phone).is_none()) {
            return Err(wrong(
                "municipality",
                "administrator_phone",
                "a telephone number has 3 to 15 digits, with spaces or dashes between them, and perhaps a + before",
            ));
        }
        let mut plan = Self {
            municipality: file.municipality.clone(),
            people: people(&file)?,
            spaces: spaces(&file)?,
            memberships: Vec::new(),
            lists: file.lists.clone(),
            settings: file.settings.clone(),
            partners: partners(&file)?,
            spots: Vec::new(),
        };
        plan.add_districts(&file);
        plan.add_memberships(&file)?;
        plan.add_personal_spaces(&file);
        plan.add_spots(&file, now)?;
        plan.check_lists()?;
        plan.check_lease()?;
        Ok(plan)
    }

    /// What it holds, in numbers.
    pub(crate) fn counts(&self) -> Imported {
        Imported {
            spaces: self.spaces.len(),
            users: self.people.len(),
            memberships: self.memberships.len(),
            codes: self.lists.values().map(Vec::len).sum(),
            spots: self.spots.len(),
            partners: self.partners.len(),
        }
    }

    fn add_districts(&mut self, file: &File) {
        let districts = file.districts.iter().map(|district| ListedCode {
            code: district.code.clone(),
            label: district.name.clone(),
            active: district.active,
        });
        let codes = self.lists.entry("districts".to_owned()).or_default();
        codes.extend(districts);
    }

    fn check_lease(&self) -> Result<(), ImportError> {
        let days = |name: &str| self.settings.get(name).copied();
        if terms_of(days(READ_LOCK_DAYS), days(PURGE_DAYS)).is_some() {
            return Ok(());
        }
        Err(wrong(
            "settings",
            READ_LOCK_DAYS,
            "reading locks after 1 to 364 days, and purging (lease_purge_days) comes later, within 365",
        ))
    }

    fn check_lists(&self) -> Result<(), ImportError> {
        for (list, codes) in &self.lists {
            let mut known = BTreeSet::new();
            for (code, index) in codes.iter().zip(0_usize..) {
                let path = place(&["lists.", list], index);
                if FieldName::keyed("code", &code.code).is_err() {
                    return Err(wrong(
                        &path,
                        "code",
                        "a code is 1 to 64 ASCII characters without spaces",
                    ));
                }
                if !known.insert(&code.code) {
                    return Err(wrong(&path, "code", "this code stands twice in the list"));
                }
            }
        }
        Ok(())
    }

    fn has_space(&self, space: SpaceId) -> bool {
        self.spaces.iter().any(|(_, known)| known.id == space)
    }

    fn has_person(&self, user: UserId) -> bool {
        self.people.iter().any(|(_, known)| known.id == user)
    }

    fn add_memberships(&mut self, file: &File) -> Result<(), ImportError> {
        for (membership, index) in file.memberships.iter().zip(0..) {
            let added = self.membership(membership, &place(&["memberships"], index))?;
            self.memberships.push(added);
        }
        Ok(())
    }

    fn membership(&self, membership: &FileMembership, path: &str) -> Result<Membership, ImportError> {
        let (user, space) = (user_id(&membership.user), space_id(&membership.space));
        if !self.has_person(user) {
            return Err(wrong(path, "user", "there is no such user in the file"));
        }
        if !self.has_space(space) {
            return Err(wrong(path, "space", "there is no such space in the file"));
        }
        let not_a_day = "expected a day such as 2026-01-05 or an instant with its zone";
        let from = instant(&membership.from).ok_or_else(|| wrong(path, "from", not_a_day))?;
        let until = match &membership.until {
            Some(until) => Some(instant(until).ok_or_else(|| wrong(path, "until", not_a_day))?),
            None => None,
        };
        if until.is_some_and(|until| until <= from) {
            return Err(wrong(path, "until", "ends before it begins"));
        }
        Ok(Membership {
            user,
            space,
            role: membership.role,
            from,
            until,
        })
    }

    /// Makes a space of one's own for everybody who works with content and was given none.
    fn add_personal_spaces(&mut self, file: &File) {
        let is_personal = |space: SpaceId| {
            let mut spaces = self.spaces.iter();
            spaces.any(|(_, known)| known.id == space && known.kind == SpaceKind::Personal)
        };
        let memberships = self.memberships.iter();
        let have: BTreeSet<UserId> = memberships
            .filter(|membership| is_personal(membership.space))
            .map(|membership| membership.user)
            .collect();
        for user in &file.users {
            let id = user_id(&user.id);
            if user.function != "administrator" && !have.contains(&id) {
                self.add_personal_space(&user.id, id);
            }
        }
    }

    fn add_personal_space(&mut self, short_name: &str, user: UserId) {
        let name = personal_space_name(short_name);
        let space = space_id(&name);
        let personal = Space {
            id: space,
            name: "Alleen ik".to_owned(),
            kind: SpaceKind::Personal,
            regime: Regime::CoachingAvg,
            covenant: None,
            covenant_fields: None,
        };
        if !self.has_space(space) {
            self.spaces.push((name, personal));
        }
        self.memberships.push(Membership {
            user,
            space,
            role: Role::Lead,
            from: Moment::from_millis(0),
            until: None,
        });
    }

    fn add_spots(&mut self, file: &File, now: Moment) -> Result<(), ImportError> {
        for (spot, index) in file.spots.iter().zip(0..) {
            let path = place(&["spots"], index);
            if !self.has_space(space_id(&spot.space)) {
                return Err(wrong(&path, "space", "there is no such space in the file"));
            }
            self.spots.push(written(spot, &path, now)?);
        }
        Ok(())
    }
}

pub(super) fn place(list: &[&str], index: usize) -> String {
    [&list.concat(), "[", &index.to_string(), "]"].concat()
}

pub(super) fn wrong(path: &str, member: &str, what: &'static str) -> ImportError {
    ImportError::Member {
        path: [path, ".", member].concat(),
        what,
    }
}

/// Names that may be given once.
#[derive(Default)]
struct Once(BTreeSet<String>);

impl Once {
    fn take(&mut self, list: &str, index: usize, name: &str) -> Result<(), ImportError> {
        let path = || place(&[list], index);
        if name.trim().is_empty() {
            return Err(wrong(&path(), "id", "must be filled in"));
        }
        if self.0.insert(name.to_owned()) {
            Ok(())
        } else {
            Err(wrong(&path(), "id", "this name stands twice in the list"))
        }
    }
}

fn people(file: &File) -> Result<Vec<(String, Person)>, ImportError> {
    let mut once = Once::default();
    let people = file.users.iter().zip(0..).map(|(user, index)| {
        once.take("users", index, &user.id)?;
        let person = Person {
            id: user_id(&user.id),
            name: user.name.clone(),
            function: user.function.clone(),
        };
        Ok((user.id.clone(), person))
    });
    people.collect()
}

fn spaces(file: &File) -> Result<Vec<(String, Space)>, ImportError> {
    let mut once = Once::default();
    let spaces = file.spaces.iter().zip(0..).map(|(space, index)| {
        once.take("spaces", index, &space.id)?;
        Ok((space.id.clone(), read_space(space, &place(&["spaces"], index))?))
    });
    spaces.collect()
}

fn read_space(space: &FileSpace, path: &str) -> Result<Space, ImportError> {
    // A joint round is what the space is for; the space itself is joint.
    let kind = match space.kind.as_str() {
        "joint_round" => "joint",
        other => other,
    };
    Ok(Space {
        id: space_id(&space.id),
        name: space.name.clone(),
        kind: word(kind).ok_or_else(|| wrong(path, "kind", "expected team, personal or joint_round"))?,
        regime: word(&space.regime).ok_or_else(|| wrong(path, "regime", "there is no such regime"))?,
        covenant: space.covenant.clone(),
        covenant_fields: space.covenant_fields.clone(),
    })
}

fn word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(word)).ok()
}

fn partners(file: &File) -> Result<Vec<ListedPartner>, ImportError> {
    let mut once = Once::default();
    let partners = file.partners.iter().zip(0..).map(|(partner, index)| {
        once.take("partners", index, &partner.id)?;
        Ok(ListedPartner {
            id: partner_id(&partner.id),
            name: partner.name.clone(),
            kind: partner.kind.clone(),
            offer: partner.offer.clone(),
            target_group: partner.target_group.clone(),
            capacity: partner.capacity,
            contact: partner.contact.clone(),
        })
    });
    partners.collect()
}
