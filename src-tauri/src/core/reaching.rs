//! Reaching a young person outside the app.

use super::shell::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_screens::FailureCode;
use drempel_screens::shapes::ReachBy;

impl Shell {
    /// Has the device's own app begin a call or a message. The number is told to that app and to nobody else.
    pub(crate) fn reach_youth(&self, youth: RecordId, by: ReachBy) -> Answer<()> {
        let reach = self.open(|screens| screens.reach_youth(youth, by))?;
        match (self.open_outside)(reach.address()) {
            true => Ok(()),
            false => Err(FailureCode::NotAvailable.into()),
        }
    }
}
