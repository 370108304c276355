//! The identifiers of what a municipality file names by short names: computed, so that importing again finds them.

use drempel_domain::id::{RecordId, SpaceId, UserId};
use drempel_domain::record::computed_id;

/// The space of that short name.
pub fn space_id(short_name: &str) -> SpaceId {
    SpaceId::new(computed_id("space", &[short_name.as_bytes()]).uuid())
}

/// The person of that short name.
pub fn user_id(short_name: &str) -> UserId {
    UserId::new(computed_id("user", &[short_name.as_bytes()]).uuid())
}

/// The spot of that short name.
pub fn spot_id(short_name: &str) -> RecordId {
    computed_id("spot", &[short_name.as_bytes()])
}

/// The partner of that short name.
pub fn partner_id(short_name: &str) -> RecordId {
    computed_id("partner", &[short_name.as_bytes()])
}

/// The short name of the space "Alleen ik" of the person with that short name, where the file names none.
pub fn personal_space_name(user: &str) -> String {
    ["eigen-", user].concat()
}
