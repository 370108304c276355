//! Who can read what is about to be saved: the person's own spaces, never a sign of another.

use crate::failure::CommandError;
use crate::rounds::Walking;
use crate::screens::Screens;
use crate::shapes::{Audience, AudienceChoice, SpaceKind};
use drempel_domain::id::SpaceId;
use drempel_domain::space::{self, Regime, Role};
use drempel_protocol::access::Granted;

/// Which audience is the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usual {
    /// The own team's, on a joint round with the shared core.
    Team,
    /// The person alone.
    Alone,
}

impl Screens<'_> {
    /// The audiences that the person can choose, the usual one first.
    pub(crate) fn audiences(
        &self,
        usual: Usual,
        walking: Option<&Walking>,
    ) -> Result<Vec<AudienceChoice>, CommandError> {
        let spaces = self.client.spaces()?;
        let mut teams: Vec<&Granted> = spaces.iter().filter(|granted| is_own_team(granted)).collect();
        teams.sort_by_key(|granted| {
            (
                granted.role == Role::Casemanager,
                &granted.space.name,
                granted.space.id,
            )
        });
        let alone = spaces
            .iter()
            .filter(|granted| granted.space.kind == space::SpaceKind::Personal);
        let mut choices: Vec<AudienceChoice> = Vec::new();
        let joint = walking.and_then(|walking| walking.joint_space(&spaces));
        if let (Some(walking), Some(joint), Some(own)) = (walking, joint, teams.first()) {
            choices.push(AudienceChoice {
                kind: SpaceKind::Joint,
                with: walking.others_or(&joint.space.name),
                ..choice(own, Some(joint.space.id))
            });
        }
        choices.extend(teams.iter().map(|granted| choice(granted, None)));
        let alone = alone.map(|granted| choice(granted, None));
        match usual {
            Usual::Team => choices.extend(alone),
            Usual::Alone => {
                // What is the person's own stays whole: no half of it goes to a joint space.
                choices.retain(|choice| choice.kind != SpaceKind::Joint);
                choices.splice(0..0, alone);
            }
        }
        Ok(choices)
    }

    /// What was chosen, or the usual audience where nothing was.
    pub(crate) fn audience(
        &self,
        chosen: Option<Audience>,
        usual: Usual,
        walking: Option<&Walking>,
    ) -> Result<Audience, CommandError> {
        match chosen {
            Some(audience) => Ok(audience),
            None => {
                let choices = self.audiences(usual, walking)?;
                let first = choices.first().map(|choice| choice.audience);
                first.ok_or_else(|| CommandError::refused("audience", "missing"))
            }
        }
    }

    /// The space of the own team in which is recorded unless the person chooses otherwise.
    pub(crate) fn team(&self) -> Result<SpaceId, CommandError> {
        Ok(self.audience(None, Usual::Team, None)?.own)
    }

    /// A space as a choice, whoever may write there.
    pub(crate) fn readers_of(&self, space: SpaceId) -> Result<Option<AudienceChoice>, CommandError> {
        let spaces = self.client.spaces()?;
        let found = spaces.iter().find(|granted| granted.space.id == space);
        Ok(found.map(|granted| choice(granted, None)))
    }
}

/// A team in which the person may write. Police data stays in a space of its own, which no form offers.
fn is_own_team(granted: &Granted) -> bool {
    let writes = match granted.role {
        Role::Member | Role::Lead | Role::Casemanager => true,
        Role::Reader | Role::Privacy => false,
    };
    writes && granted.space.kind == space::SpaceKind::Team && granted.space.regime != Regime::InvestigationWpg
}

fn choice(granted: &Granted, joint: Option<SpaceId>) -> AudienceChoice {
    AudienceChoice {
        audience: Audience {
            own: granted.space.id,
            joint,
        },
        kind: granted.space.kind.into(),
        name: granted.space.name.clone(),
        people: granted.members.len(),
        with: Vec::new(),
    }
}
