//! What a person can do, a file a subject.

mod amending;
mod budget;
mod contributions;
mod corrections;
mod course;
mod drafts;
mod follow_ups;
mod groups;
mod in_bulk;
mod investigation;
mod messages;
mod overwritten;
mod problems;
mod quick_notes;
mod rounds;
mod same_moment;
mod sharing;
mod street_contacts;
mod talks;
mod youths;

pub use amending::Amendment;
pub use course::TrackStart;
pub use follow_ups::FollowUp;
pub use in_bulk::Given;
pub use messages::MessageForm;
pub use quick_notes::{Into, QuickNoteForm};
pub use rounds::{Half, RoundStart};
pub use street_contacts::{Person, StreetContactForm};
pub use talks::{DoorstepTalkForm, Invitation};
pub use youths::YouthForm;
