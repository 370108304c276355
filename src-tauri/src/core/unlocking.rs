//! Locked and open: what the person does about it.

use super::failures::refusal;
use super::shell::{Answer, Shell};
use crate::shapes::{Outcome, Unlocking};
use drempel_client::phone::{self, Code, PhoneError};
use zeroize::Zeroizing;

impl Shell {
    /// Tries a secret.
    pub(crate) async fn unlock(&self, secret: String) -> Answer<Unlocking> {
        let code = Code::new(Zeroizing::new(secret));
        self.tried(self.phone.unlock(&code).await)
    }

    /// Asks for fingers or a face.
    pub(crate) async fn unlock_with_biometrics(&self) -> Answer<Unlocking> {
        self.tried(self.phone.unlock_with_biometrics().await)
    }

    fn tried(&self, tried: Result<phone::Unlocking, PhoneError>) -> Answer<Unlocking> {
        let outcome = match tried.map_err(refusal)? {
            phone::Unlocking::Open => Outcome::Open,
            phone::Unlocking::Wrong => Outcome::Wrong,
            // The lock says what it waits for: time, or the municipality.
            phone::Unlocking::TooEarly | phone::Unlocking::ReadLocked => Outcome::Wait,
            phone::Unlocking::NotRecognised => Outcome::Cancelled,
            phone::Unlocking::Ended(_) => Outcome::Wiped,
        };
        self.tell_stage();
        if matches!(outcome, Outcome::Open | Outcome::Wait) {
            self.syncing.wake();
        }
        let lock = match outcome {
            Outcome::Wrong | Outcome::Wait | Outcome::Cancelled => Some(self.lock_state()?),
            Outcome::Open | Outcome::Wiped => None,
        };
        Ok(Unlocking { outcome, lock })
    }

    /// Locks now. The page is told by the event.
    pub(crate) async fn lock(&self) -> Answer<()> {
        let locked = self.phone.lock().await;
        self.tell_stage();
        locked.map_err(refusal)
    }

    /// The page can be seen, or can no longer be seen: then the lock falls sooner.
    pub(crate) async fn in_sight(&self, seen: bool) -> Answer<()> {
        if !seen {
            return self.phone.went_to_background().map_err(refusal);
        }
        let stage = self.phone.came_back().await;
        self.tell_stage();
        if stage.map_err(refusal)? == phone::Stage::Open {
            self.syncing.wake();
        }
        Ok(())
    }
}
