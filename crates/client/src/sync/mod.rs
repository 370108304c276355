//! Reconciling with the municipality: plan what to ask, ask it, and obey the answer in small steps.

mod answering;
mod http;
mod orders;
mod plan;
mod run;
mod transport;

pub use answering::SyncError;
pub use http::{Http, HttpError};
pub use run::{Pace, SyncReport};
pub use transport::{Asking, Reply, Transport, TransportError, Untrusted};

pub(crate) use answering::exchange;
