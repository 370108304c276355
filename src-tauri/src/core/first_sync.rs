//! The first synchronisation, space by space.

use super::failures::refusal;
use super::shell::{Answer, Shell};
use crate::shapes::{FirstSync, FirstSyncSpace, Progress};
use drempel_client::{Client, ClientError};
use drempel_domain::id::UserId;
use drempel_domain::space::SpaceKind;
use drempel_domain::sync_log::Cursor;
use drempel_protocol::access::Granted;
use std::collections::BTreeMap;

impl Shell {
    /// How far every space of the person is; none before the municipality said which there are.
    pub(crate) fn first_sync(&self) -> Answer<FirstSync> {
        Ok(self.phone.with_open(progress).map_err(refusal)??)
    }
}

fn progress(client: &Client) -> Result<FirstSync, ClientError> {
    let me = client.person()?.id;
    let states = client
        .store()
        .read(|reader| Ok::<_, ClientError>(reader.spaces()?))?;
    let read: BTreeMap<_, _> = states
        .iter()
        .map(|state| (state.id, how_far(state.cursor)))
        .collect();
    let spaces = client.spaces()?.into_iter().map(|granted| FirstSyncSpace {
        id: granted.space.id,
        kind: granted.space.kind.into(),
        people: granted.members.len(),
        with: others(&granted, me),
        state: read.get(&granted.space.id).copied().unwrap_or(Progress::Waiting),
        name: granted.space.name,
    });
    let configuration = client.configuration()?;
    Ok(FirstSync {
        municipality: configuration.map_or_else(String::new, |set| set.municipality.name),
        spaces: spaces.collect(),
    })
}

fn how_far(cursor: Option<Cursor>) -> Progress {
    match cursor {
        None => Progress::Waiting,
        Some(cursor) if cursor.since == cursor.at => Progress::Done,
        Some(_) => Progress::Busy,
    }
}

/// The first names of the others in a joint space.
fn others(granted: &Granted, me: UserId) -> Vec<String> {
    if granted.space.kind != SpaceKind::Joint {
        return Vec::new();
    }
    let others = granted.members.iter().filter(|member| member.person.id != me);
    others
        .filter_map(|member| member.person.name.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}
