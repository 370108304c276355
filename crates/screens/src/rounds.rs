//! The round that the person walks now.

use crate::failure::CommandError;
use crate::screens::Screens;
use drempel_domain::id::{Id, SpaceId, UserId};
use drempel_domain::record::Record as _;
use drempel_domain::records::rounds::{Round, RoundParticipant};
use drempel_domain::space::SpaceKind;
use drempel_domain::time::{HOUR, Moment};
use drempel_protocol::access::Granted;
use drempel_store::{Query, Reader, StoreError};

/// Hours after which a round that nobody ended is taken for forgotten.
pub(crate) const LONGEST: i64 = 16 * HOUR;

/// The round that the person walks now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Walking {
    pub(crate) id: Id<Round>,
    pub(crate) space: SpaceId,
    pub(crate) round: Round,
    pub(crate) started: Moment,
    /// Everyone else who takes part, as far as known.
    pub(crate) others: Vec<Person>,
}

/// Somebody who walks along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// The first name.
    pub(crate) name: String,
    /// The function, a code.
    pub(crate) function: String,
}

impl Walking {
    /// The neighbourhood that is walked.
    pub(crate) fn district(&self) -> Option<&str> {
        self.round
            .district
            .as_ref()
            .map(drempel_domain::record::Code::as_str)
    }

    /// The space of the round, when it is one of several organisations.
    pub(crate) fn joint_space<'s>(&self, spaces: &'s [Granted]) -> Option<&'s Granted> {
        spaces
            .iter()
            .find(|granted| granted.space.id == self.space && granted.space.kind == SpaceKind::Joint)
    }

    /// The first names of the others; where nobody is known yet, everyone in that space.
    pub(crate) fn others_or(&self, space: &str) -> Vec<String> {
        match self.others.is_empty() {
            true => vec![space.to_owned()],
            false => self.others.iter().map(|other| other.name.clone()).collect(),
        }
    }
}

impl Screens<'_> {
    /// The round that the person walks now: the last one begun that is not ended.
    pub(crate) fn walking(&self) -> Result<Option<Walking>, CommandError> {
        let me = self.me()?.id;
        let spaces = self.client.spaces()?;
        let now = self.client.now();
        self.client.store().read(|reader| {
            let open = Query::of::<Round>()
                .without("ended")
                .from("started", now.plus_millis(-LONGEST).to_string())
                .newest_first("started");
            for stored in reader.find(&open)? {
                let takes_part = users(reader, Id::new(stored.id))?;
                if !takes_part.contains(&me) {
                    continue;
                }
                let round: Round = stored.typed();
                let others = people(&spaces, takes_part.into_iter().filter(|user| *user != me));
                return Ok(Some(Walking {
                    id: Id::new(stored.id),
                    space: stored.space,
                    started: round.started.map_or(now, |started| started.0),
                    others,
                    round,
                }));
            }
            Ok::<_, CommandError>(None)
        })
    }
}

impl Screens<'_> {
    /// Everyone else who takes part in a round, as far as known.
    pub(crate) fn others_on(&self, round: Id<Round>) -> Result<Vec<Person>, CommandError> {
        let me = self.me()?.id;
        let users = self.client.store().read(|reader| users(reader, round))?;
        let spaces = self.client.spaces()?;
        Ok(people(&spaces, users.into_iter().filter(|user| *user != me)))
    }
}

/// Those people, as the person's spaces know them.
pub(crate) fn people(spaces: &[Granted], users: impl IntoIterator<Item = UserId>) -> Vec<Person> {
    let members = spaces.iter().flat_map(|granted| &granted.members);
    let known = users.into_iter().filter_map(|user| {
        let member = members.clone().find(|member| member.person.id == user)?;
        Some(Person {
            name: first_name(&member.person.name).to_owned(),
            function: member.person.function.clone(),
        })
    });
    known.collect()
}

/// Who take part in a round.
pub(crate) fn users(reader: &Reader<'_>, round: Id<Round>) -> Result<Vec<UserId>, StoreError> {
    let participants = Query::kind(RoundParticipant::collection()).whose("round", round.to_string());
    let found = reader.find(&participants)?;
    let mut users: Vec<_> = found
        .iter()
        .filter_map(|stored| stored.typed::<RoundParticipant>().user)
        .collect();
    users.sort_unstable();
    users.dedup();
    Ok(users)
}

/// The first word of a name.
pub(crate) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}
