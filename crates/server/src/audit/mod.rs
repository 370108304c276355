//! What is written down for the privacy officer: which events there are, and what each says.

mod event;

pub(crate) use event::Event;
