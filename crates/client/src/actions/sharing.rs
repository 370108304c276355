//! Crossing from one space to another: shared or disclosed on purpose, with a ledger line; withdrawn, never un-known.

use crate::{Client, ClientError, Saved};
use drempel_domain::id::{Id, SpaceId};
use drempel_domain::records::sharing::{Disclosure, Share};

impl Client {
    /// Shares chosen fields with another space. The server makes the copy there.
    ///
    /// # Errors
    /// [`ClientError::Refused`] naming what is missing: ground, purpose, recipient, expiry.
    pub fn share(&self, space: SpaceId, share: &Share) -> Result<Saved, ClientError> {
        self.create(space, share)
    }

    /// Withdraws a share; its recipient is asked not to use the copy any more.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the share is not on this device.
    pub fn withdraw_share(&self, share: Id<Share>, reason: Option<String>) -> Result<Saved, ClientError> {
        self.edit(share, |share| {
            share.withdrawn = Some(true);
            share.withdrawn_reason = reason;
        })
    }

    /// Discloses chosen fields out of a space under the Wpg.
    ///
    /// # Errors
    /// [`ClientError::Refused`] naming what is missing: ground, purpose, recipient, article, the decision's reference.
    pub fn disclose(&self, space: SpaceId, disclosure: &Disclosure) -> Result<Saved, ClientError> {
        self.create(space, disclosure)
    }
}
