//! A lease as the server signs it: `base64url(JSON) . base64url(Ed25519 signature)`.

use crate::fields::Writing;
use crate::randomness::Randomness;
use crate::secret::filled;
use crate::text;
use drempel_domain::id::DeviceId;
use drempel_domain::time::{DAY, Moment};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::fmt;

const VERSION: u8 = 1;
/// Days that a municipality may set at most.
const MOST_DAYS: i64 = 365;

/// The server's word that a device was in contact, and how long it may now be without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    version: u8,
    /// The device.
    pub device: DeviceId,
    /// The server's clock at that moment.
    pub server_time: Moment,
    /// How long until reading locks, and until what can be read is purged.
    #[serde(flatten)]
    pub terms: Terms,
}

/// How long a device may be without contact: municipal settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Milliseconds until reading locks; recording goes on.
    read_lock_after: i64,
    /// Milliseconds until what can be read is purged; sealed work stays.
    purge_after: i64,
}

/// A lease does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeaseError {
    /// It is no lease of a form that this version knows.
    #[error("this is no lease of a known form")]
    Malformed,
    /// No key that the device knows signed it.
    #[error("the lease was not signed by this device's server")]
    NotGenuine,
    /// It is another device's.
    #[error("the lease belongs to another device")]
    OtherDevice,
    /// Its terms are not whole: reading locks after at least a day, purging comes later, within a year.
    #[error("reading locks after 1 to 365 days, and purging comes later, within 365 days")]
    Terms,
}

impl Terms {
    /// Reading locks after 7 days, purging follows after 14.
    pub const USUAL: Self = Self {
        read_lock_after: 7 * DAY,
        purge_after: 14 * DAY,
    };

    /// Terms in whole days.
    ///
    /// # Errors
    /// [`LeaseError::Terms`].
    pub fn of_days(read_lock: u16, purge: u16) -> Result<Self, LeaseError> {
        let terms = Self {
            read_lock_after: i64::from(read_lock).saturating_mul(DAY),
            purge_after: i64::from(purge).saturating_mul(DAY),
        };
        if terms.hold() {
            Ok(terms)
        } else {
            Err(LeaseError::Terms)
        }
    }

    /// Milliseconds until reading locks.
    pub const fn read_lock_after(self) -> i64 {
        self.read_lock_after
    }

    /// Milliseconds until purging.
    pub const fn purge_after(self) -> i64 {
        self.purge_after
    }

    fn hold(self) -> bool {
        self.read_lock_after >= DAY
            && self.purge_after > self.read_lock_after
            && self.purge_after <= MOST_DAYS.saturating_mul(DAY)
    }
}

impl Lease {
    /// The lease of a device that is in contact now.
    pub const fn new(device: DeviceId, server_time: Moment, terms: Terms) -> Self {
        Self {
            version: VERSION,
            device,
            server_time,
            terms,
        }
    }

    /// Reads a lease and checks that one of these keys signed it, for this device.
    ///
    /// An older lease than the one held is no error: a server whose clock was ahead and was set right must be able to
    /// say so, and the way to the server is protected by TLS.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub fn verify(signed: &str, keys: &[LeasePublicKey], device: DeviceId) -> Result<Self, LeaseError> {
        let (json, signature) = signed.split_once('.').ok_or(LeaseError::Malformed)?;
        let json = text::decode(json).ok_or(LeaseError::Malformed)?;
        let signature = text::decode_array(signature).ok_or(LeaseError::Malformed)?;
        if !keys.iter().any(|key| key.signed(&json, &signature)) {
            return Err(LeaseError::NotGenuine);
        }
        let lease: Self = serde_json::from_slice(&json).map_err(|_| LeaseError::Malformed)?;
        if lease.version != VERSION {
            return Err(LeaseError::Malformed);
        }
        if !lease.terms.hold() {
            return Err(LeaseError::Terms);
        }
        if lease.device == device {
            Ok(lease)
        } else {
            Err(LeaseError::OtherDevice)
        }
    }
}

/// The server's key for signing leases.
pub struct LeaseKey(SigningKey);

impl LeaseKey {
    /// A new key.
    pub fn generate(randomness: &mut Randomness) -> Self {
        let seed = filled(|bytes| randomness.fill(bytes));
        Self::from_bytes(seed.expose_secret())
    }

    /// The key with these 32 bytes, as they were kept.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// The 32 bytes, to be kept where nobody else reads them.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The public half, which devices are given at enrolment.
    pub fn public(&self) -> LeasePublicKey {
        LeasePublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs a lease.
    ///
    /// # Errors
    /// [`LeaseError::Malformed`], never in practice.
    pub fn sign(&self, lease: &Lease) -> Result<String, LeaseError> {
        let json = serde_json::to_vec(lease).map_err(|_| LeaseError::Malformed)?;
        let signature = self.0.sign(&statement(&json)).to_bytes();
        Ok([text::encode(&json), text::encode(&signature)].join("."))
    }
}

impl fmt::Debug for LeaseKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("LeaseKey(…)")
    }
}

/// The public half of a lease key: 43 characters of base64url in JSON. A device keeps the present one and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LeasePublicKey(#[serde(with = "crate::text::array")] [u8; 32]);

impl LeasePublicKey {
    fn signed(self, json: &[u8], signature: &[u8; 64]) -> bool {
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| {
            key.verify_strict(&statement(json), &Signature::from_bytes(signature))
                .is_ok()
        })
    }
}

/// What is signed: the purpose and the lease.
fn statement(json: &[u8]) -> Vec<u8> {
    Writing::of("drempel lease 1").counted(json).done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn ana() -> DeviceId {
        DeviceId::new(Uuid::from_u128(0xa))
    }

    fn key() -> LeaseKey {
        LeaseKey::from_bytes(&[7; 32])
    }

    fn lease() -> Lease {
        Lease::new(ana(), Moment::from_millis(1_772_474_400_000), Terms::USUAL)
    }

    const GOLDEN: &str = "eyJ2ZXJzaW9uIjoxLCJkZXZpY2UiOiIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMGEiLCJzZXJ2ZXJfdGltZSI6\
        IjIwMjYtMDMtMDJUMTg6MDA6MDAuMDAwWiIsInJlYWRfbG9ja19hZnRlciI6NjA0ODAwMDAwLCJwdXJnZV9hZnRlciI6MTIwOTYwMDAwMH0\
        .mOWKUbH5J2_g9RBx0MeI5MNUOWBsgUdLSl1K42q0yQlFomFmugugl6H5utPNej9vzNlO9e69sNXU_24Faw2lBA";

    #[test]
    fn a_lease_has_this_form_and_stays_readable() {
        assert_eq!(key().sign(&lease()).unwrap(), GOLDEN);
        assert_eq!(Lease::verify(GOLDEN, &[key().public()], ana()), Ok(lease()));
        let json = text::decode(GOLDEN.split_once('.').unwrap().0).unwrap();
        assert_eq!(
            String::from_utf8(json).unwrap(),
            "{\"version\":1,\"device\":\"00000000-0000-0000-0000-00000000000a\",\
             \"server_time\":\"2026-03-02T18:00:00.000Z\",\"read_lock_after\":604800000,\"purge_after\":1209600000}"
        );
    }

    #[test]
    fn only_a_known_key_signs_and_only_for_this_device() {
        let other = LeaseKey::generate(&mut Randomness::repeatable([1; 32]));
        let keys = [other.public(), key().public()];
        let signed = key().sign(&lease()).unwrap();
        assert_eq!(Lease::verify(&signed, &keys, ana()), Ok(lease()));
        assert_eq!(
            Lease::verify(&signed, &keys[..1], ana()),
            Err(LeaseError::NotGenuine)
        );
        assert_eq!(Lease::verify(&signed, &[], ana()), Err(LeaseError::NotGenuine));
        let bo = DeviceId::new(Uuid::from_u128(0xb));
        assert_eq!(Lease::verify(&signed, &keys, bo), Err(LeaseError::OtherDevice));
    }

    #[test]
    fn terms_that_make_no_sense_are_refused_though_signed() {
        for (read_lock, purge) in [(0, 14), (7, 7), (14, 7), (7, 366)] {
            assert_eq!(Terms::of_days(read_lock, purge), Err(LeaseError::Terms));
        }
        assert_eq!(Terms::of_days(7, 14), Ok(Terms::USUAL));
        let terms = Terms {
            read_lock_after: 7 * DAY,
            purge_after: 0,
        };
        let signed = key().sign(&Lease { terms, ..lease() }).unwrap();
        assert_eq!(
            Lease::verify(&signed, &[key().public()], ana()),
            Err(LeaseError::Terms)
        );
    }

    #[test]
    fn a_changed_character_anywhere_is_refused() {
        for at in 0..GOLDEN.len() {
            for other in ["A", "z", ".", " ", "é"] {
                let mut changed = GOLDEN.to_owned();
                changed.replace_range(at..=at, other);
                let verified = Lease::verify(&changed, &[key().public()], ana());
                assert!(changed == GOLDEN || verified.is_err(), "{other} at {at}");
            }
            assert!(Lease::verify(&GOLDEN[..at], &[key().public()], ana()).is_err());
        }
    }

    #[test]
    fn the_signing_key_is_not_printed() {
        assert_eq!(format!("{:?}", key()), "LeaseKey(…)");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,200}") {
            prop_assert!(Lease::verify(&text, &[key().public()], ana()).is_err());
        }
    }
}
