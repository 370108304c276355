//! What is worked out from the records: caseloads, suggestions, terms.

use super::judge::Judge;
use crate::player::PlayError;
use drempel_client::Client;
use drempel_domain::id::Id;
use drempel_domain::records::budget::BudgetEntry;
use drempel_domain::records::course::Track;
use drempel_domain::records::network::KeyPerson;
use drempel_domain::rules::network::intended_until;
use std::collections::{BTreeMap, BTreeSet};

/// Compares what is worked out, over all devices together.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    caseloads(judge)?;
    suggestions(judge)?;
    terms(judge)?;
    fixed_contacts(judge)?;
    tracks_and_budget(judge);
    Ok(())
}

fn caseloads(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for (coach, must) in &judge.expected.derived.caseload {
        let user = judge.names.user(coach)?;
        for phone in judge.phones.values() {
            // Who may see none of the tracks counts none.
            let found = phone.with(|client| client.caseload(user))?;
            judge.comparison.check(found == *must || found == 0, || {
                format!(
                    "caseload of {coach} on {}: found {found}, expected {must}",
                    phone.named.id
                )
            });
        }
        let phones = judge.phones.values();
        let all = phones.map(|phone| phone.with(|client| client.caseload(user)));
        let most = all.collect::<Result<Vec<_>, _>>()?.into_iter().max();
        judge
            .comparison
            .same(format!("caseload of {coach}"), &most, &Some(*must));
    }
    Ok(())
}

fn suggestions(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    let (mut referral, mut background) = (BTreeSet::new(), BTreeSet::new());
    for phone in judge.phones.values() {
        let suggested = phone.with(Client::referral_suggestions)?;
        referral.extend(suggested.into_iter().map(|youth| judge.name(youth.record())));
        let suggested = phone.with(Client::background_suggestions)?;
        background.extend(suggested.into_iter().map(|youth| judge.name(youth.record())));
    }
    let must = &judge.expected.derived;
    judge.comparison.same(
        "referral suggested",
        &referral,
        &must.suggest_referral.iter().cloned().collect(),
    );
    judge.comparison.same(
        "background suggested",
        &background,
        &must.suggest_background_role.iter().cloned().collect(),
    );
    Ok(())
}

fn terms(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    let (mut measurements, mut notes) = (BTreeMap::new(), BTreeMap::new());
    for phone in judge.phones.values() {
        for due in phone.with(Client::measurements_due)? {
            measurements.insert(judge.name(due.youth.record()), due.due.to_string());
        }
        for note in phone.with(Client::inbox)? {
            let goes_on = note.goes_on.map(|day| day.to_string()).unwrap_or_default();
            notes.insert(judge.name(note.id.record()), goes_on);
        }
    }
    let people = judge
        .replicas
        .iter()
        .flat_map(|replica| replica.live::<KeyPerson>());
    let parents = people.filter(|(_, person)| {
        person.roles.get("social_parent") == Some(&true) && person.intended_until.is_none()
    });
    let until: BTreeMap<String, String> = parents
        .filter_map(|(id, person)| Some((judge.name(id), intended_until(&person)?.to_string())))
        .collect();
    let must = &judge.expected.derived;
    judge
        .comparison
        .same("next measurements", &measurements, &must.next_measurement_due);
    judge.comparison.same(
        "notes that wait",
        &notes,
        &must.quick_notes_in_inbox_and_discard_after,
    );
    judge
        .comparison
        .same("social parents until", &until, &must.social_parent_intended_until);
    Ok(())
}

fn fixed_contacts(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for (youth, must) in &judge.expected.derived.active_fixed_contacts {
        let id = Id::new(judge.refs.get(youth)?.id);
        let mut found = BTreeSet::new();
        for phone in judge.phones.values() {
            let contacts = phone.with(|client| client.fixed_contacts(id))?;
            found.extend(contacts.into_iter().map(|person| judge.name(person.record())));
        }
        judge.comparison.same(
            format!("fixed contacts of {youth}"),
            &found,
            &must.iter().cloned().collect(),
        );
    }
    Ok(())
}

fn tracks_and_budget(judge: &mut Judge<'_>) {
    let tracks = judge.replicas.iter().flat_map(|replica| replica.live::<Track>());
    let phases: BTreeMap<String, String> = tracks
        .filter_map(|(id, track)| Some((judge.name(id), track.phase?.as_str().to_owned())))
        .collect();
    let entries = judge
        .replicas
        .iter()
        .flat_map(|replica| replica.live::<BudgetEntry>());
    let budget: BTreeMap<String, (String, i64)> = entries
        .filter_map(|(id, entry)| {
            let state = entry.decision?.state?;
            Some((judge.name(id), (state.as_str().to_owned(), entry.amount_cents?.0)))
        })
        .collect();
    let must = &judge.expected.derived;
    judge.comparison.same("phases", &phases, &must.phase);
    judge.comparison.same("budget", &budget, &must.budget);
}
