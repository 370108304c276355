//! Tonight's addresses: the list that leerplicht prepared for a round.

use crate::failure::CommandError;
use crate::names::{initials, shown};
use crate::rounds::Walking;
use crate::screens::Screens;
use crate::shapes::{Names, Visit, VisitState};
use crate::street_contacts::code;
use crate::words::Words;
use drempel_domain::id::RecordId;
use drempel_domain::records::contacts::DoorstepTalk;
use drempel_domain::records::lists;
use drempel_domain::records::rounds::VisitRequest;
use drempel_domain::records::youths::Youth;
use drempel_store::{Query, Reader, StoreError, Stored};
use std::collections::BTreeSet;

/// The age bands of those whose parents are always informed.
const UNDER_16: [&str; 2] = ["<12", "12-15"];

impl Screens<'_> {
    /// Tonight's addresses in their order; those that were taken off the list are not among them.
    pub(crate) fn visits(&self, walking: &Walking, words: &Words) -> Result<Vec<Visit>, CommandError> {
        let spaces = self.client.spaces()?;
        let found = self.client.store().read(|reader| tonight(reader, walking))?;
        let total = found.len();
        let visits = found.iter().zip(1..).map(|(stored, position)| {
            let request: VisitRequest = stored.typed();
            let members = spaces.iter().flat_map(|granted| &granted.members);
            let asked_by = request
                .asked_by
                .and_then(|user| members.clone().find(|member| member.person.id == user))
                .map(|member| words.lists.label("partners", &member.person.function).to_owned());
            Visit {
                id: stored.id,
                address: request.address.clone().unwrap_or_default(),
                shown: who(request.name.as_deref(), words.names),
                under_16: request
                    .age_band
                    .as_ref()
                    .is_some_and(|band| UNDER_16.contains(&band.as_str())),
                age_band: code(request.age_band.as_ref()),
                reason: code(request.reason.as_ref()),
                asked_by,
                position,
                total,
                state: match request.state {
                    Some(lists::VisitState::Visited) => VisitState::Visited,
                    Some(lists::VisitState::Dropped) => VisitState::Dropped,
                    Some(lists::VisitState::Open | lists::VisitState::Unknown(_)) | None => VisitState::Open,
                },
                youth: None,
            }
        });
        Ok(visits.collect())
    }
}

/// The addresses that are for this round, or for none in particular and not visited on another.
fn tonight(reader: &Reader<'_>, walking: &Walking) -> Result<Vec<Stored>, StoreError> {
    let here = visited_on(reader, walking)?;
    let mut found = reader.find(&Query::of::<VisitRequest>().in_space(walking.space))?;
    found.retain(|stored| {
        let request: VisitRequest = stored.typed();
        let open = !matches!(
            request.state,
            Some(lists::VisitState::Visited | lists::VisitState::Dropped)
        );
        match request.round {
            Some(round) => round == walking.id && request.state != Some(lists::VisitState::Dropped),
            None => open || here.contains(&stored.id),
        }
    });
    found.sort_by_key(|stored| {
        let request: VisitRequest = stored.typed();
        (
            request.position.map_or(i64::MAX, |position| position.0),
            stored.id,
        )
    });
    Ok(found)
}

fn visited_on(reader: &Reader<'_>, walking: &Walking) -> Result<BTreeSet<RecordId>, StoreError> {
    let talks = reader.find(&Query::of::<DoorstepTalk>().whose("round", walking.id.to_string()))?;
    let visited = talks
        .iter()
        .filter_map(|stored| stored.typed::<DoorstepTalk>().visit_request);
    Ok(visited.map(drempel_domain::id::Id::record).collect())
}

/// A name on the list as may be shown now: in full, else its initials.
fn who(name: Option<&str>, names: Names) -> String {
    let (given, family) = name.unwrap_or_default().trim().split_once(' ').map_or_else(
        || (name.unwrap_or_default().trim(), ""),
        |(given, family)| (given, family),
    );
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let youth = Youth {
        given_name: some(given),
        family_name: some(family),
        ..Youth::default()
    };
    match names {
        Names::Full => shown(&youth, names),
        Names::Short => initials(&youth),
    }
}
