//! Copies that go along with a talk at a door, by the covenant of the joint space: chosen parts, ground filled in.

use crate::failure::CommandError;
use crate::rounds::Walking;
use crate::screens::Screens;
use crate::shapes::{DoorstepTalkForm, Informed, SharePart, ShareReceiver, ShareTemplate};
use drempel_client::actions::FollowUp;
use drempel_domain::id::Id;
use drempel_domain::record::{Code, PlanDay};
use drempel_domain::records::sharing::Share;
use drempel_domain::time::Day;
use drempel_protocol::access::Granted;

/// Days for which a copy may be used, unless the municipality says otherwise.
const SHARED_DAYS: u32 = 182;
/// The kind of action in which somebody who does not know yet is told.
const INFORM: &str = "inform";
/// Days in which that must be done.
const INFORM_WITHIN: u32 = 7;

/// A part of a talk that can be shared, and the fields that it holds.
struct Part {
    name: &'static str,
    fields: &'static [&'static str],
    /// Whether it is the least that the others need.
    suggested: bool,
}

const PARTS: &[Part] = &[
    Part {
        name: "school",
        fields: &["reason", "absence_kind"],
        suggested: true,
    },
    Part {
        name: "home",
        fields: &["mood", "how_are_things", "obstacles"],
        suggested: false,
    },
    Part {
        name: "agreements",
        fields: &["agreements"],
        suggested: true,
    },
];

impl Screens<'_> {
    /// What may be shared with whom: the joint space of the round, under its covenant. Nothing when alone or without one.
    pub(crate) fn share_template(
        &self,
        walking: Option<&Walking>,
    ) -> Result<Option<ShareTemplate>, CommandError> {
        let Some(joint) = self.joint_of(walking)? else {
            return Ok(None);
        };
        let core = SharePart {
            part: "core".to_owned(),
            joint: true,
            suggested: Vec::new(),
        };
        let parts = PARTS.iter().map(|part| SharePart {
            part: part.name.to_owned(),
            joint: false,
            suggested: part.suggested.then_some(joint.space.id).into_iter().collect(),
        });
        Ok(Some(ShareTemplate {
            covenant: joint.space.name.clone(),
            expires: self.expires()?.into(),
            receivers: vec![ShareReceiver {
                space: joint.space.id,
                label: joint.space.name.clone(),
            }],
            parts: std::iter::once(core).chain(parts).collect(),
        }))
    }

    fn joint_of(&self, walking: Option<&Walking>) -> Result<Option<Granted>, CommandError> {
        let spaces = self.client.spaces()?;
        let joint = walking.and_then(|walking| walking.joint_space(&spaces));
        Ok(joint.filter(|granted| granted.space.covenant.is_some()).cloned())
    }

    fn expires(&self) -> Result<Day, CommandError> {
        let set = self.client.configuration()?;
        let days = set.and_then(|set| set.settings.get("share_days").copied());
        let days = days
            .and_then(|days| u32::try_from(days).ok())
            .unwrap_or(SHARED_DAYS);
        Ok(self.today_is().plus_days(days))
    }

    /// The copies that were chosen, and what there is to do when the young person does not know of them yet.
    ///
    /// # Errors
    /// `refused` naming `shares` when a receiver does not walk along any more.
    pub(crate) fn shares(
        &self,
        form: &DoorstepTalkForm,
        walking: Option<&Walking>,
    ) -> Result<(Vec<Share>, Option<FollowUp>), CommandError> {
        let Some(chosen) = &form.shares else {
            return Ok((Vec::new(), None));
        };
        let joint = self.joint_of(walking)?;
        let mut shares: Vec<Share> = Vec::new();
        for (part, space) in chosen
            .parts
            .iter()
            .flat_map(|part| part.spaces.iter().map(move |space| (part, space)))
        {
            let receiver = joint.as_ref().filter(|joint| joint.space.id == *space);
            let receiver = receiver.ok_or_else(|| CommandError::refused("shares", "not_a_member"))?;
            let fields = PARTS
                .iter()
                .find(|known| known.name == part.part)
                .map(|part| part.fields);
            let fields = fields.unwrap_or_default().iter().map(|field| (*field).to_owned());
            match shares.iter_mut().find(|share| share.to_space == Some(*space)) {
                Some(share) => share.fields.get_or_insert_default().extend(fields),
                None => shares.push(Share {
                    fields: Some(fields.collect()),
                    ..self.under_covenant(receiver, chosen.informed)?
                }),
            }
        }
        let tell = chosen.informed == Informed::NotYet && !shares.is_empty();
        let tell = tell.then(|| self.tell_later(form)).transpose()?;
        Ok((shares, tell))
    }

    fn under_covenant(&self, receiver: &Granted, informed: Informed) -> Result<Share, CommandError> {
        let covenant = receiver.space.covenant.clone().unwrap_or_default();
        let informed = match informed {
            Informed::Yes => "yes",
            Informed::NotYet => "not_yet",
        };
        Ok(Share {
            to_space: Some(receiver.space.id),
            ground: Some(["convenant ", &covenant].concat()),
            purpose: Some(receiver.space.name.clone()),
            recipient: Some(receiver.space.name.clone()),
            informed: Some(Code::from(informed)),
            expires: Some(PlanDay(self.expires()?)),
            ..Share::default()
        })
    }

    fn tell_later(&self, form: &DoorstepTalkForm) -> Result<FollowUp, CommandError> {
        Ok(FollowUp {
            kind: Some(Code::from(INFORM)),
            due: Some(self.today_is().plus_days(INFORM_WITHIN)),
            assignee: Some(self.me()?.id),
            youth: form.youth.map(Id::new),
            ..FollowUp::default()
        })
    }
}
