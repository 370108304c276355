//! What a line does, as a use case of the app: one function a kind of line.

mod apart;
mod contacts;
mod course;
mod deed;
mod leading_on;
mod network;
mod notes;
mod rounds;
mod table;
mod youths;

pub(crate) use deed::{Deed, Outcome, Rejection, Told};
pub(crate) use table::app_deed;
