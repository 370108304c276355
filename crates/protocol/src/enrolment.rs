//! Making a device known to the server.

use drempel_domain::id::{DeviceId, EpochId, UserId};
use serde::{Deserialize, Serialize};

/// A device asks to be enrolled with a code that an administrator made for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentRequest {
    /// The version of the protocol.
    pub protocol: u32,
    /// The code, with or without hyphens and spaces, in either case.
    pub code: String,
    /// SHA-256 of the token that the device made for itself, 64 lower-case hexadecimal digits.
    ///
    /// The server never sees the token before the device uses it, and never stores it.
    pub token_sha256: String,
    /// What kind of device it is: `android`, `ios`, `desktop` or another word.
    pub platform: String,
    /// The version of the program.
    pub app: String,
}

/// The server's answer to an enrolment that succeeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentAnswer {
    /// The device's identity.
    pub device: DeviceId,
    /// The person whose device it is.
    pub user: UserId,
    /// That person's name, to be shown.
    pub user_name: String,
    /// The municipality's name, to be shown.
    pub municipality: String,
    /// The life of the server's log.
    pub epoch: EpochId,
    /// Milliseconds since 1970 on the server's clock.
    pub server_time: i64,
}
