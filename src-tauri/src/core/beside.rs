//! What runs beside the window: the lock's clock, and synchronising when there is a reason to.

use super::shell::Shell;
use drempel_client::Client;
use drempel_client::phone::{PhoneError, Stage};
use drempel_client::sync::{Http, SyncError, SyncReport};
use drempel_domain::records::collections;
use drempel_screens::shapes::{Connection, Running};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How often the lock is asked whether it must fall.
const TICK: Duration = Duration::from_secs(2);
/// After a save, for those that come together.
const TOGETHER: Duration = Duration::from_millis(400);
/// Without a reason: a colleague's work arrives within this time.
const NOW_AND_THEN: Duration = Duration::from_secs(60);
/// After a try that failed, so that the return of the network is noticed soon.
const AGAIN: Duration = Duration::from_secs(15);
/// How often the page hears how far a synchronisation is.
const PROGRESS: Duration = Duration::from_millis(300);

/// Starts both; they end with the app.
pub(crate) fn run_beside(shell: Arc<Shell>) {
    let watched = Arc::clone(&shell);
    tauri::async_runtime::spawn(async move {
        loop {
            sleep(TICK).await;
            watched.tick().await;
        }
    });
    tauri::async_runtime::spawn(async move {
        let mut pause = NOW_AND_THEN;
        loop {
            if timeout(pause, shell.syncing.asked()).await.is_ok() {
                sleep(TOGETHER).await;
            }
            pause = shell.try_the_municipality().await;
        }
    });
}

impl Shell {
    /// Time has passed.
    async fn tick(&self) {
        if let Err(error) = self.phone.tick().await {
            tracing::error!(%error, "the app could not be locked cleanly");
        }
        self.tell_stage();
    }

    /// Does what the stage allows: synchronises, or hands in what lies sealed. Says how long to wait before the next try
    /// without a reason.
    async fn try_the_municipality(&self) -> Duration {
        let Ok(way) = self.syncing.way(&self.outside.server()) else {
            return NOW_AND_THEN;
        };
        match self.phone.stage() {
            Stage::NotEnrolled => NOW_AND_THEN,
            Stage::Open | Stage::ReadLocked => self.try_to_synchronise(&way).await,
            Stage::Locked | Stage::Ended(_) => self.try_to_hand_in(&way).await,
        }
    }

    /// What was set aside goes while the app is locked, too.
    async fn try_to_hand_in(&self, way: &Http) -> Duration {
        if self.phone.wants_to_deliver().is_ok_and(|wants| !wants) {
            return NOW_AND_THEN;
        }
        match self.phone.deliver(way).await {
            Ok(_) => NOW_AND_THEN,
            Err(error) => {
                tracing::info!(%error, "sealed work was not handed in");
                AGAIN
            }
        }
    }

    async fn try_to_synchronise(&self, way: &Http) -> Duration {
        let tried = self.synchronise(way).await;
        self.syncing.see(|seen| seen.running = None);
        let pause = match &tried {
            Ok(report) => self.reached(report),
            Err(PhoneError::Sync(error)) => self.not_reached(error),
            Err(_) => NOW_AND_THEN,
        };
        self.tell_sync();
        // The municipality may have given reading back, or ended it.
        self.tell_stage();
        pause
    }

    /// Synchronises, and tells the page meanwhile how far it is.
    async fn synchronise(&self, way: &Http) -> Result<SyncReport, PhoneError> {
        let total = self.waiting();
        let mut sync = std::pin::pin!(self.phone.synchronise(way));
        loop {
            if let Ok(report) = timeout(PROGRESS, &mut sync).await {
                return report;
            }
            let sent = total.saturating_sub(self.waiting());
            self.syncing
                .see(|seen| seen.running = Some(Running { sent, total }));
            self.tell_sync();
            self.tell_first_sync();
        }
    }

    fn reached(&self, report: &SyncReport) -> Duration {
        self.syncing.see(|seen| seen.connection = Connection::Online);
        self.learn_whom_to_call();
        if report.delivered + report.arrived + report.removed.len() > 0 {
            self.everything_changed();
        }
        self.tell_first_sync();
        match report.complete {
            true => NOW_AND_THEN,
            false => TOGETHER,
        }
    }

    /// A phone that is locked or has lost its library must still say whom to call.
    fn learn_whom_to_call(&self) {
        let Ok(Ok(phone)) = self.phone.with_open(Client::administrator_phone) else {
            return;
        };
        if phone == self.outside.administrator_phone() {
            return;
        }
        if let Err(error) = self.outside.change(|known| known.administrator_phone = phone) {
            tracing::warn!(%error, "whom to call could not be kept outside the library yet");
        }
    }

    fn not_reached(&self, error: &SyncError) -> Duration {
        tracing::info!(%error, "the municipality was not reached");
        self.syncing.see(|seen| seen.connection = Connection::Offline);
        AGAIN
    }

    /// A synchronisation tells no kinds: whatever is shown asks again.
    fn everything_changed(&self) {
        let mut all: Vec<&str> = collections().map(|collection| collection.name).collect();
        all.extend(["settings", "problem"]);
        self.events.changed(&all);
    }

    /// Tells a page that still shows the first synchronisation how far it is.
    fn tell_first_sync(&self) {
        if let Ok(progress) = self.first_sync() {
            self.events.first_sync(&progress);
        }
    }

    /// Changes that wait to be sent; none when the app is locked meanwhile.
    fn waiting(&self) -> usize {
        let waiting = self
            .phone
            .with_open(|client| client.waiting().ok())
            .ok()
            .flatten();
        waiting.and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }
}
