//! From open to locked: when asked, and by itself.

use super::outbox_sealing::seal_what_waits;
use super::start::{Life, lock};
use super::{Phone, PhoneError, Stage};
use crate::ClientError;
use drempel_domain::records::rounds::Round;
use drempel_store::Query;

impl Phone {
    /// Locks: waits for what is being done, gives up what waits for the network, seals what the server does not have,
    /// brings the library to rest, closes it and forgets its key.
    ///
    /// # Errors
    /// When the library cannot be brought to rest. The phone is locked all the same, and nothing that was saved is lost.
    pub async fn lock(&self) -> Result<(), PhoneError> {
        let _alone = self.passage.lock().await;
        self.close_the_library().await
    }

    /// Locks, for whoever holds the passage.
    pub(super) async fn close_the_library(&self) -> Result<(), PhoneError> {
        let session = {
            let mut life = lock(&self.life);
            match std::mem::replace(&mut *life, Life::Locked) {
                Life::Open(session) | Life::ReadLocked(session) => session,
                other => {
                    *life = other;
                    return Ok(());
                }
            }
        };
        session
            .close(|client| seal_what_waits(client, &self.sealed, &self.machine))
            .await
    }

    /// Somebody touched the screen.
    pub fn stay_awake(&self) {
        let now = self.machine.counting_clocks();
        lock(&self.auto_lock).touch(now);
    }

    /// Something else is on the screen now: the system may end the app from here on, so that everything is sealed first.
    ///
    /// # Errors
    /// [`PhoneError::Sealed`] when what waits cannot be sealed.
    pub fn went_to_background(&self) -> Result<(), PhoneError> {
        let now = self.machine.counting_clocks();
        lock(&self.auto_lock).go_to_background(now);
        match self.enter_for_contact() {
            Ok(user) => seal_what_waits(&user, &self.sealed, &self.machine),
            Err(_) => Ok(()),
        }
    }

    /// The app is on the screen again. It locks first when it was away too long.
    ///
    /// # Errors
    /// As [`Phone::lock`].
    pub async fn came_back(&self) -> Result<Stage, PhoneError> {
        let stage = self.tick().await?;
        let now = self.machine.counting_clocks();
        lock(&self.auto_lock).come_back(now);
        Ok(stage)
    }

    /// Time has passed: locks when that is due, and does what the lease asks for. A shell says so at start, and at least
    /// every ten seconds while the app runs.
    ///
    /// # Errors
    /// As [`Phone::lock`].
    pub async fn tick(&self) -> Result<Stage, PhoneError> {
        let _alone = self.passage.lock().await;
        if self.is_library_open() && self.must_lock()? {
            self.close_the_library().await?;
        }
        self.heed_lease().await?;
        Ok(self.stage())
    }

    fn must_lock(&self) -> Result<bool, PhoneError> {
        let now = self.machine.counting_clocks();
        let due = |on_a_round| lock(&self.auto_lock).is_due(&now, on_a_round);
        // Most of the time nobody need ask the library whether a round is under way.
        if !due(false) {
            return Ok(false);
        }
        Ok(due(self.is_on_a_round()?))
    }

    fn is_on_a_round(&self) -> Result<bool, PhoneError> {
        let rounds = self
            .enter_for_contact()?
            .store
            .read(|reader| Ok::<_, ClientError>(reader.find(&Query::of::<Round>())?))?;
        Ok(rounds.iter().any(|round| {
            let round = round.typed::<Round>();
            round.started.is_some() && round.ended.is_none()
        }))
    }
}
