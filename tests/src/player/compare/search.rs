//! Words find the records that hold them, and never one that the person may not see.

use super::judge::{Judge, Reading};
use super::replica::Replica;
use crate::player::PlayError;
use crate::player::expected::User;
use drempel_domain::id::RecordId;
use drempel_domain::record::Named as _;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::sharing::SharedExtract;

/// More than any word of a file can find.
const ALL: usize = 100;

/// Compares what is found.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for index in 0..judge.replicas.len() {
        let user = judge
            .replicas
            .get(index)
            .and_then(|replica| judge.expected.users.get(&replica.user));
        let Some(user) = user else {
            continue;
        };
        must_find(judge, index, user)?;
        must_not_find(judge, index, user)?;
    }
    Ok(())
}

fn search(judge: &Judge<'_>, index: usize, word: &str) -> Result<Vec<RecordId>, PlayError> {
    let phone = judge
        .replicas
        .get(index)
        .and_then(|replica| judge.phones.get(&replica.device));
    let hits = phone
        .map(|phone| phone.with(|client| client.search(word, ALL)))
        .transpose()?;
    Ok(hits.into_iter().flatten().map(|hit| hit.record).collect())
}

fn must_find(judge: &mut Judge<'_>, index: usize, user: &User) -> Result<(), PlayError> {
    for probe in &user.search_must_find {
        let id = judge.refs.get(&probe.name)?.id;
        let found = search(judge, index, &probe.word)?.contains(&id);
        let device = device(judge, index);
        judge.comparison.check(found, || {
            format!("{} on {device}: is not found by {}", probe.name, probe.word)
        });
    }
    Ok(())
}

fn must_not_find(judge: &mut Judge<'_>, index: usize, user: &User) -> Result<(), PlayError> {
    for word in &user.search_must_not_find {
        let hits = search(judge, index, word)?;
        let Some(replica) = judge.replicas.get(index) else {
            continue;
        };
        let what = format!("{word} on {}", replica.device);
        let mut found = Vec::new();
        for id in hits {
            let exact = replica.records.get(&id).is_none_or(|kept| kept.holds(word));
            found.push(match exact {
                false => Ok(Reading::NearWordFound),
                true if is_given_copy(judge, replica, user, id) => Ok(Reading::WordInACopy),
                true => Err(id),
            });
        }
        judge.comparison.compared += 1;
        for found in found {
            match found {
                Ok(reading) => judge.comparison.read_otherwise(reading, what.clone()),
                Err(id) => judge.comparison.check(false, || format!("{what}: finds {id}")),
            }
        }
    }
    Ok(())
}

fn device(judge: &Judge<'_>, index: usize) -> String {
    judge
        .replicas
        .get(index)
        .map(|replica| replica.device.clone())
        .unwrap_or_default()
}

/// Whether a record is a copy which the expectations give to the person: of a note, made by its author in the space
/// of a young person, or of something that was shared.
pub(super) fn is_given_copy(judge: &Judge<'_>, replica: &Replica, user: &User, id: RecordId) -> bool {
    let Some(kept) = replica.records.get(&id) else {
        return false;
    };
    if kept.kind == SharedExtract::NAME {
        return !user.copies_visible.is_empty();
    }
    let named = judge
        .refs
        .name(id)
        .and_then(|name| judge.expected.record_index.get(name));
    let given = named.is_some_and(|(space, _, _)| user.spaces.contains_key(space));
    given && kept.kind == QuickNote::NAME && kept.fields.contains_key("from_note")
}
