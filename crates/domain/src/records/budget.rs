//! The freely spendable budget.

use super::course::RuleObstacle;
use super::lists::BudgetState;
use super::youths::Youth;
use crate::id::{Id, UserId};
use crate::record::{Cents, Text, group, record};

group! {
    /// Where a request stands and why: moves together.
    BudgetDecision {
        /// The state.
        state: BudgetState,
        /// Why.
        reason: Text,
    }
}

record! {
    /// An amount of the freely spendable budget (*vrij budget*).
    BudgetEntry in "budget_entry", search ["purpose"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The amount in cents.
        amount_cents: Option<Cents>,
        /// What for.
        purpose: Option<Text>,
        /// Why the ordinary way failed.
        ordinary_way: Option<Text>,
        /// The obstacle in the rules.
        obstacle: Option<Id<RuleObstacle>>,
        /// Where it stands.
        decision: Option<BudgetDecision>,
        /// Who approved it.
        approved_by: Option<UserId>,
        /// The amount that was approved, in cents; a later change of the amount shows beside it.
        approved_cents: Option<Cents>,
        /// What to remember.
        note: Option<Text>,
    }
}
