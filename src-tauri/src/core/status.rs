//! How far everything is, for the chip on every screen.

use super::failures::refusal;
use super::shell::{Answer, Shell};
use drempel_client::{Client, ClientError};
use drempel_screens::shapes::SyncStatus;

/// What the library says of it.
#[derive(Default)]
struct Counts {
    waiting: usize,
    problems: usize,
    overwritten: usize,
}

impl Shell {
    /// How far everything is; of a locked app only what lies outside the library.
    pub(crate) fn sync_status(&self) -> Answer<SyncStatus> {
        let counts = match self.phone.with_open(counts) {
            Ok(counts) => counts?,
            Err(_) => Counts::default(),
        };
        let lease = self.lease().map_err(refusal)?;
        let seen = self.syncing.seen();
        Ok(SyncStatus {
            connection: seen.connection,
            waiting: counts.waiting,
            late: false,
            running: seen.running,
            last_sync: lease.last_contact,
            lease,
            problems: counts.problems,
            overwritten: counts.overwritten,
        })
    }

    /// Tells every screen how far everything is.
    pub(super) fn tell_sync(&self) {
        match self.sync_status() {
            Ok(status) => self.events.sync(&status),
            Err(error) => tracing::warn!(code = ?error.code, "how far everything is cannot be read"),
        }
    }
}

fn counts(client: &Client) -> Result<Counts, ClientError> {
    Ok(Counts {
        waiting: usize::try_from(client.waiting()?).unwrap_or(usize::MAX),
        problems: client.problems()?.len(),
        overwritten: client.overwritten()?.len(),
    })
}
