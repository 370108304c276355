//! The shapes that cross to the screens and back, a file a screen. Nothing here computes.

mod actions;
mod configuration;
mod doorstep_talk;
mod dossier;
mod message_contact;
mod quick_note;
mod settings;
mod shared;
mod street_contact;
mod sync;
mod time;
mod today;
mod youths;

pub use actions::*;
pub use configuration::*;
pub use doorstep_talk::*;
pub use dossier::*;
pub use message_contact::*;
pub use quick_note::*;
pub use settings::*;
pub use shared::*;
pub use street_contact::*;
pub use sync::*;
pub use time::{Day, Moment};
pub use today::*;
pub use youths::*;
