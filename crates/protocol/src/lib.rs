//! The shapes that travel between a device and the municipal server. Frozen: they only ever gain optional members.
//!
//! `sync-protocol.md` at the top of the repository says what they mean; the fixtures beside this crate show each one.

pub mod access;
pub mod codec;
pub mod deposit;
pub mod enrolment;
pub mod keys;
pub mod limits;
pub mod problem;
pub mod synchronisation;

/// The version of the protocol that these shapes make up.
pub const PROTOCOL: u32 = 1;

/// Where a device enrols.
pub const ENROLMENTS: &str = "/v1/enrolments";
/// Where a device synchronises.
pub const SYNCHRONISATIONS: &str = "/v1/synchronisations";
/// Where sealed work is handed in.
pub const DEPOSITS: &str = "/v1/deposits";
/// Where the description of the API lies.
pub const OPENAPI: &str = "/v1/openapi.json";
