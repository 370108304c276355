//! Reconciling with the municipality: plan what to ask, ask it, and obey the answer in small steps.

mod answering;
mod http;
mod obey;
mod orders;
mod pace;
mod plan;
mod run;
mod transport;
mod trust;

pub use answering::SyncError;
pub use http::{Http, HttpError};
pub use pace::Pace;
pub use run::SyncReport;
pub use transport::{Asking, Reply, Transport, TransportError, Untrusted};

pub(crate) use answering::exchange;
