//! From a device that no municipality knows to one that is open.

use super::failures::{refusal, sync_refusal};
use super::shell::{Answer, Shell};
use crate::shapes::{EnrolmentAnswer, EnrolmentStart, Invitation, SecretVerdict};
use drempel_client::phone::{Code, CodeFault, Enrolling};
use drempel_screens::FailureCode;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::time::{sleep, timeout};
use zeroize::Zeroizing;

/// How long enrolling waits for the municipality's name and the person's spaces before it goes on without.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often it looks whether they are there.
const LOOK: Duration = Duration::from_millis(50);

impl Shell {
    /// What is known before enrolling.
    pub(crate) fn enrolment_start(&self) -> EnrolmentStart {
        EnrolmentStart {
            server: self.outside.server(),
            camera: false,
            secret_chosen: self.phone.is_code_chosen(),
            least_digits: self.phone.least_digits(),
        }
    }

    /// Keeps the invitation for [`Shell::enrol`], when a municipality answers at its address.
    pub(crate) async fn prepare_enrolment(&self, invitation: Invitation) -> Answer<()> {
        let server = address(&invitation.server);
        let way = self
            .syncing
            .way(&server)
            .map_err(|_| FailureCode::NotAMunicipality)?;
        self.phone.find_municipality(&*way).await.map_err(sync_refusal)?;
        self.outside
            .change(|known| known.move_to(server))
            .map_err(refusal)?;
        *self.invitation() = Some(invitation.code);
        Ok(())
    }

    /// What is thought of a secret; a rule, not a promise of strength.
    pub(crate) fn judge_secret(&self, secret: String) -> SecretVerdict {
        match self.phone.judge_code(&Code::new(Zeroizing::new(secret))) {
            Ok(_) => SecretVerdict::Good,
            Err(CodeFault::PinTooShort { .. } | CodeFault::PassphraseTooShort { .. }) => {
                SecretVerdict::TooShort
            }
            Err(_) => SecretVerdict::TooEasy,
        }
    }

    /// Chooses the secret, where one is given, and enrols with the invitation that was prepared.
    ///
    /// Asked again without one while the administrator has not let the device in yet.
    pub(crate) async fn enrol(&self, secret: Option<String>) -> Answer<EnrolmentAnswer> {
        let invitation = self.invitation().clone().ok_or(FailureCode::CodeNotValid)?;
        let way = self
            .syncing
            .way(&self.outside.server())
            .map_err(|_| FailureCode::NotAMunicipality)?;
        if let Some(secret) = secret {
            let code = Code::new(Zeroizing::new(secret));
            self.phone.choose_code(&code).await.map_err(refusal)?;
        }
        let platform = std::env::consts::OS;
        let enrolling = self.phone.enrol(&*way, &invitation, platform).await;
        if let Enrolling::AwaitsConfirmation {
            fingerprint,
            expires_at,
        } = enrolling.map_err(refusal)?
        {
            return Ok(EnrolmentAnswer::AwaitsConfirmation {
                fingerprint,
                expires_at: expires_at.into(),
            });
        }
        *self.invitation() = None;
        // It shows the person's spaces first, and opens when the person begins.
        self.the_page_knows();
        self.syncing.wake();
        // Whoever is known there is greeted by the municipality's name, which the first answer brings.
        let _ = timeout(PATIENCE, self.greeted()).await;
        let sync = self.first_sync()?;
        Ok(EnrolmentAnswer::Enrolled { sync })
    }

    async fn greeted(&self) {
        while self.first_sync().is_ok_and(|sync| sync.spaces.is_empty()) {
            sleep(LOOK).await;
        }
    }

    fn invitation(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.invitation.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An address as a person types it: without a scheme it is a server on the internet, by TLS.
fn address(typed: &str) -> String {
    let typed = typed.trim().trim_end_matches('/');
    match typed.contains("://") {
        true => typed.to_owned(),
        false => ["https://", typed].concat(),
    }
}
