//! Reaching somebody outside the app: a young person, the administrator.

use super::shell::{Answer, Shell};
use drempel_domain::id::RecordId;
use drempel_domain::rules::telephone;
use drempel_screens::FailureCode;
use drempel_screens::shapes::ReachBy;

impl Shell {
    /// Has the device's own app begin a call or a message. The number is told to that app and to nobody else.
    pub(crate) fn reach_youth(&self, youth: RecordId, by: ReachBy) -> Answer<()> {
        let reach = self.open(|screens| screens.reach_youth(youth, by))?;
        self.go_outside(reach.address())
    }

    /// Has the device's own app call whom the municipality named. Works in every stage.
    pub(crate) fn call_administrator(&self) -> Answer<()> {
        let noted = self.outside.administrator_phone();
        let number = noted.as_deref().and_then(telephone::number);
        let number = number.ok_or(FailureCode::NotAvailable)?;
        self.go_outside(&["tel:", &number].concat())
    }

    fn go_outside(&self, address: &str) -> Answer<()> {
        match (self.open_outside)(address) {
            true => Ok(()),
            false => Err(FailureCode::NotAvailable.into()),
        }
    }
}
