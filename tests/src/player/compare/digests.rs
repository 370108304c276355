//! Every device's copy of every space is the server's.

use super::judge::Judge;
use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::Digest;
use std::collections::BTreeMap;

/// Compares the digests.
pub(super) fn compare(judge: &mut Judge<'_>, town: &BTreeMap<SpaceId, Digest>) {
    for replica in &judge.replicas {
        for (space, own) in &replica.digests {
            let what = format!(
                "digest of {} on {}",
                judge.names.space_name(*space),
                replica.device
            );
            let servers = town.get(space).copied().unwrap_or_default();
            judge.comparison.same(what, own, &servers);
        }
    }
}
