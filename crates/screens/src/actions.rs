//! Things to do: late, today, this week; done, moved, handed over.

use crate::failure::{CommandError, FailureCode};
use crate::quick_notes::FOR_MEETING;
use crate::rounds::first_name;
use crate::screens::{Deed, Screens};
use crate::shapes::{ActionCounts, ActionList, ActionRow, ActionScope, Colleague, Day as ShownDay, Saved};
use crate::words::Words;
use drempel_domain::id::{Id, RecordId, UserId};
use drempel_domain::record::{Link, Named as _};
use drempel_domain::records::actions::{Action, Talk};
use drempel_domain::records::contacts::{DoorstepTalk, StreetContact};
use drempel_domain::records::lists::WorkState;
use drempel_domain::space::Role;
use drempel_domain::time::Day;
use drempel_store::{Query, StoreError};

/// The kind of action from which a talk at a table is planned.
const THREE_WAY_TALK: &str = "three_way_talk";
/// Days that count as this week.
const WEEK: i64 = 7;

/// An open action.
pub(crate) struct Open {
    id: Id<Action>,
    action: Action,
    /// Whether it is the person's to do.
    mine: bool,
}

/// Every open action of the person's spaces, by day: the latest day last, those without one at the end.
pub(crate) struct OpenActions(Vec<Open>);

impl OpenActions {
    /// The person's own that are due on that day or before, the latest day last.
    pub(crate) fn due_by(self, day: Day) -> Vec<Open> {
        let due = |open: &Open| open.mine && open.action.due.is_some_and(|due| due.0 <= day);
        self.0.into_iter().filter(due).collect()
    }
}

impl Open {
    /// Whole days late; 0 when not.
    pub(crate) fn days_late(&self, today: Day) -> u32 {
        let late = self.action.due.map_or(0, |due| due.0.days_until(today));
        u32::try_from(late).unwrap_or(0)
    }

    fn kind(&self) -> &str {
        self.action
            .kind
            .as_ref()
            .map_or("", drempel_domain::record::Code::as_str)
    }

    fn is_in(&self, scope: ActionScope) -> bool {
        match scope {
            ActionScope::Mine => self.mine,
            ActionScope::Round => self.action.from_record.as_ref().is_some_and(is_of_a_round),
            ActionScope::Meeting => self.kind() == FOR_MEETING,
            ActionScope::ThreeWayTalk => self.kind() == THREE_WAY_TALK,
        }
    }
}

fn is_of_a_round(from: &Link) -> bool {
    [StreetContact::NAME, DoorstepTalk::NAME, "round"].contains(&from.collection.as_str())
}

impl Screens<'_> {
    pub(crate) fn open_actions(&self) -> Result<OpenActions, CommandError> {
        let me = self.me()?.id;
        let found = self.client.store().read(|reader| {
            let mut found = reader.find(&Query::of::<Action>().whose("state", WorkState::Open.as_str()))?;
            found.extend(reader.find(&Query::of::<Action>().whose("state", WorkState::Active.as_str()))?);
            found.extend(reader.find(&Query::of::<Action>().without("state"))?);
            Ok::<_, StoreError>(found)
        })?;
        let mut open: Vec<Open> = found
            .iter()
            .map(|stored| {
                let action: Action = stored.typed();
                let made_by_me = stored.common().created_by == Some(me);
                let for_nobody = action.assignee.is_none() && action.assignee_text.is_none();
                Open {
                    id: Id::new(stored.id),
                    mine: action.assignee == Some(me) || for_nobody && made_by_me,
                    action,
                }
            })
            .collect();
        open.sort_by_key(|open| (open.action.due.is_none(), open.action.due, open.id));
        Ok(OpenActions(open))
    }

    /// Open actions of that scope.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn actions(&self, scope: ActionScope) -> Result<ActionList, CommandError> {
        let words = self.words()?;
        let today = self.today_is();
        let OpenActions(open) = self.open_actions()?;
        let count = |scope| open.iter().filter(|open| open.is_in(scope)).count();
        let any = |open: &&Open| open.mine || open.is_in(ActionScope::Round);
        let mut list = ActionList {
            open: open.iter().filter(any).count(),
            counts: ActionCounts {
                mine: count(ActionScope::Mine),
                round: count(ActionScope::Round),
                meeting: count(ActionScope::Meeting),
                three_way_talk: count(ActionScope::ThreeWayTalk),
            },
            ..ActionList::default()
        };
        for one in open.iter().filter(|open| open.is_in(scope)) {
            let row = self.action_row(one, &words)?;
            match one.action.due.map(|due| today.days_until(due.0)) {
                Some(..0) => list.late.push(row),
                Some(0) => list.today.push(row),
                Some(1..=WEEK) => list.week.push(row),
                Some(_) | None => list.later.push(row),
            }
        }
        Ok(list)
    }

    pub(crate) fn action_row(&self, open: &Open, words: &Words) -> Result<ActionRow, CommandError> {
        let me = self.me()?.id;
        let action = &open.action;
        let youth = self
            .chips(action.youth.map(Id::record), words.names)?
            .into_iter()
            .next();
        let colleague = action.assignee.filter(|user| *user != me);
        let colleague = colleague.map(|user| self.name_of(user)).transpose()?.flatten();
        let assignee = colleague.map(|name| first_name(&name).to_owned());
        Ok(ActionRow {
            id: open.id.record(),
            kind: open.kind().to_owned(),
            title: match &action.title {
                Some(title) if !title.trim().is_empty() => title.clone(),
                _ => words.lists.label("action_kinds", open.kind()).to_owned(),
            },
            due: action.due.map(|due| due.0.into()),
            days_late: open.days_late(self.today_is()),
            youth,
            from: self.came_from(action.from_record.as_ref(), words)?,
            assignee: assignee.or_else(|| action.assignee_text.clone()),
            to_invite: open.kind() == THREE_WAY_TALK && !self.is_invited(open.id)?,
            status: self.whereabouts(Action::NAME, open.id.record())?.status,
        })
    }

    /// Where the contact or the talk was that an action came from.
    fn came_from(&self, from: Option<&Link>, words: &Words) -> Result<Option<String>, CommandError> {
        let Some(from) = from else { return Ok(None) };
        let is_place = [StreetContact::NAME, DoorstepTalk::NAME].contains(&from.collection.as_str());
        let stored = match is_place {
            true => self
                .client
                .store()
                .read(|reader| reader.record(&from.collection, from.record))?,
            false => None,
        };
        match stored {
            Some(stored) => Ok(self.moment(&stored, words)?.place),
            None => Ok(None),
        }
    }

    fn is_invited(&self, action: Id<Action>) -> Result<bool, CommandError> {
        let planned = Query::of::<Talk>().whose("action", action.to_string());
        Ok(self.client.store().read(|reader| reader.count(&planned))? > 0)
    }

    /// The name of a colleague, as the person's spaces know it.
    pub(crate) fn name_of(&self, user: UserId) -> Result<Option<String>, CommandError> {
        let spaces = self.client.spaces()?;
        let mut members = spaces.iter().flat_map(|granted| &granted.members);
        Ok(members
            .find(|member| member.person.id == user)
            .map(|member| member.person.name.clone()))
    }

    /// Says that it is done.
    ///
    /// # Errors
    /// `not_found` when the action is not on this device; `forbidden` when the person may not write there.
    pub fn complete_action(&self, action: RecordId) -> Deed<Saved> {
        let saved = self.client.complete_action(Id::new(action), None)?;
        self.deed_done::<Action>(saved, action)
    }

    /// Moves it to another day.
    ///
    /// # Errors
    /// As [`Screens::complete_action`]; `refused` for a day that no plan can have.
    pub fn move_action(&self, action: RecordId, due: ShownDay) -> Deed<Saved> {
        let saved = self.client.edit(Id::<Action>::new(action), |action| {
            action.due = Some(drempel_domain::record::PlanDay(due.0));
        })?;
        self.deed_done::<Action>(saved, action)
    }

    /// Gives it to a colleague.
    ///
    /// # Errors
    /// As [`Screens::complete_action`]; `not_found` when the colleague cannot read it.
    pub fn hand_over_action(&self, action: RecordId, to: UserId) -> Deed<Saved> {
        if self
            .action_colleagues(action)?
            .iter()
            .all(|colleague| colleague.id != to)
        {
            return Err(FailureCode::NotFound.into());
        }
        let saved = self
            .client
            .edit(Id::<Action>::new(action), |action| action.assignee = Some(to))?;
        self.deed_done::<Action>(saved, action)
    }

    /// Takes it off the list; it can be restored.
    ///
    /// # Errors
    /// As [`Screens::complete_action`].
    pub fn delete_action(&self, action: RecordId) -> Deed<Saved> {
        let saved = self.client.delete(Id::<Action>::new(action))?;
        self.deed_done::<Action>(saved, action)
    }

    /// The colleagues who can read it, by name.
    ///
    /// # Errors
    /// `not_found` when the action is not on this device.
    pub fn action_colleagues(&self, action: RecordId) -> Result<Vec<Colleague>, CommandError> {
        let me = self.me()?.id;
        let space = self.client.open_record(Id::<Action>::new(action))?.space();
        let spaces = self.client.spaces()?;
        let members = spaces
            .iter()
            .filter(|granted| granted.space.id == space)
            .flat_map(|granted| &granted.members);
        let others = members.filter(|member| member.person.id != me && can_do(member.role));
        let mut colleagues: Vec<Colleague> = others
            .map(|member| Colleague {
                id: member.person.id,
                name: member.person.name.clone(),
            })
            .collect();
        colleagues.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        Ok(colleagues)
    }
}

/// Whether a colleague with that role can say that something is done.
fn can_do(role: Role) -> bool {
    match role {
        Role::Member | Role::Lead | Role::Casemanager => true,
        Role::Reader | Role::Privacy => false,
    }
}
