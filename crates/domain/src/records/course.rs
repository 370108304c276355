//! The course that a young person follows: tracks, phases, measurements, goals, requests, obstacles.

use super::lists::{
    JusticeContacts, LifeDomains, Phase, TrackMethods, TrackOrigins, WorkState, YesNoUnknown,
};
use super::youths::Youth;
use crate::id::{Id, UserId};
use crate::record::{Code, Count, EventDay, EventMoment, Keyed, Score, Text, lists, record};

lists! {
    /// What has become of an obstacle in the rules.
    ObstacleStates = "obstacle_states",
}

record! {
    /// A period of coaching (*traject*).
    Track in "track", search ["relapse_plan", "celebrated_result"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The method.
        method: Option<Code<TrackMethods>>,
        /// The coach.
        coach: Option<UserId>,
        /// Where it began.
        origin: Option<Code<TrackOrigins>>,
        /// Whether the young person was in view before.
        in_view_before: Option<Code<YesNoUnknown>>,
        /// How far it has come, in the Rode loper.
        phase: Option<Phase>,
        /// The first day.
        started: Option<EventDay>,
        /// The last day.
        ended: Option<EventDay>,
        /// Why it ended.
        end_reason: Option<Text>,
        /// What became of school.
        outcome_school: Option<Text>,
        /// What became of work.
        outcome_work: Option<Text>,
        /// What became of the day.
        outcome_day_activity: Option<Text>,
        /// Whether there was recidivism.
        recidivism: Option<Code<YesNoUnknown>>,
        /// How the working together went.
        cooperation: Option<Text>,
        /// What the young person says of it.
        own_verdict: Option<Text>,
        /// What to do when it goes wrong again.
        relapse_plan: Option<Text>,
        /// What was celebrated.
        celebrated_result: Option<Text>,
    }
}

record! {
    /// A step from one phase to another, back included.
    PhaseChange in "phase_change", search ["reason"] {
        /// The track.
        track: Option<Id<Track>>,
        /// The new phase.
        phase: Option<Phase>,
        /// When.
        changed_at: Option<EventMoment>,
        /// Why.
        reason: Option<Text>,
    }
}

record! {
    /// How life goes, domain by domain, with the young person's own story (*nulmeting*, *vervolgmeting*).
    Measurement in "measurement", search ["own_story"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// 0 for the first, then 1, 2, 3.
        number: Option<Count>,
        /// The day.
        date: Option<EventDay>,
        /// Per life domain a score or "not discussed"; one that is absent is still to be done.
        scores: Keyed<LifeDomains, Score>,
        /// Contact with justice, as told.
        justice_contact: Option<Code<JusticeContacts>>,
        /// What the day is filled with, as told.
        day_activity: Option<Text>,
        /// The story in the young person's own words, shown before the scores.
        own_story: Option<Text>,
    }
}

record! {
    /// What someone wants to reach (*doel*).
    Goal in "goal", search ["text"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The goal.
        text: Option<Text>,
        /// The life domain.
        life_domain: Option<Code<LifeDomains>>,
        /// What has become of it.
        state: Option<WorkState>,
        /// The result.
        result: Option<Text>,
    }
}

record! {
    /// A small question for help (*hulpvraag*).
    SupportRequest in "support_request", search ["text", "result"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The question.
        text: Option<Text>,
        /// The life domain.
        life_domain: Option<Code<LifeDomains>>,
        /// What has become of it.
        state: Option<WorkState>,
        /// The result.
        result: Option<Text>,
    }
}

record! {
    /// A rule that stands in the way (*knelpunt*); can be shared without the name.
    RuleObstacle in "rule_obstacle", search ["text", "result"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// What it blocked.
        text: Option<Text>,
        /// Which law or rule.
        law: Option<Text>,
        /// The life domain.
        life_domain: Option<Code<LifeDomains>>,
        /// Who was asked.
        asked: Option<Text>,
        /// What has become of it.
        state: Option<Code<ObstacleStates>>,
        /// The answer.
        result: Option<Text>,
    }
}
