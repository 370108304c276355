//! What the screens show and do: the core's side of the user interface, without a window.
//!
//! [`Screens`] answers for an unlocked app; its functions stand by noun, named as the commands of the screens. The types
//! that cross are in [`shapes`], and their TypeScript is written from them.

mod access;
mod actions;
mod audiences;
mod configuration;
mod doorstep_talks;
mod dossier;
mod drafts;
mod failure;
mod follow_ups;
mod likely;
pub mod locked;
mod message_contacts;
mod names;
mod overwritten;
mod own_lists;
mod places;
mod problems;
mod quick_notes;
mod reaching;
mod recent;
mod round_start;
mod rounds;
mod saves;
mod screens;
mod settings;
pub mod shapes;
mod sharing;
mod status;
mod street_contacts;
mod suggestions;
mod sync_page;
mod three_way_talks;
mod timeline;
mod today;
mod visits;
mod waiting;
mod walking_along;
mod words;
mod youths;

pub use configuration::configuration_while_locked;
pub use drafts::without_bsn;
pub use failure::{CommandError, FailureCode, FieldFailure};
pub use reaching::Reach;
pub use recent::Recent;
pub use screens::{Deed, Done, Screens};
pub use waiting::Way;
