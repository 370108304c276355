//! How long the phone may be without contact: looked at whenever time passes, and kept across restarts.

use super::folder::{self, Folder};
use super::machine::is_long_ago;
use super::start::{Life, lock};
use super::{Ending, Machine, Phone, PhoneError};
use drempel_domain::time::{Clocks, DAY, MINUTE, Moment};
use drempel_sealing::durable;
use drempel_sealing::lease::{LeaseState, LeaseWatch};
use std::io;

/// Milliseconds of running time after which a look is written down although it said nothing new.
const KEPT_EVERY: i64 = 10 * MINUTE;

/// How long the municipality has not been reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaseView {
    /// What that allows now.
    pub state: LeaseState,
    /// The last contact, on the server's clock.
    pub last_contact: Moment,
    /// Whole days since then, whatever the clock is made to say.
    pub days_without_contact: i64,
}

/// The watch over the lease, as it lies in its file.
#[derive(Debug)]
pub(super) struct LeaseKeeper {
    folder: Folder,
    /// Absent when the file is gone or damaged: reading is locked until the next contact, and nothing is purged.
    watch: Option<LeaseWatch>,
    state: LeaseState,
    kept: Option<Clocks>,
}

impl LeaseKeeper {
    pub(super) fn found(folder: &Folder) -> io::Result<Self> {
        let bytes = folder::bytes(&folder.lease())?;
        Ok(Self {
            folder: folder.clone(),
            watch: bytes.and_then(|bytes| LeaseWatch::from_json(&bytes).ok()),
            state: LeaseState::ReadLocked,
            kept: None,
        })
    }

    /// Begins anew: the municipality was reached.
    fn begin(&mut self, watch: LeaseWatch) -> Result<(), PhoneError> {
        self.watch = Some(watch);
        self.state = LeaseState::Fresh;
        self.keep()
    }

    /// What the lease allows now.
    fn look(&mut self, machine: &Machine) -> Result<LeaseState, PhoneError> {
        let clocks = machine.counting_clocks();
        let Some(watch) = &mut self.watch else {
            return Ok(LeaseState::ReadLocked);
        };
        let state = watch.look(&clocks);
        let said_new = state != std::mem::replace(&mut self.state, state);
        if said_new || is_long_ago(self.kept, clocks, KEPT_EVERY) {
            self.keep()?;
            self.kept = Some(clocks);
        }
        Ok(state)
    }

    fn contact_tried(&mut self) -> Result<(), PhoneError> {
        match &mut self.watch {
            Some(watch) => {
                watch.contact_tried();
                self.keep()
            }
            None => Ok(()),
        }
    }

    fn keep(&self) -> Result<(), PhoneError> {
        let Some(watch) = &self.watch else {
            return Ok(());
        };
        let text = watch.to_json().map_err(|_| PhoneError::Unreadable("lease"))?;
        Ok(durable::replace(&self.folder.lease(), text.as_bytes())?)
    }
}

impl Phone {
    /// How long the municipality has not been reached; nothing where the phone does not know.
    ///
    /// # Errors
    /// [`PhoneError::Disk`] when what was seen cannot be kept.
    pub fn lease_view(&self) -> Result<Option<LeaseView>, PhoneError> {
        let mut keeper = lock(&self.lease);
        let Some(keeper) = keeper.as_mut() else {
            return Ok(None);
        };
        let state = keeper.look(&self.machine)?;
        Ok(keeper.watch.as_ref().map(|watch| {
            let last_contact = watch.lease().server_time;
            let passed = watch.lease_time().millis().saturating_sub(last_contact.millis());
            LeaseView {
                state,
                last_contact,
                days_without_contact: passed / DAY,
            }
        }))
    }

    /// The instant that it is at least, on a clock that nobody can set ahead; nothing where the phone does not know.
    pub(super) fn least_time(&self) -> Option<Moment> {
        let keeper = lock(&self.lease);
        keeper
            .as_ref()
            .and_then(|keeper| keeper.watch.as_ref())
            .map(LeaseWatch::least_time)
    }

    /// The municipality was reached, and said how long that holds.
    pub(super) fn begin_lease(&self, watch: LeaseWatch) -> Result<(), PhoneError> {
        let mut keeper = lock(&self.lease);
        if keeper.is_none() {
            *keeper = Some(LeaseKeeper::found(&self.folder)?);
        }
        match keeper.as_mut() {
            Some(keeper) => keeper.begin(watch),
            None => Ok(()),
        }
    }

    /// The municipality was asked, and the lease was not renewed by it.
    pub(super) fn contact_tried(&self) -> Result<(), PhoneError> {
        lock(&self.lease)
            .as_mut()
            .map_or(Ok(()), LeaseKeeper::contact_tried)
    }

    pub(super) fn lease_state(&self) -> Result<LeaseState, PhoneError> {
        lock(&self.lease)
            .as_mut()
            .map_or(Ok(LeaseState::ReadLocked), |keeper| keeper.look(&self.machine))
    }

    /// Does what the lease asks for: locks reading, gives it back, or ends it. For whoever holds the passage.
    pub(super) async fn heed_lease(&self) -> Result<(), PhoneError> {
        if !lock(&self.life).is_enrolled() {
            return Ok(());
        }
        let state = self.lease_state()?;
        if state == LeaseState::PurgeDue {
            self.close_the_library().await?;
            return self.end(Ending::LeaseOver);
        }
        let mut life = lock(&self.life);
        *life = match (std::mem::replace(&mut *life, Life::Locked), state) {
            (Life::Open(session), LeaseState::ReadLocked) => Life::ReadLocked(session),
            (Life::ReadLocked(session), LeaseState::Fresh | LeaseState::Warn { .. }) => Life::Open(session),
            (other, _) => other,
        };
        Ok(())
    }
}
