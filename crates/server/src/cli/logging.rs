//! The log: events on standard error, as text or as JSON.

use super::{Failure, LogForm};
use tracing_subscriber::EnvFilter;

/// Begins the log. How much is written follows from RUST_LOG; by default what an operator should see.
pub(super) fn begin(form: LogForm) -> Result<(), Failure> {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,drempel_server=info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    let begun = match form {
        LogForm::Text => log.try_init(),
        LogForm::Json => log.json().try_init(),
    };
    begun.map_err(|_| Failure::SetUp("the log"))
}
