//! The commands of the page, a file a noun, and the list of them all.

mod actions;
mod app;
mod configuration;
mod doorstep_talks;
mod drafts;
mod enrolment;
mod handler;
mod message_contacts;
mod names;
mod quick_notes;
mod rounds;
mod saves;
mod settings;
mod street_contacts;
mod sync;
mod three_way_talks;
mod today;
mod youths;

pub(crate) use handler::handler;
pub use names::NAMES;
