//! Things to do, and talks that are planned.

use super::lists::{ActionKinds, TalkKinds, TalkState, WorkState};
use super::youths::Youth;
use crate::id::{Id, UserId};
use crate::record::{Code, Link, PlanDay, PlanMoment, Text, Texts, record};

record! {
    /// Something to do (*actie*).
    Action in "action", search ["title", "outcome"] {
        /// What kind.
        kind: Option<Code<ActionKinds>>,
        /// What to do.
        title: Option<Text>,
        /// By which day.
        due: Option<PlanDay>,
        /// Who does it.
        assignee: Option<UserId>,
        /// Who does it, where that is no user of Drempel.
        assignee_text: Option<Text>,
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The record that it came from.
        from_record: Option<Link>,
        /// The talk in which it was agreed.
        from_talk: Option<Id<Talk>>,
        /// What has become of it.
        state: Option<WorkState>,
        /// The outcome.
        outcome: Option<Text>,
        /// Why it was moved or handed over.
        reason: Option<Text>,
    }
}

record! {
    /// A talk at a table: to get acquainted, with parents (*driehoeksgesprek*), about progress.
    Talk in "talk", search ["own_words", "result"] {
        /// What kind.
        kind: Option<Code<TalkKinds>>,
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The action that led to it.
        action: Option<Id<Action>>,
        /// Who were invited, in words, each with the answer.
        invited: Option<Texts>,
        /// How they were invited.
        invited_by: Option<Text>,
        /// When it is planned.
        planned_at: Option<PlanMoment>,
        /// Where.
        place: Option<Text>,
        /// Whether it took place.
        state: Option<TalkState>,
        /// Who were there.
        present: Option<Texts>,
        /// In the young person's own words.
        own_words: Option<Text>,
        /// The result.
        result: Option<Text>,
    }
}
