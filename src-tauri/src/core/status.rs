//! How far everything is, for the chip on every screen and for the page about it.

use super::failures::refusal;
use super::shell::{Answer, Shell};
use drempel_client::phone::Stage;
use drempel_screens::Way;
use drempel_screens::shapes::{SyncPage, SyncStatus};

impl Shell {
    /// How far everything is; of a locked app only what lies outside the library.
    pub(crate) fn sync_status(&self) -> Answer<SyncStatus> {
        let way = self.way()?;
        if self.phone.stage() == Stage::Open {
            return self.open(|screens| screens.sync_status(&way));
        }
        Ok(SyncStatus {
            connection: way.connection,
            waiting: self.phone.undelivered(),
            late: false,
            running: way.running,
            last_sync: way.lease.last_contact,
            lease: way.lease,
            problems: 0,
            overwritten: 0,
        })
    }

    /// The page about synchronising.
    pub(crate) fn sync_page(&self) -> Answer<SyncPage> {
        let way = self.way()?;
        self.open(|screens| screens.sync_page(&way))
    }

    /// Tells every screen how far everything is.
    pub(super) fn tell_sync(&self) {
        match self.sync_status() {
            Ok(status) => self.events.sync(&status),
            Err(error) => tracing::warn!(code = ?error.code, "how far everything is cannot be read"),
        }
    }

    fn way(&self) -> Answer<Way> {
        let seen = self.syncing.seen();
        Ok(Way {
            connection: seen.connection,
            running: seen.running,
            lease: self.lease().map_err(refusal)?,
        })
    }
}
