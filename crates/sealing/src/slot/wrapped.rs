//! The database's key under another, and the context that binds it to its place.

use super::{Cost, SlotError};
use crate::aead::{self, NONCE, WRAPPED};
use crate::fields::Writing;
use crate::randomness::Randomness;
use crate::secret::{DatabaseKey, Secret, filled};
use drempel_domain::id::{DeviceId, UserId};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The form in which slots are kept.
pub(super) const VERSION: u8 = 1;

/// Whose slots they are. They open for no other user and on no other device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The user.
    pub user: UserId,
    /// The device's identity at its enrolment. It stays the slots' when the server gives the device another later.
    pub device: DeviceId,
}

/// A wrapped key, with what is needed beside the wrapping key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wrapped {
    #[serde(with = "crate::text::array")]
    salt: [u8; 16],
    #[serde(with = "crate::text::array")]
    nonce: [u8; NONCE],
    #[serde(with = "crate::text::array")]
    key: [u8; WRAPPED],
}

/// The place of a wrapped key: what its context says besides the salt.
pub(super) struct Door<'a> {
    pub(super) version: u8,
    pub(super) holder: Holder,
    pub(super) kind: &'static str,
    pub(super) cost: Option<&'a Cost>,
}

impl Door<'_> {
    fn context(&self, salt: &[u8; 16]) -> Vec<u8> {
        let cost = self
            .cost
            .map_or([0; 3], |cost| [cost.memory_kib(), cost.passes(), cost.lanes()]);
        let context = Writing::of("drempel slot")
            .number(self.version.into())
            .id(self.holder.user.uuid())
            .id(self.holder.device.uuid())
            .text(self.kind);
        cost.into_iter()
            .fold(context, |context, number| context.number(number.into()))
            .fixed(salt)
            .done()
    }
}

impl Wrapped {
    /// Wraps the database's key under what `secret` makes of the salt.
    pub(super) fn wrap(
        key: &DatabaseKey,
        door: &Door<'_>,
        secret: impl FnOnce(&[u8; 16]) -> Result<Secret, SlotError>,
        randomness: &mut Randomness,
    ) -> Result<Self, SlotError> {
        let salt = randomness.bytes();
        let wrapping = secret(&salt)?;
        let (nonce, wrapped) = aead::wrap(&wrapping, &door.context(&salt), key.expose(), randomness)?;
        Ok(Self {
            salt,
            nonce,
            key: wrapped,
        })
    }

    /// Unwraps it under the same.
    pub(super) fn unwrap(
        &self,
        door: &Door<'_>,
        secret: impl FnOnce(&[u8; 16]) -> Result<Secret, SlotError>,
    ) -> Result<DatabaseKey, SlotError> {
        let wrapping = secret(&self.salt)?;
        let key = aead::unwrap(&wrapping, &door.context(&self.salt), &self.nonce, &self.key)?;
        Ok(DatabaseKey::from_secret(key))
    }
}

/// The key under which the database's key is wrapped (the KEK).
pub(super) fn wrapping_key(of: &[u8; 32], salt: &[u8; 16], kind: &'static str) -> Result<Secret, SlotError> {
    let info = Writing::of("drempel slot wrapping key").text(kind).done();
    let mut done = Ok(());
    let key = filled(|bytes| done = Hkdf::<Sha256>::new(Some(salt), of).expand(&info, bytes));
    // 32 bytes are never too many to ask for.
    done.map(|()| key).map_err(|_| SlotError::NotOpened)
}
