//! Who asks: the device behind a token, and what the use of the token means.

use crate::app::App;
use crate::digests::{from_hex, sha256};
use crate::problem::Refusal;
use crate::storage::DeviceRow;
use drempel_domain::time::{DAY, Moment};
use drempel_protocol::problem::Code;
use drempel_sealing::token::{Decision, TokenHash};

/// How long after its revocation a device can still hand in sealed work, in milliseconds.
const DEPOSITS_AFTER: i64 = 90 * DAY;

/// A device that has shown a sync token which counts, before its request is read.
pub(super) struct Session {
    device: DeviceRow,
    token: TokenHash,
}

impl App {
    /// The device of a sync token, as long as that is neither unknown nor ended nor used too often.
    pub(super) fn authenticate(&self, token: &str) -> Result<Session, Refusal> {
        let now = self.now();
        // Looked up by its hash, so that the time of the comparison tells nothing of a token.
        let token = TokenHash::from_bytes(sha256(&[token.as_bytes()]));
        let (device, mut chain) = self
            .storage()
            .enrolment_with(&token)?
            .ok_or_else(Refusal::not_enrolled)?;
        if device.revoked_at.is_some() {
            return Err(Refusal::revoked());
        }
        self.rates().ask(device.id, now).map_err(Refusal::too_many)?;
        let session = Session { device, token };
        // What this use changes is kept once the request was read; only a copy is dealt with at once.
        match chain.present(&token, None, now) {
            Decision::Accept | Decision::AcceptAndRetireOld => Ok(session),
            Decision::Unknown => Err(Refusal::not_enrolled()),
            Decision::Copied => self.present(&session, None, now).map(|_| session),
        }
    }

    /// The device of a session whose request was read; its next token is announced, and an earlier one ended.
    pub(super) fn continue_session(
        &self,
        session: &Session,
        next: Option<&str>,
    ) -> Result<DeviceRow, Refusal> {
        let next = next.map(|next| {
            let next = from_hex(next).map(TokenHash::from_bytes);
            next.ok_or_else(|| {
                Refusal::new(
                    Code::Malformed,
                    "next_token_sha256 is not 64 lower-case hexadecimal digits",
                )
            })
        });
        let next = next.transpose()?;
        let now = self.now();
        let (_, chain) = self
            .storage()
            .enrolment_with(&session.token)?
            .ok_or_else(Refusal::not_enrolled)?;
        let mut after = chain.clone();
        after.present(&session.token, next.as_ref(), now);
        // Most requests change nothing of it, and so write nothing.
        if after != chain {
            self.present(session, next.as_ref(), now)?;
        }
        Ok(session.device.clone())
    }

    fn present(&self, session: &Session, next: Option<&TokenHash>, now: Moment) -> Result<(), Refusal> {
        let Session { device, token } = session;
        match self.storage().present(device.enrolment, token, next, now)? {
            Decision::Accept | Decision::AcceptAndRetireOld => Ok(()),
            Decision::Unknown => Err(Refusal::revoked()),
            Decision::Copied => {
                tracing::warn!(device = %device.id, "a token was used after its end: the device was copied, and is revoked");
                crate::metrics::copy_found();
                Err(Refusal::revoked())
            }
        }
    }

    /// The device of a deposit token, for ninety days also after it was revoked.
    pub(super) fn depositor(&self, token: &str) -> Result<DeviceRow, Refusal> {
        let now = self.now();
        let device = self
            .storage()
            .device_with_deposit_token(&sha256(&[token.as_bytes()]))?;
        let device = device
            .filter(|device| {
                let revoked_at = device.revoked_at;
                revoked_at.is_none_or(|revoked_at| now < revoked_at.plus_millis(DEPOSITS_AFTER))
            })
            .ok_or_else(Refusal::not_enrolled)?;
        // Its own bucket: whoever has only the deposit token must not hold up the device.
        self.rates().ask(device.lock, now).map_err(Refusal::too_many)?;
        Ok(device)
    }
}
