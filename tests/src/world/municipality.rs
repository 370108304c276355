//! A small municipality: three coaches, what they share and what each keeps alone.

use drempel_domain::id::{SpaceId, UserId};
use drempel_domain::space::Membership;
use drempel_domain::time::Moment;
use serde_json::Value;

/// The users: a coach, a colleague of the same team, and a casemanager who is also an investigating officer, so that
/// three people have every kind of space.
pub const USERS: [&str; 3] = ["ana", "bo", "chris"];

/// The spaces by the names that the municipality's file gives them, each user's own one included.
pub const SPACES: [&str; 7] = [
    "team",
    "joint",
    "wpg",
    "casemanagement",
    "own-ana",
    "own-bo",
    "own-chris",
];

/// The municipality's file.
pub const FILE: &str = include_str!("municipality.json");

/// The space of that name.
pub fn space(name: &str) -> SpaceId {
    drempel_server::space_id(name)
}

/// The user of that name.
pub fn user(name: &str) -> UserId {
    drempel_server::user_id(name)
}

/// The memberships in the municipality's file.
pub fn memberships() -> Vec<Membership> {
    let file: Value = serde_json::from_str(FILE).expect("the small municipality is JSON");
    let spans = file
        .get("memberships")
        .and_then(Value::as_array)
        .expect("it has memberships");
    spans.iter().map(membership).collect()
}

fn membership(span: &Value) -> Membership {
    let text = |name| {
        span.get(name)
            .and_then(Value::as_str)
            .expect("a membership is complete")
    };
    // All begin on a winter's day, one hour before midnight in UTC.
    let begin = [text("from"), "T00:00:00+01:00"].concat();
    Membership {
        user: user(text("user")),
        space: space(text("space")),
        role: serde_json::from_value(text("role").into()).expect("a role"),
        from: Moment::from_rfc3339(&begin).expect("a day"),
        until: None,
    }
}
