//! Reaching a young person outside the app: where the device's own app for calls or messages is to go.

use crate::failure::{CommandError, FailureCode};
use crate::screens::Screens;
use crate::shapes::ReachBy;
use drempel_domain::id::{Id, RecordId};
use drempel_domain::records::youths::Youth;
use drempel_domain::rules::telephone::number;

/// An address of the device's own app. It holds a person's number: it prints as nothing, and is not for a log.
pub struct Reach(String);

impl Reach {
    /// The address: `tel:` or `sms:` and a number.
    pub fn address(&self) -> &str {
        &self.0
    }
}

impl Screens<'_> {
    /// Where the device's own app is to go.
    ///
    /// # Errors
    /// `not_found` when the young person is not on this device, `refused` (`phone`) when what was noted is no number.
    pub fn reach_youth(&self, youth: RecordId, by: ReachBy) -> Result<Reach, CommandError> {
        let opened = self.client.open_record(Id::<Youth>::new(youth))?;
        if opened.common().deleted == Some(true) {
            return Err(FailureCode::NotFound.into());
        }
        let noted = opened.record.phone.unwrap_or_default();
        let number = number(&noted).ok_or_else(|| CommandError::refused("phone", "no_number"))?;
        let scheme = match by {
            ReachBy::Message => "sms:",
            ReachBy::Phone => "tel:",
        };
        Ok(Reach([scheme, &number].concat()))
    }
}
