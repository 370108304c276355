//! Invariants 1, 12, 14 and 15: at rest every phone holds exactly what the server has for its spaces, and never half a record.

use crate::simulation::books::{Books, Kept};
use crate::simulation::broken::{Broken, must};
use crate::simulation::phone::{KINDS, Phone};
use crate::simulation::run::Run;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::records;
use drempel_domain::sync_log::{Digest, Fields, share};
use drempel_domain::time::Clock as _;
use drempel_store::SpaceState;
use std::collections::{BTreeMap, BTreeSet};

impl Run {
    /// What must hold on a phone at any moment: no record is there in halves.
    pub(in crate::simulation) fn check_halves(&self, phone: usize) -> Result<(), Broken> {
        let own: BTreeSet<RecordId> = self
            .story
            .written
            .iter()
            .map(|written| written.change.record)
            .collect();
        let phone = self.phone(phone);
        for kind in KINDS.iter().filter_map(|kind| records::collection(kind)) {
            for stored in phone.library(kind) {
                let whole = !stored.acknowledged || stored.fields.contains_key("created_by");
                must(whole || !own.contains(&stored.id), 15, || {
                    format!("{} has half of {} {}", phone.device.name(), kind.name, stored.id)
                })?;
            }
        }
        Ok(())
    }

    /// What must hold at rest.
    pub(super) fn check_replicas(&self, books: &Books) -> Result<(), Broken> {
        self.check_servers_digests(books)?;
        self.phones
            .iter()
            .try_for_each(|phone| self.check_replica(phone, books))
    }

    /// The server's digests are those of its records.
    fn check_servers_digests(&self, books: &Books) -> Result<(), Broken> {
        let kept = self
            .world
            .town()
            .app()
            .space_digests()
            .map_err(|error| Broken::new(0, error.to_string()))?;
        for (space, digest) in kept {
            let counted = digest_of(books, space);
            must(digest == counted, 1, || {
                format!("the server counts {digest} in {space}, and holds {counted}")
            })?;
        }
        Ok(())
    }

    fn check_replica(&self, phone: &Phone, books: &Books) -> Result<(), Broken> {
        let app = phone.device.app();
        let name = phone.device.name();
        let states = app
            .store()
            .read(|reader| reader.spaces())
            .map_err(|error| Broken::new(0, error.to_string()))?;
        let now = self.world.town().clock().now();
        for space in self.world.all_spaces() {
            let belongs = self.story.role(phone.user, space, now).is_some();
            let known = states
                .iter()
                .find(|state| state.id == space && state.granted.is_some() && !state.removed);
            must(belongs == known.is_some(), 16, || {
                format!(
                    "{name} {} {space}",
                    if belongs { "does not know" } else { "still knows" }
                )
            })?;
            if let Some(state) = known {
                self.check_at_rest(phone, state)?;
                check_space(phone, space, books)?;
            }
        }
        Ok(())
    }

    /// Nothing waits, nothing is wanted, nothing is being read again.
    fn check_at_rest(&self, phone: &Phone, state: &SpaceState) -> Result<(), Broken> {
        let app = phone.device.app();
        let wanted = app
            .store()
            .read(|reader| reader.wanted(state.id))
            .map_err(|error| Broken::new(0, error.to_string()))?;
        // A restored server may have forgotten numbers of which nothing is left to be sent.
        let received = state.received_through == state.last_seq || self.story.restored;
        let rests = state.pending == 0 && wanted.is_empty() && !state.rereading && received;
        must(rests, 1, || {
            format!(
                "{} does not come to rest: {state:?}, wants {wanted:?}",
                phone.device.name()
            )
        })
    }
}

fn check_space(phone: &Phone, space: SpaceId, books: &Books) -> Result<(), Broken> {
    let name = phone.device.name();
    let mut expected: BTreeMap<RecordId, &Kept> = live(books, space).collect();
    for kind in records::collections() {
        for stored in phone
            .library(kind)
            .into_iter()
            .filter(|stored| stored.space == space)
        {
            let kept = expected.remove(&stored.id);
            let same = kept.is_some_and(|kept| kept.collection == kind.name && values(kept) == stored.fields);
            must(same, 1, || {
                let kept = kept.map(|kept| (&kept.standing, values(kept)));
                format!(
                    "{name} shows {} {} as {:?}, the server holds {kept:?}",
                    kind.name, stored.id, stored.fields
                )
            })?;
        }
    }
    // What is left is of kinds that this version does not know: counted, not shown.
    let missing = expected
        .iter()
        .find(|(_, kept)| records::collection(&kept.collection).is_some());
    must(missing.is_none(), 1, || {
        format!("{name} lacks {missing:?} of {space}")
    })?;
    let app = phone.device.app();
    let own = app
        .store()
        .read(|reader| reader.digest(space))
        .map_err(|error| Broken::new(0, error.to_string()))?;
    let servers = digest_of(books, space);
    must(own == servers, 1, || {
        format!("{name} counts {own} in {space}, the server {servers}")
    })
}

fn live(books: &Books, space: SpaceId) -> impl Iterator<Item = (RecordId, &Kept)> {
    let in_space = books
        .records
        .iter()
        .filter(move |((of, _), kept)| *of == space && kept.standing == "live");
    in_space.map(|((_, record), kept)| (*record, kept))
}

fn values(kept: &Kept) -> Fields {
    let with_value = kept.cells.iter().filter(|(_, (value, _))| !value.is_null());
    with_value
        .map(|(name, (value, _))| (name.clone(), value.clone()))
        .collect()
}

fn digest_of(books: &Books, space: SpaceId) -> Digest {
    let mut digest = Digest::default();
    for (record, kept) in live(books, space) {
        let cells = kept.cells.iter();
        digest.add(share(
            record,
            cells.map(|(name, (value, eff))| (name, *eff, value)),
        ));
    }
    digest
}
