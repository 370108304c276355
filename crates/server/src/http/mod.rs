//! HTTP: the router, what is read from a request and how an answer is written.

mod answer;
mod body;
mod handlers;
mod headers;
mod rate;
mod router;
mod session;

pub(crate) use rate::Rates;
pub use router::router;
