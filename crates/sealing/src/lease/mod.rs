//! How long a phone may be away: signed by the server, counted by the phone.
//!
//! At each sync the server signs a [`Lease`] with [`LeaseKey::sign`]; the phone checks it with [`Lease::verify`]
//! against the keys that it was enrolled with, and begins a [`LeaseWatch`]. At start, resume, unlock and every few
//! minutes it does [`LeaseWatch::look`], keeps the watch by [`durable::replace`](crate::durable::replace) and acts on
//! the [`LeaseState`]; after each attempt at contact, [`LeaseWatch::contact_tried`]. A lease holds nothing secret.

mod signed;
mod watch;

pub use signed::{Lease, LeaseError, LeaseKey, LeasePublicKey, Terms};
pub use watch::{LeaseState, LeaseWatch, NotAWatch};
