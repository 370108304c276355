//! The program: its command line, serving, and an administrator's commands.

mod administer;
mod arguments;
mod failure;
mod logging;
mod metrics_page;
mod run;
mod serve;
mod tls;

pub use arguments::{
    Admin, AdminCommand, AuditCommand, ChangeName, Command, CommandLine, LogForm, QuarantineCommand, Serve,
};
pub use failure::Failure;
pub use run::run;
