//! Things to do: made, done, moved, handed over.

use crate::saving::Saving;
use crate::{Client, ClientError, Saved};
use drempel_domain::id::{Id, SpaceId, UserId};
use drempel_domain::record::{Code, Link, PlanDay};
use drempel_domain::records::actions::Action;
use drempel_domain::records::lists::{ActionKinds, WorkState};
use drempel_domain::records::youths::Youth;
use drempel_domain::time::Day;

/// Something to do that follows from what was recorded.
#[derive(Clone, Debug, Default)]
pub struct FollowUp {
    /// What kind.
    pub kind: Option<Code<ActionKinds>>,
    /// What to do.
    pub title: Option<String>,
    /// By which day.
    pub due: Option<Day>,
    /// Who does it.
    pub assignee: Option<UserId>,
    /// The young person.
    pub youth: Option<Id<Youth>>,
    /// Why, where that is asked; the young person may read it.
    pub reason: Option<String>,
}

impl FollowUp {
    pub(crate) fn add(self, saving: &mut Saving<'_>, space: SpaceId, from: Option<Link>) -> Id<Action> {
        saving.create(space, &self.action(from))
    }

    fn action(self, from_record: Option<Link>) -> Action {
        Action {
            kind: self.kind,
            title: self.title,
            due: self.due.map(PlanDay),
            assignee: self.assignee,
            youth: self.youth,
            reason: self.reason,
            from_record,
            state: Some(WorkState::Open),
            ..Action::default()
        }
    }
}

impl Client {
    /// Makes something to do.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken.
    pub fn create_action(
        &self,
        space: SpaceId,
        follow_up: FollowUp,
        from: Option<Link>,
    ) -> Result<Saved, ClientError> {
        self.create(space, &follow_up.action(from))
    }

    /// Says that it is done, and how it went.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the action is not on this device.
    pub fn complete_action(&self, action: Id<Action>, outcome: Option<String>) -> Result<Saved, ClientError> {
        self.edit(action, |action| {
            action.state = Some(WorkState::Done);
            action.outcome = outcome;
        })
    }

    /// Moves it to another day.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the action is not on this device.
    pub fn move_action(
        &self,
        action: Id<Action>,
        due: Day,
        reason: Option<String>,
    ) -> Result<Saved, ClientError> {
        self.edit(action, |action| {
            action.due = Some(PlanDay(due));
            action.reason = reason;
        })
    }

    /// Gives it to somebody else.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the action is not on this device.
    pub fn hand_over_action(
        &self,
        action: Id<Action>,
        to: UserId,
        reason: Option<String>,
    ) -> Result<Saved, ClientError> {
        self.edit(action, |action| {
            action.assignee = Some(to);
            action.reason = reason;
        })
    }
}
