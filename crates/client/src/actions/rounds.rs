//! Rounds: walking one alone or together, and saving once what two organisations may each know a part of.

use crate::saving::Saving;
use crate::{Client, ClientError, Saved};
use drempel_domain::id::{Id, SpaceId, UserId};
use drempel_domain::record::{Code, EventMoment, FieldType, Named, Record};
use drempel_domain::records::lists::{Districts, Hats, RoundKind, RoundRoles};
use drempel_domain::records::rounds::{DeploymentPlan, Round, RoundParticipant, Spot};
use drempel_domain::rules::joint_round;
use drempel_domain::space::Space;

/// What is known when a round starts.
#[derive(Clone, Debug, Default)]
pub struct RoundStart {
    /// Where.
    pub district: Option<Code<Districts>>,
    /// The plan that it carries out.
    pub plan: Option<Id<DeploymentPlan>>,
    /// The others who walk along; the person who starts it always does.
    pub with: Vec<UserId>,
    /// Whether it is walked together although nobody else is named yet.
    pub joint: bool,
}

/// Where a save on a joint round goes: what the covenant allows to the joint space, the rest to the author's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Half {
    /// The joint space, for the shared core.
    pub joint: SpaceId,
    /// The author's own space, for everything else.
    pub own: SpaceId,
}

impl Client {
    /// Starts a round.
    ///
    /// # Errors
    /// [`ClientError::Refused`] when the person may not write in that space.
    pub fn start_round(&self, space: SpaceId, start: RoundStart) -> Result<Saved, ClientError> {
        let me = self.person()?.id;
        let joint = start.joint || start.with.iter().any(|other| *other != me);
        let mut saving = self.begin();
        let round = saving.create(
            space,
            &Round {
                kind: Some(if joint { RoundKind::Joint } else { RoundKind::Solo }),
                district: start.district,
                plan: start.plan,
                started: Some(EventMoment(self.now())),
                ..Round::default()
            },
        );
        let others = start.with.into_iter().filter(|other| *other != me);
        for user in std::iter::once(me).chain(others) {
            saving.create(space, &takes_part(round, user));
        }
        saving.commit()
    }

    /// Takes part in a round that somebody else started; the round itself need not be on this device yet.
    ///
    /// # Errors
    /// [`ClientError::Refused`] when the person may not write in that space.
    pub fn join_round(
        &self,
        space: SpaceId,
        round: Id<Round>,
        role: Option<Code<RoundRoles>>,
        hat: Option<Code<Hats>>,
    ) -> Result<Saved, ClientError> {
        let me = self.person()?.id;
        let participant = RoundParticipant {
            role,
            hat,
            ..takes_part(round, me)
        };
        self.create(space, &participant)
    }

    /// Ends a round, with what is worth remembering of it.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the round is not on this device.
    pub fn end_round(&self, round: Id<Round>, summary: Option<String>) -> Result<Saved, ClientError> {
        let now = EventMoment(self.now());
        self.edit(round, |round| {
            round.ended = Some(now);
            round.closing_summary = summary;
        })
    }

    /// Puts a spot on the team's list.
    ///
    /// # Errors
    /// [`ClientError::Refused`] when the person may not write in that space.
    pub fn add_spot(&self, space: SpaceId, spot: Spot) -> Result<Saved, ClientError> {
        let active = spot.active.or(Some(true));
        self.create(space, &Spot { active, ..spot })
    }
}

fn takes_part(round: Id<Round>, user: UserId) -> RoundParticipant {
    RoundParticipant {
        round: Some(round),
        user: Some(user),
        ..RoundParticipant::default()
    }
}

/// Saves one contact or talk of a joint round as two records: the shared core, and the author's own half where there is
/// something to put into it.
///
/// The own half names the core, never the other way round: a joint space holds nothing that leads to an own one.
pub(crate) fn create_halves<K: Record + Named>(
    saving: &mut Saving<'_>,
    joint: &Space,
    own: SpaceId,
    record: &K,
) -> (Id<K>, Option<Id<K>>) {
    let (core, mut rest) = joint_round::split(record.to_fields(), joint);
    let core_id = saving.create(joint.id, &K::from_fields(&core));
    let half = (!rest.is_empty()).then(|| {
        FieldType::put(&Some(core_id), "core", &mut rest);
        saving.create(own, &K::from_fields(&rest))
    });
    (core_id, half)
}
