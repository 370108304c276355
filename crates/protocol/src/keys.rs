//! The public halves of the server's keys, as devices are given them.

use serde::{Deserialize, Serialize};

/// What a device needs of the server's keys. Each is 32 bytes as 43 characters of base64url.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerKeys {
    /// Names this state of affairs; the device sends it back to show what it knows.
    pub tag: String,
    /// The key to which the device seals what the server does not have yet.
    pub sealing: String,
    /// The keys with which leases are signed: the present one, and the next.
    pub lease: Vec<String>,
}
