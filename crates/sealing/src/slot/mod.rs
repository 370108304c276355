//! The doors to the database's key: a code bound to this phone's hardware, and fingers or a face as a second door.
//!
//! The key (the DEK) lies only wrapped: XChaCha20-Poly1305 under `HKDF(hardware.bind(Argon2id(code, salt)))`, bound to
//! its user, its device, the kind of the door and what the code costs to try. The hardware answers each guess, so a
//! copied file gives nothing away, however short the code.
//!
//! How it is used: at enrolment [`KeySlots::create`], before anything is fetched, and [`KeySlots::to_json`] kept in a
//! file by [`durable::replace`](crate::durable::replace); at unlock [`KeySlots::open`] with an
//! [`Attempt`](crate::tries::Attempt); at a change of code [`KeySlots::open`] with the old one and then
//! [`KeySlots::change_code`]. Before an attempt is begun,
//! [`HardwareKey::answers`](crate::hardware::HardwareKey::answers) tells whether it could succeed at all, so that a
//! busy chip costs no try. Biometrics need no attempt, and open nothing any more once a wipe is due.

mod biometric;
mod code;
mod code_slot;
mod cost;
mod error;
mod key_slots;
mod wrapped;

pub use biometric::{BiometricError, BiometricKey};
pub use code::{Code, CodeFault, CodeKind};
pub use cost::Cost;
pub use error::SlotError;
pub use key_slots::KeySlots;
pub use wrapped::Holder;
