//! What the screens show and do: the core's side of the user interface, without a window.
//!
//! [`Screens`] answers for an unlocked app; its functions stand by noun, named as the commands of the screens. The types
//! that cross are in [`shapes`], and their TypeScript is written from them.

mod actions;
mod audiences;
mod configuration;
mod drafts;
mod failure;
mod follow_ups;
mod likely;
mod names;
mod own_lists;
mod places;
mod quick_notes;
mod recent;
mod round_start;
mod rounds;
mod saves;
mod screens;
pub mod shapes;
mod status;
mod street_contacts;
mod timeline;
mod today;
mod visits;
mod walking_along;
mod words;

pub use configuration::configuration_while_locked;
pub use drafts::without_bsn;
pub use failure::{CommandError, FailureCode, FieldFailure};
pub use recent::Recent;
pub use screens::{Deed, Done, Screens};
