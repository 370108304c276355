//! The municipal server of Drempel: takes in what devices recorded, decides, and gives each its spaces.

mod admin;
mod app;
mod audit;
pub mod cli;
mod clock;
mod data_directory;
mod digests;
mod directory;
mod enrolment;
mod http;
mod journal;
mod metrics;
mod municipality;
mod problem;
mod retention;
mod secrets;
mod storage;
mod sync;

pub use admin::{AdminError, LogEntry, RecordState, ReleasedWork, UnconfirmedRemoval};
pub use app::{App, Front, Options};
pub use clock::{RandomIds, SystemClock};
pub use enrolment::{PrintedInvitation, invitation_sheets};
pub use http::router;
pub use municipality::{ImportError, Imported, partner_id, personal_space_name, space_id, spot_id, user_id};
pub use retention::Aged;
pub use storage::{DeviceInfo, OpenError, Standing, WaitingDevice};
pub use sync::pull::PageLimits;
