//! Sync tokens: how the server tells a phone that missed an answer from a copy of a phone.
//!
//! A token is 256 random bits that the device makes itself; the server keeps only SHA-256 of it. The device also makes
//! the *next* one, keeps it durably, and sends its hash with a sync. Until the device knows that the server has the
//! hash, it goes on with the present token; from then on it uses the next, and the first *use* ends the old one, plus
//! a minute for requests that are under way. Nothing ends by waiting: a lost answer and six days without network harm
//! nobody. A token that is used after it ended is used by somebody else than the one who moved on: one of the two is a
//! copy, nobody can tell which, and the whole family is revoked. Both enrol again; the sealed outbox is still taken.
//!
//! The server finds the family by the hash, takes its row's lock, calls [`Chain::present`], and keeps the chain with
//! the request's transaction.

mod chain;
mod secret;

pub use chain::{Chain, Decision};
pub use secret::{NotATokenHash, Token, TokenHash};
