//! The library on the device: encrypted SQLite, typed tables, own changes, search.
//!
//! One writer, many readers: [`Store::read`] and [`Store::write`] lend a [`Reader`] and a [`Writer`] inside a
//! closure, so that no transaction outlives the call that made it.

mod ageing;
mod captured;
mod columns;
mod digest;
mod drafts;
mod epoch;
mod error;
mod feed;
mod held;
mod key;
mod local;
mod log;
mod open;
mod outcomes;
mod people;
mod problems;
mod query;
mod removal;
mod rows;
mod search;
mod settings;
mod settled;
mod spaces;
mod store;
mod stored;
mod table;
mod unread;

pub use drafts::Draft;
pub use error::{OpenError, StoreError};
pub use key::Key;
pub use local::LocalChange;
pub use log::{Decision, OwnChange, Waiting};
pub use people::{YouthPage, YouthQuery};
pub use problems::Problem;
pub use query::Query;
pub use search::Hit;
pub use spaces::SpaceState;
pub use store::{Reader, Store, Writer};
pub use stored::{Delivery, Stored};
