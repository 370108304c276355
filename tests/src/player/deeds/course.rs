//! The course, what there is to do, and the freely spendable budget.

use super::deed::{Deed, follow_up_of};
use crate::player::PlayError;
use drempel_domain::record::Named;
use drempel_domain::records::actions::Action;
use drempel_domain::records::budget::BudgetEntry;
use drempel_domain::records::course::{Measurement, Track};
use drempel_domain::records::lists::{BudgetState, Phase};

/// `change_phase`
pub(super) fn change_phase(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let track = deed.id("track")?;
    let phase = Phase::from(deed.entered.text("phase")?.as_str());
    let reason = deed.entered.maybe_text("reason");
    let saved = deed.client.change_phase(track, phase, reason)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `end_track`
pub(super) fn end_track(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let track = deed.id("track")?;
    deed.entered.rename("reason", "end_reason");
    let ended = deed.entered.maybe_day("ended")?;
    let ended = ended.ok_or_else(|| PlayError::line("ended is missing"))?;
    let outcomes: Track = deed.record()?;
    let saved = deed.client.end_track(track, ended, |track| {
        let Track {
            end_reason,
            outcome_school,
            outcome_work,
            outcome_day_activity,
            recidivism,
            ..
        } = outcomes;
        track.end_reason = end_reason;
        track.outcome_school = outcome_school.or_else(|| track.outcome_school.take());
        track.outcome_work = outcome_work.or_else(|| track.outcome_work.take());
        track.outcome_day_activity = outcome_day_activity.or_else(|| track.outcome_day_activity.take());
        track.recidivism = recidivism.or_else(|| track.recidivism.take());
    })?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `record_measurement`
pub(super) fn record_measurement(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let measurement: Measurement = deed.record()?;
    let saved = deed.client.record_measurement(space, &measurement)?;
    deed.saved_one(&saved, Measurement::NAME);
    Ok(())
}

/// `create_action`
pub(super) fn create_action(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let action: Action = deed.record()?;
    let saved = deed.client.create_action(space, follow_up_of(action), None)?;
    deed.saved_one(&saved, Action::NAME);
    Ok(())
}

/// `complete_action`
pub(super) fn complete_action(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let action = deed.id("record")?;
    let outcome = deed.entered.maybe_text("outcome");
    let saved = deed.client.complete_action(action, outcome)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `move_action`
pub(super) fn move_action(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let action = deed.id("record")?;
    let due = deed
        .entered
        .maybe_day("due")?
        .ok_or_else(|| PlayError::line("due is missing"))?;
    let reason = deed.entered.maybe_text("reason");
    let saved = deed.client.move_action(action, due, reason)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `hand_over_action`
pub(super) fn hand_over_action(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let action = deed.id("record")?;
    let to = deed.names.user(&deed.entered.text("assignee")?)?;
    let reason = deed.entered.maybe_text("reason");
    let saved = deed.client.hand_over_action(action, to, reason)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `add_budget_entry`
pub(super) fn request_budget(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let entry: BudgetEntry = deed.record()?;
    let saved = deed.client.request_budget(space, entry)?;
    deed.saved_one(&saved, BudgetEntry::NAME);
    Ok(())
}

/// `decide_budget`
pub(super) fn decide_budget(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let entry = deed.id("record")?;
    let state = BudgetState::from(deed.entered.text("state")?.as_str());
    let reason = deed.entered.maybe_text("reason");
    let saved = deed.client.decide_budget(entry, state, reason)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `spend_budget`
pub(super) fn spend_budget(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let entry = deed.id("record")?;
    deed.entered.take("state");
    let spent: BudgetEntry = deed.record()?;
    let saved = deed.client.spend_budget(entry, spent.amount_cents, spent.note)?;
    deed.saved(&saved, &[]);
    Ok(())
}
