//! The real clock and the real source of identifiers: the only place that asks the system for either.

use drempel_domain::id::IdSource;
use drempel_domain::time::{Clock, Clocks, Moment};
use uuid::Uuid;

/// The server's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the server's Clock")]
    fn clocks(&self) -> Clocks {
        Clocks {
            wall: Moment::from(chrono::Utc::now()).millis(),
            boot: None,
            mono: None,
        }
    }
}

/// Identifiers of 122 random bits from the operating system. The server's own need no order in time, and its
/// enrolment codes and salts are made from them.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomIds;

impl IdSource for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "this is the server's IdSource")]
    fn next(&self) -> Uuid {
        Uuid::new_v4()
    }
}
