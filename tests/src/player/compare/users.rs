//! What each person finds: the spaces, how much of each kind, and copies from elsewhere.

use super::judge::{Judge, Reading};
use super::records::mirrors;
use super::replica::Replica;
use crate::player::PlayError;
use crate::player::expected::{Copy, User};
use drempel_domain::records::sharing::SharedExtract;
use drempel_domain::space::Role;
use drempel_domain::value::Value;
use drempel_server::personal_space_name;
use std::collections::{BTreeMap, BTreeSet};

/// Compares what each person finds, on each of their devices.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    let mirrors = mirrors(&judge.replicas);
    for index in 0..judge.replicas.len() {
        let Some(replica) = judge.replicas.get(index) else {
            continue;
        };
        let Some(must) = judge.expected.users.get(&replica.user) else {
            let difference = format!("{}: the expectations know no such person", replica.user);
            judge.comparison.differences.push(difference);
            continue;
        };
        let mut visible: BTreeMap<&str, usize> = BTreeMap::new();
        let counted = replica
            .records
            .iter()
            .filter(|(id, _)| !mirrors.contains(id) && replica.state(**id) == Some("live"));
        for (_, kept) in counted {
            *visible.entry(kept.kind).or_default() += 1;
        }
        for (kind, count) in &must.visible {
            let found = visible.get(kind.as_str()).copied().unwrap_or(0);
            judge
                .comparison
                .same(format!("{kind} visible on {}", replica.device), &found, count);
        }
        spaces(judge, index, must);
        copies(judge, index, must)?;
    }
    Ok(())
}

fn spaces(judge: &mut Judge<'_>, index: usize, must: &User) {
    let Some(replica) = judge.replicas.get(index) else {
        return;
    };
    let names: BTreeSet<&String> = replica.spaces.keys().chain(must.spaces.keys()).collect();
    for name in names {
        let what = format!("role in {name} on {}", replica.device);
        let found = replica.spaces.get(name).map(|role| role_name(*role));
        let expected = must.spaces.get(name).map(String::as_str);
        match (found, expected) {
            (Some(_), None) if *name == personal_space_name(&replica.user) => {
                judge.comparison.read_otherwise(Reading::OwnSpaceMade, what);
            }
            _ => judge.comparison.same(what, &found, &expected),
        }
    }
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Reader => "reader",
        Role::Lead => "lead",
        Role::Casemanager => "casemanager",
        Role::Privacy => "privacy",
    }
}

/// Exactly the copies that the person may see are there, with the fields that were chosen.
fn copies(judge: &mut Judge<'_>, index: usize, must: &User) -> Result<(), PlayError> {
    let Some(replica) = judge.replicas.get(index) else {
        return Ok(());
    };
    let extracts: Vec<SharedExtract> = replica
        .live::<SharedExtract>()
        .map(|(_, extract)| extract)
        .collect();
    let what = format!("copies on {}", replica.device);
    judge
        .comparison
        .same(what, &extracts.len(), &must.copies_visible.len());
    for name in &must.copies_visible {
        let copy = judge
            .expected
            .copies_by_share_or_disclosure
            .iter()
            .find(|copy| copy.name == *name);
        let copy = copy.ok_or_else(|| PlayError::line(format!("{name} is no copy")))?;
        let of = judge.refs.get(&copy.of)?.id;
        let ledger = judge.refs.get(&copy.ledger)?.id;
        let found = extracts.iter().find(|extract| {
            extract.of.as_ref().is_some_and(|link| link.record == of)
                && extract.ledger.as_ref().is_some_and(|link| link.record == ledger)
        });
        match found {
            Some(extract) => chosen_fields(judge, index, copy, extract.values.as_ref())?,
            None => judge
                .comparison
                .check(false, || format!("{name}: the copy is not in {}", copy.space)),
        }
    }
    Ok(())
}

fn chosen_fields(
    judge: &mut Judge<'_>,
    index: usize,
    copy: &Copy,
    values: Option<&Value>,
) -> Result<(), PlayError> {
    let device = judge
        .replicas
        .get(index)
        .map(|replica| replica.device.clone())
        .unwrap_or_default();
    let map = match values {
        Some(Value::Map(map)) => map.clone(),
        _ => BTreeMap::new(),
    };
    let names: BTreeSet<&str> = map
        .keys()
        .map(|name| name.split('/').next().unwrap_or(name))
        .collect();
    for field in &copy.fields {
        let what = format!("{}.{field} on {device}", copy.name);
        match names.contains(field.as_str()) {
            true => judge.comparison.compared += 1,
            false if !has_value(&judge.replicas, judge.refs.get(&copy.of)?.id, field) => {
                judge.comparison.read_otherwise(Reading::SharedWithoutValue, what);
            }
            false => judge
                .comparison
                .check(false, || format!("{what}: is not in the copy")),
        }
    }
    for name in names {
        let chosen = copy.fields.iter().any(|field| field == name);
        judge.comparison.check(chosen, || {
            format!("{}.{name} on {device}: was not chosen", copy.name)
        });
    }
    Ok(())
}

fn has_value(replicas: &[Replica], id: drempel_domain::id::RecordId, field: &str) -> bool {
    let kept = replicas.iter().filter_map(|replica| replica.records.get(&id));
    kept.flat_map(|kept| kept.fields.iter())
        .any(|(name, value)| name.name() == field && !value.is_null())
}
