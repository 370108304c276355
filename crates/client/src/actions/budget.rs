//! The freely spendable budget: asked for, decided on, spent.

use crate::{Client, ClientError, Saved};
use drempel_domain::id::{Id, SpaceId};
use drempel_domain::record::Cents;
use drempel_domain::records::budget::{BudgetDecision, BudgetEntry};
use drempel_domain::records::lists::BudgetState;

impl Client {
    /// Asks for an amount.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken.
    pub fn request_budget(&self, space: SpaceId, entry: BudgetEntry) -> Result<Saved, ClientError> {
        let decision = entry.decision.or_else(|| decided(BudgetState::Requested, None));
        self.create(space, &BudgetEntry { decision, ..entry })
    }

    /// Decides on an amount; what was approved is kept beside it, so that a later change of the amount shows.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the entry is not on this device.
    pub fn decide_budget(
        &self,
        entry: Id<BudgetEntry>,
        state: BudgetState,
        reason: Option<String>,
    ) -> Result<Saved, ClientError> {
        let me = self.person()?.id;
        self.edit(entry, |entry| {
            if state == BudgetState::Approved {
                entry.approved_by = Some(me);
                entry.approved_cents = entry.amount_cents;
            }
            entry.decision = decided(state, reason);
        })
    }

    /// Says that an amount was spent, and how much it was in the end.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the entry is not on this device.
    pub fn spend_budget(
        &self,
        entry: Id<BudgetEntry>,
        amount: Option<Cents>,
        note: Option<String>,
    ) -> Result<Saved, ClientError> {
        self.edit(entry, |entry| {
            let reason = entry.decision.take().and_then(|decision| decision.reason);
            entry.decision = decided(BudgetState::Spent, reason);
            entry.amount_cents = amount.or(entry.amount_cents);
            entry.note = note.or_else(|| entry.note.take());
        })
    }
}

fn decided(state: BudgetState, reason: Option<String>) -> Option<BudgetDecision> {
    Some(BudgetDecision {
        state: Some(state),
        reason,
    })
}
