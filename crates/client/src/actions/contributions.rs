//! Leading on: referrals and their answers, escalations and contributions.

use crate::{Client, ClientError, Saved};
use drempel_domain::id::{Id, SpaceId};
use drempel_domain::records::lists::ReferralState;
use drempel_domain::records::referrals::{Contribution, Escalation, Referral, ReferralAnswer};

impl Client {
    /// Refers a young person. Nothing leaves before the municipality has it.
    ///
    /// # Errors
    /// [`ClientError::Refused`] naming `ground` when it goes outside without one.
    pub fn refer(&self, space: SpaceId, referral: Referral) -> Result<Saved, ClientError> {
        let sent = ReferralAnswer {
            state: Some(ReferralState::Sent),
            reason: None,
        };
        let answer = referral.answer.or(Some(sent));
        self.create(space, &Referral { answer, ..referral })
    }

    /// Answers a referral.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the referral is not on this device.
    pub fn answer_referral(
        &self,
        referral: Id<Referral>,
        state: ReferralState,
        reason: Option<String>,
    ) -> Result<Saved, ClientError> {
        self.edit(referral, |referral| {
            referral.answer = Some(ReferralAnswer {
                state: Some(state),
                reason,
            });
        })
    }

    /// Takes a concern further.
    ///
    /// # Errors
    /// [`ClientError::Refused`] naming `ground` or `reason` when it is missing.
    pub fn escalate(&self, space: SpaceId, escalation: &Escalation) -> Result<Saved, ClientError> {
        self.create(space, escalation)
    }

    /// Withdraws an escalation; that it was there stays known.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn withdraw_escalation(
        &self,
        escalation: Id<Escalation>,
        reason: Option<String>,
    ) -> Result<Saved, ClientError> {
        self.edit(escalation, |escalation| {
            escalation.withdrawn = Some(true);
            escalation.withdrawn_reason = reason;
        })
    }

    /// Brings something into a consultation.
    ///
    /// # Errors
    /// [`ClientError::Refused`] naming `ground` when it is missing.
    pub fn contribute(&self, space: SpaceId, contribution: &Contribution) -> Result<Saved, ClientError> {
        self.create(space, contribution)
    }
}
