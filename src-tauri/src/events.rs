//! What the app tells its page by itself.

/// The names of all events; each one's content is in the page's `types.ts`.
pub const EVENTS: &[&str] = &["changed", "sync", "lock", "first_sync"];
