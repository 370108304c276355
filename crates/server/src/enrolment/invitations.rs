//! Printed invitations: three days, inert until the administrator has confirmed the device's fingerprint.

use crate::admin::AdminError;
use crate::app::App;
use crate::storage::{NewInvitation, WaitingDevice};
use drempel_domain::time::{HOUR, Moment};
use drempel_sealing::invitation::{Invitation, ServerAddress};
use drempel_sealing::randomness::Randomness;

/// How long an invitation counts, in milliseconds.
const LIFETIME: i64 = 72 * HOUR;

/// An invitation for one person, to be printed.
#[derive(Debug)]
pub struct PrintedInvitation {
    /// The person's name.
    pub name: String,
    /// What its QR code says, and what can be typed where it cannot be scanned.
    pub invitation: Invitation,
    /// Until when it counts.
    pub until: Moment,
}

impl App {
    /// Makes an invitation for each member of a space (by short name), in the order of their names.
    ///
    /// # Errors
    /// [`AdminError::NoSuchSpace`]; nothing is made then.
    pub fn invite_team(
        &self,
        space: &str,
        address: &ServerAddress,
    ) -> Result<Vec<PrintedInvitation>, AdminError> {
        let directory = self.storage().directory()?;
        let now = self.now();
        let space = crate::space_id(space);
        directory.space(space).ok_or(AdminError::NoSuchSpace)?;
        let mut people: Vec<_> = directory
            .members(space, now)
            .filter_map(|(user, _)| directory.person(user))
            .collect();
        people.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        let mut randomness = Randomness::of_the_system()?;
        let until = now.plus_millis(LIFETIME);
        let (mut kept, mut printed) = (Vec::new(), Vec::new());
        for person in people {
            let invitation = Invitation::generate(address.clone(), &mut randomness);
            kept.push(NewInvitation {
                sha256: invitation.hash(),
                user: person.id,
                expires_at: until,
            });
            printed.push(PrintedInvitation {
                name: person.name.clone(),
                invitation,
                until,
            });
        }
        self.storage().put_invitations(&kept, now)?;
        Ok(printed)
    }

    /// Devices that showed an invitation and wait, the one that waits longest first.
    pub fn waiting_devices(&self) -> Result<Vec<WaitingDevice>, AdminError> {
        Ok(self.storage().waiting(self.now())?)
    }

    /// Enrols the device that waits with this fingerprint, as the device's own screen shows it. Others with the same
    /// invitation are sent away.
    ///
    /// # Errors
    /// [`AdminError::NobodyWaits`].
    pub fn confirm_device(&self, fingerprint: &str) -> Result<(), AdminError> {
        let numbers = self.new_numbers();
        self.storage()
            .confirm(&written(fingerprint), numbers, self.now())?
            .then_some(())
            .ok_or(AdminError::NobodyWaits)
    }

    /// Sends the device that waits with this fingerprint away, and ends the invitation that it showed.
    ///
    /// # Errors
    /// [`AdminError::NobodyWaits`].
    pub fn refuse_device(&self, fingerprint: &str) -> Result<(), AdminError> {
        self.storage()
            .refuse(&written(fingerprint), self.now())?
            .then_some(())
            .ok_or(AdminError::NobodyWaits)
    }
}

/// A fingerprint as it is kept, however it was typed.
fn written(fingerprint: &str) -> String {
    let digits: Vec<char> = fingerprint.chars().filter(char::is_ascii_digit).collect();
    let groups = digits.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_with_and_without_spaces() {
        for typed in ["5977 5878 8701", "597758788701", "5977-5878-8701 "] {
            assert_eq!(written(typed), "5977 5878 8701", "{typed}");
        }
    }
}
