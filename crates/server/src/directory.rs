//! Who belongs where: the people, the spaces and the memberships, as they stand in one version of them.

use drempel_domain::id::{SpaceId, UserId};
use drempel_domain::space::{Membership, Role, Space, role_at};
use drempel_domain::time::Moment;
use drempel_protocol::access::{Access, Granted, Member, Person};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::digests::tag_of;

/// All people, spaces and memberships, read once and kept until an administrator changes something.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    version: i64,
    spaces: BTreeMap<SpaceId, Space>,
    people: BTreeMap<UserId, Person>,
    memberships: BTreeMap<(SpaceId, UserId), Vec<Membership>>,
    spaces_of: BTreeMap<UserId, BTreeSet<SpaceId>>,
    /// Every instant at which a membership begins or ends.
    turns: BTreeSet<Moment>,
    /// What was last worked out for a person, and the stretch of time in which it holds.
    worked_out: Mutex<BTreeMap<UserId, Remembered>>,
}

#[derive(Debug, Clone)]
struct Remembered {
    from: Option<Moment>,
    until: Option<Moment>,
    access: Arc<Access>,
}

impl Directory {
    pub(crate) fn new(
        version: i64,
        spaces: impl IntoIterator<Item = Space>,
        people: impl IntoIterator<Item = Person>,
        memberships: impl IntoIterator<Item = Membership>,
    ) -> Self {
        let mut directory = Self {
            version,
            spaces: spaces.into_iter().map(|space| (space.id, space)).collect(),
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            ..Self::default()
        };
        for membership in memberships {
            directory.turns.insert(membership.from);
            directory.turns.extend(membership.until);
            let spaces = directory.spaces_of.entry(membership.user).or_default();
            spaces.insert(membership.space);
            let function = directory
                .people
                .get(&membership.user)
                .map(|person| person.function.as_str());
            let besides = function.and_then(|function| membership.besides(function));
            let key = (membership.space, membership.user);
            let spans = directory.memberships.entry(key).or_default();
            spans.push(membership);
            spans.extend(besides);
        }
        directory
    }

    pub(crate) fn version(&self) -> i64 {
        self.version
    }

    pub(crate) fn space(&self, space: SpaceId) -> Option<&Space> {
        self.spaces.get(&space)
    }

    pub(crate) fn spaces(&self) -> impl Iterator<Item = &Space> {
        self.spaces.values()
    }

    pub(crate) fn person(&self, user: UserId) -> Option<&Person> {
        self.people.get(&user)
    }

    pub(crate) fn memberships(&self, space: SpaceId, user: UserId) -> &[Membership] {
        self.memberships.get(&(space, user)).map_or(&[], Vec::as_slice)
    }

    /// The role of a person in a space at an instant; none where the space does not exist.
    pub(crate) fn role(&self, space: SpaceId, user: UserId, at: Moment) -> Option<Role> {
        self.space(space)?;
        role_at(self.memberships(space, user), at)
    }

    /// The first of the leads of a space.
    pub(crate) fn lead(&self, space: SpaceId, at: Moment) -> Option<UserId> {
        self.members(space, at)
            .find(|(_, role)| *role == Role::Lead)
            .map(|(user, _)| user)
    }

    /// The space in which a person receives referrals.
    pub(crate) fn casemanagement(&self, user: UserId, at: Moment) -> Option<SpaceId> {
        let mut spaces = self.spaces_of.get(&user)?.iter().copied();
        spaces.find(|space| self.role(*space, user, at) == Some(Role::Casemanager))
    }

    /// Who belongs to a space at an instant, each in which role.
    pub(crate) fn members(&self, space: SpaceId, at: Moment) -> impl Iterator<Item = (UserId, Role)> {
        let first = (space, UserId::new(uuid::Uuid::nil()));
        let last = (space, UserId::new(uuid::Uuid::max()));
        self.memberships
            .range(first..=last)
            .filter_map(move |((_, user), spans)| Some((*user, role_at(spans, at)?)))
    }

    /// What a person may see at an instant; nothing where there is no such person.
    pub(crate) fn access(&self, user: UserId, now: Moment) -> Option<Arc<Access>> {
        let mut worked_out = self.worked_out.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = worked_out.get(&user)
            && known.from.is_none_or(|from| from <= now)
            && known.until.is_none_or(|until| now < until)
        {
            return Some(Arc::clone(&known.access));
        }
        let access = Arc::new(self.work_out(user, now)?);
        let remembered = Remembered {
            from: self.turns.range(..=now).next_back().copied(),
            until: self.turns.range(now.plus_millis(1)..).next().copied(),
            access: Arc::clone(&access),
        };
        worked_out.insert(user, remembered);
        Some(access)
    }

    fn work_out(&self, user: UserId, now: Moment) -> Option<Access> {
        let spaces = self.spaces_of.get(&user).into_iter().flatten();
        let mut access = Access {
            tag: String::new(),
            user: self.people.get(&user)?.clone(),
            spaces: spaces
                .filter_map(|space| self.granted(*space, user, now))
                .collect(),
        };
        access.tag = tag_of(&access);
        Some(access)
    }

    fn granted(&self, space: SpaceId, user: UserId, now: Moment) -> Option<Granted> {
        let spans = self.memberships(space, user);
        let span = spans.iter().find(|span| span.holds_at(now))?;
        Some(Granted {
            space: self.space(space)?.clone(),
            role: span.role,
            from: span.from,
            until: span.until,
            members: self
                .members(space, now)
                .filter_map(|(user, role)| {
                    let person = self.people.get(&user)?.clone();
                    Some(Member { person, role })
                })
                .collect(),
        })
    }
}
