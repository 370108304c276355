//! Everything comes to rest: networks work, clocks are right, owners are at their phones, a backup covers everything.

use super::run::Run;
use crate::simulation::{Broken, Network};
use drempel_client::phone::Stage;
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
        }
        self.come_to_rest()?;
        self.world.town().back_up("at the end");
        self.come_to_rest()
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
