//! What there is to do: late, today, later.

use crate::{Client, ClientError};
use drempel_domain::id::Id;
use drempel_domain::records::actions::Action;
use drempel_domain::records::lists::WorkState;
use drempel_domain::time::Day;
use drempel_store::Query;

/// Open actions, each list by day and then by age.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActionsDue {
    /// Their day is over.
    pub late: Vec<Due>,
    /// Their day is today.
    pub today: Vec<Due>,
    /// Their day is still to come, or they have none.
    pub later: Vec<Due>,
}

/// An open action.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Its identifier.
    pub id: Id<Action>,
    /// The action.
    pub action: Action,
}

impl Client {
    /// The open actions of everyone in the person's spaces, as seen on that day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn actions_due(&self, today: Day) -> Result<ActionsDue, ClientError> {
        let mut open = self.store.read(|reader| {
            let all = reader.find(&Query::of::<Action>())?;
            let all = all.iter().map(|stored| Due {
                id: Id::new(stored.id),
                action: stored.typed(),
            });
            Ok::<_, ClientError>(all.filter(|due| is_open(&due.action)).collect::<Vec<_>>())
        })?;
        open.sort_by_key(|due| (due.action.due, due.id));
        let mut lists = ActionsDue::default();
        for due in open {
            match due.action.due.map(|day| day.0.cmp(&today)) {
                Some(std::cmp::Ordering::Less) => lists.late.push(due),
                Some(std::cmp::Ordering::Equal) => lists.today.push(due),
                Some(std::cmp::Ordering::Greater) | None => lists.later.push(due),
            }
        }
        Ok(lists)
    }
}

fn is_open(action: &Action) -> bool {
    !matches!(action.state, Some(WorkState::Done | WorkState::Dropped))
}
