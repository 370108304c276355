//! Fields that several devices wrote apart: the value that stands, and those that lost, which can be found.

use super::judge::{Judge, Reading};
use super::replica::Replica;
use crate::player::PlayError;
use crate::player::control::{Answer, Order};
use crate::player::expected::{Contested, Findable};
use crate::player::refs::Made;
use crate::player::town::unexpected;
use drempel_domain::id::{RecordId, UserId};
use drempel_domain::records::collection;
use drempel_domain::records::questions::Overwritten;
use drempel_domain::sync_log::FieldName;
use drempel_domain::value::Value;

/// Compares what was written apart.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for contested in &judge.expected.contested_fields {
        let made = judge.refs.get(&contested.record)?.clone();
        stands(judge, contested, &made)?;
        for findable in &contested.findable_as_overwritten {
            can_be_found(judge, contested, findable, &made)?;
        }
    }
    for conflict in &judge.expected.delete_conflicts {
        let made = judge.refs.get(&conflict.record)?.clone();
        let (field, value) = read(judge, &made, &conflict.field, &conflict.value)?;
        for replica in judge
            .replicas
            .iter()
            .filter(|replica| replica.records.contains_key(&made.id))
        {
            let kept = shown(replica, made.id, &field) == Some(&value);
            let found = kept || is_kept(replica, made.id, &field, &value, None);
            let what = format!("{}.{field} on {}", conflict.record, replica.device);
            judge.comparison.check(found, || {
                format!("{what}: what was edited apart from the deletion is lost")
            });
        }
    }
    Ok(())
}

fn read(
    judge: &Judge<'_>,
    made: &Made,
    field: &str,
    value: &serde_json::Value,
) -> Result<(FieldName, Value), PlayError> {
    let kind = collection(&made.kind).ok_or_else(|| PlayError::line(format!("no kind {}", made.kind)))?;
    judge.reading().value(kind, field, value)
}

fn shown<'r>(replica: &'r Replica, id: RecordId, field: &FieldName) -> Option<&'r Value> {
    replica.records.get(&id)?.fields.get(field)
}

/// Whether a value that lost is among those that this device can put back.
fn is_kept(replica: &Replica, id: RecordId, field: &FieldName, value: &Value, by: Option<UserId>) -> bool {
    replica.live::<Overwritten>().any(|(_, kept)| {
        kept.of.as_ref().is_some_and(|of| of.record == id)
            && kept.field.as_deref() == Some(field.as_str())
            && kept.value.as_ref() == Some(value)
            && (by.is_none() || kept.author == by)
    })
}

fn stands(judge: &mut Judge<'_>, contested: &Contested, made: &Made) -> Result<(), PlayError> {
    let any_of = contested.stands.iter().chain(&contested.stands_one_of);
    let any_of: Vec<(FieldName, Value)> = any_of
        .map(|value| read(judge, made, &contested.field, value))
        .collect::<Result<_, _>>()?;
    let mut holders = 0;
    for replica in &judge.replicas {
        if !replica.records.contains_key(&made.id) {
            continue;
        }
        holders += 1;
        let stands = any_of
            .iter()
            .any(|(field, value)| shown(replica, made.id, field) == Some(value));
        let what = format!("{}.{} on {}", contested.record, contested.field, replica.device);
        judge.comparison.check(stands, || {
            format!("{what}: another value stands, expected {any_of:?}")
        });
    }
    judge
        .comparison
        .check(holders > 0, || format!("{}: is on no device", contested.record));
    Ok(())
}

fn can_be_found(
    judge: &mut Judge<'_>,
    contested: &Contested,
    findable: &Findable,
    made: &Made,
) -> Result<(), PlayError> {
    let (field, value) = read(judge, made, &contested.field, &findable.value)?;
    let by = judge.names.user(&findable.by)?;
    let any = !contested.stands_one_of.is_empty();
    let mut missing = Vec::new();
    for replica in judge
        .replicas
        .iter()
        .filter(|replica| replica.records.contains_key(&made.id))
    {
        let stands = any && shown(replica, made.id, &field) == Some(&value);
        match stands || is_kept(replica, made.id, &field, &value, Some(by)) {
            true => judge.comparison.compared += 1,
            false => missing.push(replica.device.clone()),
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let what = format!(
        "{}.{field} by {} on {}",
        contested.record,
        findable.by,
        missing.join(", ")
    );
    if is_logged(judge, made, &field, (by, value))? && replaced_by_its_author(judge, made, &field, by) {
        judge
            .comparison
            .read_otherwise(Reading::ReplacedByItsAuthor, what);
    } else {
        judge
            .comparison
            .check(false, || format!("{what}: a value that lost cannot be found"));
    }
    Ok(())
}

fn is_logged(
    judge: &mut Judge<'_>,
    made: &Made,
    field: &FieldName,
    written: (UserId, Value),
) -> Result<bool, PlayError> {
    let order = Order::LoggedValues {
        space: made.space,
        record: made.id,
        field: field.to_string(),
    };
    match judge.town.order(&order)? {
        Answer::Values(values) => Ok(values.contains(&written)),
        other => Err(unexpected(&other)),
    }
}

/// Whether the author of a value went on to write what others then lost to: they replaced it knowingly.
fn replaced_by_its_author(judge: &Judge<'_>, made: &Made, field: &FieldName, by: UserId) -> bool {
    let kept = judge
        .replicas
        .iter()
        .flat_map(|replica| replica.live::<Overwritten>());
    let mut won = kept.filter(|(_, kept)| {
        kept.of.as_ref().is_some_and(|of| of.record == made.id)
            && kept.field.as_deref() == Some(field.as_str())
    });
    won.any(|(_, kept)| kept.winner == Some(by))
}
