//! Making a device known to the server.

use crate::keys::ServerKeys;
use drempel_domain::id::{DeviceId, EpochId, SpaceId, UserId};
use serde::{Deserialize, Serialize};

/// A device asks to be enrolled with a code that an administrator made for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentRequest {
    /// The version of the protocol.
    pub protocol: u32,
    /// The code that was typed, or that of a printed invitation: with or without hyphens and spaces, in either case.
    pub code: String,
    /// SHA-256 of the sync token that the device made for itself, 64 lower-case hexadecimal digits.
    ///
    /// The server never sees the token before the device uses it, and never stores it.
    pub token_sha256: String,
    /// SHA-256 of the deposit token that the device made for itself, likewise.
    pub deposit_token_sha256: String,
    /// The public half of the device's capture key: 32 bytes as 43 characters of base64url.
    pub capture_key: String,
    /// What kind of device it is: `android`, `ios`, `desktop` or another word.
    pub platform: String,
    /// The version of the program.
    pub app: String,
}

/// The server's answer to a code that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EnrolmentAnswer {
    /// The device is enrolled (status 201).
    Enrolled(Enrolled),
    /// The administrator has not yet confirmed the fingerprint that the device shows (status 202). The device asks
    /// again with the same code and the same tokens.
    AwaitsConfirmation(Awaiting),
}

/// A device that is enrolled. It has two device numbers: that of its database, and that of its lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The device number of the database: what is recorded after unlocking.
    pub device: DeviceId,
    /// The device number of the lock: what is recorded without unlocking.
    pub lock: DeviceId,
    /// The person whose device it is.
    pub user: UserId,
    /// That person's name, to be shown.
    pub user_name: String,
    /// That person's own space, for what is recorded without unlocking; absent where the person has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<SpaceId>,
    /// The municipality's name, to be shown.
    pub municipality: String,
    /// The life of the server's log.
    pub epoch: EpochId,
    /// Milliseconds since 1970 on the server's clock.
    pub server_time: i64,
    /// What the device seals to, and checks leases with.
    pub keys: ServerKeys,
    /// The first lease, signed: how long the device may be without contact.
    pub lease: String,
}

/// An enrolment that waits for the administrator. It says nothing of the person whose invitation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaiting {
    /// Milliseconds since 1970 on the server's clock.
    pub server_time: i64,
    /// When the invitation ends, likewise.
    pub expires_at: i64,
}
