//! The lock as the first screen shows it, and its changes as every screen is told them.

use super::failures::refusal;
use super::shell::{Answer, Shell};
use crate::shapes::{LockChange, LockReason, LockState, Revoked, SecretKind, Stage, Start};
use drempel_client::phone::{CodeKind, LeaseState, PhoneError, Stage as PhoneStage};
use drempel_screens::shapes::Lease;
use std::sync::PoisonError;

/// From this number of tries left the screen says so.
const WARN_FROM_LEFT: u8 = 3;

/// Milliseconds in a second, to round up a wait: a try that is shown as allowed is allowed.
const SECOND: i64 = 1_000;

impl Shell {
    /// What the very first screen needs.
    pub(crate) fn first_screen(&self) -> Answer<Start> {
        let change = self.lock_change()?;
        Ok(Start {
            stage: change.stage,
            lock: change.lock,
            revoked: change.revoked,
            appearance: self.outside.appearance(),
        })
    }

    /// The lock as it is now.
    pub(crate) fn lock_state(&self) -> Answer<LockState> {
        self.lock_now()
            .map_err(refusal)?
            .ok_or_else(|| refusal(PhoneError::NotEnrolled))
    }

    /// The page knows the stage as it is now; what it was before.
    pub(super) fn the_page_knows(&self) -> PhoneStage {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *told, self.phone.stage())
    }

    /// Tells the page when the stage is another than it was told last.
    pub(crate) fn tell_stage(&self) {
        let before = self.the_page_knows();
        let now = self.phone.stage();
        if before == now {
            return;
        }
        if now != PhoneStage::Open {
            self.forget();
        }
        self.tell_lock();
    }

    /// Tells the page the lock as it is now.
    pub(super) fn tell_lock(&self) {
        match self.lock_change() {
            Ok(change) => self.events.lock(&change),
            Err(error) => tracing::error!(code = ?error.code, "the lock's state cannot be read"),
        }
    }

    fn lock_change(&self) -> Answer<LockChange> {
        let stage = stage(self.phone.stage());
        let lock = match stage {
            Stage::Locked => self.lock_now().map_err(refusal)?,
            Stage::NotEnrolled | Stage::Open | Stage::Revoked => None,
        };
        let revoked = match stage {
            Stage::Revoked => Some(Revoked {
                undelivered: self.phone.undelivered(),
                administrator_phone: self.outside.administrator_phone(),
            }),
            Stage::NotEnrolled | Stage::Locked | Stage::Open => None,
        };
        Ok(LockChange { stage, lock, revoked })
    }

    fn lock_now(&self) -> Result<Option<LockState>, PhoneError> {
        let Some(view) = self.phone.lock_view()? else {
            return Ok(None);
        };
        let reason = match self.phone.stage() {
            PhoneStage::ReadLocked => LockReason::Lease,
            PhoneStage::NotEnrolled | PhoneStage::Locked | PhoneStage::Open | PhoneStage::Ended(_) => {
                LockReason::Secret
            }
        };
        Ok(Some(LockState {
            reason,
            secret: match view.code {
                CodeKind::Pin => SecretKind::Digits,
                CodeKind::Passphrase => SecretKind::Passphrase,
            },
            least_digits: view.least_digits,
            biometric: view.biometric,
            wrong: view.wrong,
            left: view.left,
            warn_from_left: WARN_FROM_LEFT,
            wait_seconds: view.wait.max(0).saturating_add(SECOND - 1) / SECOND,
            set_aside: self.phone.set_aside_count(),
            lease: self.lease()?,
            administrator_phone: self.outside.administrator_phone(),
        }))
    }

    /// How long the municipality has not been reached; never, before the first time.
    pub(super) fn lease(&self) -> Result<Lease, PhoneError> {
        let view = self.phone.lease_view()?;
        let days = view.map_or(0, |view| view.days_without_contact);
        let ends_in = view.and_then(|view| match view.state {
            LeaseState::Warn { days } => Some(days),
            LeaseState::ReadLocked | LeaseState::PurgeDue => Some(0),
            LeaseState::Fresh => None,
        });
        Ok(Lease {
            days_without_contact: whole_days(days),
            reading_ends_in_days: ends_in.map(whole_days),
            last_contact: view.map(|view| view.last_contact.into()),
        })
    }
}

fn whole_days(days: i64) -> u32 {
    u32::try_from(days.max(0)).unwrap_or(u32::MAX)
}

fn stage(stage: PhoneStage) -> Stage {
    match stage {
        PhoneStage::NotEnrolled => Stage::NotEnrolled,
        PhoneStage::Locked | PhoneStage::ReadLocked => Stage::Locked,
        PhoneStage::Open => Stage::Open,
        PhoneStage::Ended(_) => Stage::Revoked,
    }
}
