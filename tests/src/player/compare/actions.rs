//! What there is to do: late and due on each of some days, and what is done.

use super::judge::Judge;
use crate::player::PlayError;
use crate::player::expected::DueOnDay;
use drempel_client::views::Due;
use drempel_domain::id::RecordId;
use drempel_domain::records::actions::Action;
use drempel_domain::records::lists::WorkState;
use drempel_domain::time::Day;
use std::collections::{BTreeMap, BTreeSet};

/// Compares what there is to do, over all devices together.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for (text, must) in &judge.expected.actions_open_by_day {
        let day: Day = text
            .parse()
            .map_err(|error| PlayError::line(format!("{text}: {error}")))?;
        let (mut late, mut today) = (BTreeMap::new(), BTreeMap::new());
        for phone in judge.phones.values() {
            let due = phone.with(|client| client.actions_due(day))?;
            late.extend(due.late.into_iter().map(|due| (due.id.record(), due)));
            today.extend(due.today.into_iter().map(|due| (due.id.record(), due)));
        }
        let found = DueOnDay {
            late: by_person(judge, &late),
            today: by_person(judge, &today),
        };
        judge
            .comparison
            .same(format!("to do on {text}"), &found, &sorted(must));
    }
    let live = judge.replicas.iter().flat_map(|replica| replica.live::<Action>());
    let done = live.filter(|(_, action)| action.state == Some(WorkState::Done));
    let done: BTreeSet<String> = done.map(|(id, _)| judge.name(id)).collect();
    let must: BTreeSet<String> = judge.expected.actions_done.iter().cloned().collect();
    judge.comparison.same("actions done", &done, &must);
    Ok(())
}

fn by_person(judge: &Judge<'_>, due: &BTreeMap<RecordId, Due>) -> BTreeMap<String, Vec<String>> {
    let mut by_person: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, due) in due {
        let person = due.action.assignee.map(|user| judge.names.user_name(user));
        by_person
            .entry(person.unwrap_or_default())
            .or_default()
            .push(judge.name(*id));
    }
    by_person.values_mut().for_each(|names| names.sort());
    by_person
}

fn sorted(must: &DueOnDay) -> DueOnDay {
    let mut must = must.clone();
    must.late
        .values_mut()
        .chain(must.today.values_mut())
        .for_each(|names| names.sort());
    must
}
