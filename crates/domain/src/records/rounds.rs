//! Rounds, their participants, plans, spots and tonight's addresses.

use super::lists::{
    AgeBands, Approaches, Districts, DoorReasons, Hats, RoundKind, RoundRoles, SpotKind, VisitState,
};
use crate::id::{Id, UserId};
use crate::record::{Code, Codes, Count, EventDay, EventMoment, PlanDay, Text, Texts, record};

record! {
    /// One walk through a neighbourhood (*ronde*). A record, never a space.
    Round in "round", search ["closing_summary"] {
        /// Alone or together.
        kind: Option<RoundKind>,
        /// The neighbourhood.
        district: Option<Code<Districts>>,
        /// The plan that it carries out.
        plan: Option<Id<DeploymentPlan>>,
        /// When it began.
        started: Option<EventMoment>,
        /// When it ended.
        ended: Option<EventMoment>,
        /// What to remember of it.
        closing_summary: Option<Text>,
    }
}

record! {
    /// Who took part in a round, and in which capacity.
    RoundParticipant in "round_participant", search [] {
        /// The round.
        round: Option<Id<Round>>,
        /// Who.
        user: Option<UserId>,
        /// In which capacity.
        role: Option<Code<RoundRoles>>,
        /// Under which hat; care and supervision unless another was chosen.
        hat: Option<Code<Hats>>,
    }
}

record! {
    /// Where, when and how much to be on the street, and why (*inzetplan*).
    DeploymentPlan in "deployment_plan", search ["analysis"] {
        /// The first day.
        period_from: Option<PlanDay>,
        /// The last day.
        period_until: Option<PlanDay>,
        /// Neighbourhoods.
        districts: Codes<Districts>,
        /// Spots, by their identifiers.
        spots: Codes<Spot>,
        /// At which times, in words.
        times: Option<Text>,
        /// How much, in words.
        amount: Option<Text>,
        /// What the plan rests on.
        analysis: Option<Text>,
        /// Where that came from.
        sources: Option<Texts>,
        /// How.
        approach: Option<Code<Approaches>>,
    }
}

record! {
    /// A place where young people meet (*kanslocatie* or *overlastlocatie*).
    Spot in "spot", search ["name"] {
        /// Its name.
        name: Option<Text>,
        /// What it offers.
        kind: Option<SpotKind>,
        /// The neighbourhood.
        district: Option<Code<Districts>>,
        /// Since when it is one.
        since: Option<EventDay>,
        /// Whether it still is.
        active: Option<bool>,
    }
}

record! {
    /// An address on tonight's list, prepared by leerplicht as a share.
    VisitRequest in "visit_request", search ["name"] {
        /// The round that it is for.
        round: Option<Id<Round>>,
        /// Who lives there.
        name: Option<Text>,
        /// About how old.
        age_band: Option<Code<AgeBands>>,
        /// Where.
        address: Option<Text>,
        /// Why.
        reason: Option<Code<DoorReasons>>,
        /// Who asked.
        asked_by: Option<UserId>,
        /// The place on the list, from 1.
        position: Option<Count>,
        /// Where it stands.
        state: Option<VisitState>,
    }
}
