//! What protects a lost phone: keys and their slots, sealed files, leases and tokens, as parts that others put together.
//!
//! The device seals and verifies, the server opens and signs, so both depend on this crate and it depends on neither.
//! Bytes go in and bytes come out; time and randomness are arguments. Only the files whose form is their promise
//! (the captures, the outbox, the try counter, the desktop's key) are written here, because how they are written is
//! what makes them hold.
//!
//! On the phone: a code of the user's opens a [`slot`] bound to a [`hardware`] key, once [`tries`] has counted the
//! try; the slot gives the key of the database. While locked, [`capture`] takes in what is recorded. Beside the
//! database, the [`outbox`] holds what the server does not have yet, and [`lease`] says how long reading may go on.
//! On the server: [`deposit`] opens what arrives sealed, [`token`] finds copied phones, [`lease`] signs, [`audit`]
//! chains. At both ends: [`invitation`] and [`fingerprint`] of an enrolment.

mod aead;
pub mod audit;
pub mod capture;
pub mod deposit;
pub mod durable;
mod fields;
pub mod fingerprint;
mod frames;
pub mod hardware;
pub mod invitation;
pub mod keys;
pub mod lease;
mod name;
pub mod outbox;
mod padding;
pub mod randomness;
pub mod secret;
pub mod slot;
mod text;
pub mod token;
pub mod tries;
