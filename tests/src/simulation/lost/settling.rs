//! Everything comes to rest: networks work, clocks are right, owners are at their phones, a backup covers everything.

use super::run::Run;
use crate::simulation::broken::must;
use crate::simulation::{Broken, Network};
use drempel_client::phone::{Ending, Stage};
use drempel_domain::time::HOUR;

/// Rounds in which everything must come to rest.
const ROUNDS: usize = 12;

impl Run {
    /// Everyone reaches out until nothing moves any more, before and after a backup.
    pub(super) fn settle(&mut self) -> Result<(), Broken> {
        for phone in 0..self.phones.len() {
            self.let_the_late_arrive(phone);
            self.set_ahead(phone, 0);
            self.phone(phone).handset.kill();
            self.reach_out_unopened(phone)?;
        }
        self.come_to_rest()?;
        self.world.town().back_up("at the end");
        self.come_to_rest()
    }

    /// A phone that nobody unlocks is told all the same that its access has ended.
    fn reach_out_unopened(&mut self, phone: usize) -> Result<(), Broken> {
        if self.phone(phone).stage() != Stage::Locked {
            return Ok(());
        }
        let is_revoked = self.is_revoked(phone);
        self.deliver(phone, Network::Works)?;
        let of = self.phone(phone);
        let has_ended = of.stage() == Stage::Ended(Ending::Revoked);
        must(has_ended || !is_revoked, 11, || {
            format!("phone {phone} was revoked, reached the municipality, and is still only locked")
        })?;
        must(!has_ended || of.suspect, 11, || {
            format!("phone {phone} ended, and nobody had revoked it")
        })?;
        self.look_at(phone)
    }

    fn is_revoked(&self, phone: usize) -> bool {
        let number = self.phone(phone).device;
        let devices = self
            .world
            .town()
            .app()
            .devices()
            .expect("the devices can be listed");
        let mut revoked = devices.iter().filter(|device| device.revoked_at.is_some());
        number.is_some() && revoked.any(|device| Some(device.id) == number)
    }

    fn let_the_late_arrive(&mut self, phone: usize) {
        let of = self.phone_mut(phone);
        let line = of.handset.line();
        line.mend();
        while line.late() > 0 {
            of.handset.wait(line.deliver_late(0));
            // What it asked with an earlier token may be taken for a copy's.
            of.suspect = true;
        }
    }

    fn come_to_rest(&mut self) -> Result<(), Broken> {
        for round in 0..ROUNDS {
            // What one hands in, another one reads after it.
            let mut moved = round == 0;
            for phone in 0..self.phones.len() {
                moved |= self.reach_out(phone)?;
                self.look_at(phone)?;
            }
            if !moved {
                return Ok(());
            }
            // A phone reads everything anew at most once a day.
            self.world.pass(25 * HOUR);
        }
        Err(Broken::new(1, "the phones and the server never come to rest"))
    }

    /// A phone does what it can to reach the municipality; whether anything moved.
    fn reach_out(&mut self, phone: usize) -> Result<bool, Broken> {
        match self.phone(phone).stage() {
            Stage::NotEnrolled => Ok(false),
            Stage::Locked => {
                self.world.pass(2 * HOUR);
                self.unlock(phone).map(|()| true)
            }
            Stage::Open | Stage::ReadLocked => {
                let report = self.synchronise(phone, Network::Works)?;
                Ok(report.is_none_or(|report| {
                    !report.complete
                        || report.delivered + report.arrived > 0
                        || !report.removed.is_empty()
                        || !report.differed.is_empty()
                }))
            }
            // What it hands in stays on it until a backup covers it, and is handed in again.
            Stage::Ended(_) => self.deliver(phone, Network::Works).map(|_| false),
        }
    }
}
