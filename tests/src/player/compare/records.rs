//! Every record is where it must be, in the state in which it must be, and there are no more of a kind than there must be.

use super::judge::{Judge, Reading};
use super::replica::Replica;
use crate::player::PlayError;
use crate::player::expected::Counts;
use drempel_domain::id::RecordId;
use std::collections::{BTreeMap, BTreeSet};

/// Compares the records.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for (name, (space, kind, state)) in &judge.expected.record_index {
        let Ok(made) = judge.refs.get(name) else {
            judge
                .comparison
                .check(false, || format!("{name}: no line made it"));
            continue;
        };
        let (id, made_kind) = (made.id, made.kind.clone());
        judge.comparison.same(format!("kind of {name}"), &made_kind, kind);
        let mut holders = 0;
        for index in holders_of(judge, space) {
            holders += 1;
            one_state(judge, index, (name, id), (space, state));
        }
        judge
            .comparison
            .check(holders > 0, || format!("{name}: no device may see {space}"));
    }
    nothing_more(judge);
    counts(judge);
    links_to_deleted(judge);
    Ok(())
}

/// The devices of people who are in a space at the end, by their index.
fn holders_of(judge: &Judge<'_>, space: &str) -> Vec<usize> {
    let replicas = judge.replicas.iter().enumerate();
    let belongs = |replica: &Replica| {
        let user = judge.expected.users.get(&replica.user);
        user.is_some_and(|user| user.spaces.contains_key(space))
    };
    replicas
        .filter(|(_, replica)| belongs(replica))
        .map(|(index, _)| index)
        .collect()
}

fn one_state(
    judge: &mut Judge<'_>,
    index: usize,
    (name, id): (&str, RecordId),
    (space, state): (&str, &str),
) {
    let Some(replica) = judge.replicas.get(index) else {
        return;
    };
    let what = format!("{name} on {}", replica.device);
    let found = replica.state(id);
    let in_space = replica
        .records
        .get(&id)
        .map(|kept| judge.names.space_name(kept.space));
    let either = judge
        .expected
        .either_way_because_of_a_delete_conflict
        .iter()
        .any(|other| other == name);
    let hidden_or_live = matches!(
        (found, state),
        (Some("live"), "hidden") | (Some("hidden"), "live")
    );
    judge
        .comparison
        .same(format!("space of {what}"), &in_space.as_deref(), &Some(space));
    if found == Some(state) || (either && found.is_some()) {
        judge.comparison.compared += 1;
    } else if hidden_or_live && is_of_a_hidden_pair(judge, name) {
        judge.comparison.read_otherwise(Reading::OtherOneShown, what);
    } else {
        judge.comparison.same(what, &found, &Some(state));
    }
}

fn is_of_a_hidden_pair(judge: &Judge<'_>, name: &str) -> bool {
    let pairs = &judge.expected.hidden_as_same_moment;
    pairs.iter().any(|(hidden, kept)| hidden == name || kept == name)
}

/// What lines made and the expectations do not name is on no device.
fn nothing_more(judge: &mut Judge<'_>) {
    for (name, made) in judge.refs.iter().filter(|(name, _)| !name.starts_with("spot:")) {
        if judge.expected.record_index.contains_key(name) {
            continue;
        }
        let held = judge
            .replicas
            .iter()
            .find(|replica| replica.records.contains_key(&made.id));
        judge.comparison.check(held.is_none(), || {
            let device = held.map_or("", |replica| replica.device.as_str());
            format!("{name}: is on {device}, expected nowhere")
        });
    }
}

/// Compares how many there are, of every kind that the expectations count anywhere.
fn counts(judge: &mut Judge<'_>) {
    let expected = judge.expected;
    let kinds: BTreeSet<&str> = expected
        .counts_per_space
        .values()
        .flat_map(|kinds| kinds.keys())
        .map(String::as_str)
        .collect();
    let mirrors: BTreeSet<RecordId> = mirrors(&judge.replicas);
    for replica in &judge.replicas {
        let mut found: BTreeMap<(String, &str), Counts> = BTreeMap::new();
        for (id, kept) in replica
            .records
            .iter()
            .filter(|(id, kept)| kinds.contains(kept.kind) && !mirrors.contains(id))
        {
            let counts = found
                .entry((judge.names.space_name(kept.space), kept.kind))
                .or_default();
            match replica.state(*id) {
                Some("deleted") => counts.deleted += 1,
                Some("hidden") => counts.hidden_same_moment += 1,
                _ => counts.live += 1,
            }
        }
        for space in replica.spaces.keys() {
            for kind in &kinds {
                let must = expected
                    .counts_per_space
                    .get(space)
                    .and_then(|kinds| kinds.get(*kind));
                let found = found.get(&(space.clone(), *kind)).copied().unwrap_or_default();
                let what = format!("{kind} in {space} on {}", replica.device);
                judge
                    .comparison
                    .same(what, &found, &must.copied().unwrap_or_default());
            }
        }
    }
    for mirror in mirrors {
        judge
            .comparison
            .read_otherwise(Reading::ReferralMirrored, mirror.to_string());
    }
}

/// Referrals that are the mirror of one in another space.
pub(super) fn mirrors(replicas: &[Replica]) -> BTreeSet<RecordId> {
    let records = replicas.iter().flat_map(|replica| &replica.records);
    let mirrors =
        records.filter(|(_, kept)| kept.kind == "referral" && kept.fields.contains_key("mirror_of"));
    mirrors.map(|(id, _)| *id).collect()
}

fn links_to_deleted(judge: &mut Judge<'_>) {
    for link in &judge.expected.links_made_to_a_record_deleted_elsewhere {
        let id = judge.refs.get(&link.record).map(|made| made.id);
        let held = id.is_ok_and(|id| {
            judge
                .replicas
                .iter()
                .any(|replica| replica.records.contains_key(&id))
        });
        judge.comparison.check(held, || {
            format!("{}: is gone, with the record that it points at", link.record)
        });
    }
}
