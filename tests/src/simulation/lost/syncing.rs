//! Phones reach out over networks that may not be what they should.

use super::run::Run;
use crate::simulation::broken::must;
use crate::simulation::trouble::{fates, is_of_the_network};
use crate::simulation::{Broken, Network};
use drempel_client::phone::{PhoneError, Stage};
use drempel_client::sync::{SyncError, SyncReport};
use drempel_protocol::problem::Code;

impl Run {
    /// A phone reaches out over a network: an unlocked one synchronises, every other one hands in sealed work.
    pub(super) fn sync_over(&mut self, phone: usize, network: Network) -> Result<(), Broken> {
        let line = self.phone(phone).handset.line();
        line.mend();
        line.next(fates(network));
        match (network, self.phone(phone).stage()) {
            (_, Stage::NotEnrolled) => Ok(()),
            (Network::Killed { answers, steps }, _) => {
                self.kill_while_reaching_out(phone, answers, steps);
                Ok(())
            }
            (_, Stage::Open | Stage::ReadLocked) => self.synchronise(phone, network).map(drop),
            (_, Stage::Locked | Stage::Ended(_)) => self.deliver(phone, network).map(drop),
        }
    }

    fn kill_while_reaching_out(&mut self, phone: usize, answers: usize, steps: usize) {
        let of = self.phone_mut(phone);
        let (handset, line) = (&of.handset, of.handset.line());
        let is_open = of.is_library_open();
        let app = handset.phone();
        // Nobody is told what came of it.
        if is_open {
            drop(handset.wait(line.until(answers, steps, app.synchronise(line))));
        } else {
            drop(handset.wait(line.until(answers, steps, app.deliver(line))));
        }
        drop(app);
        line.mend();
        handset.kill();
        of.honest = false;
    }

    /// An unlocked phone synchronises; what it reports, when it could.
    pub(super) fn synchronise(
        &mut self,
        phone: usize,
        network: Network,
    ) -> Result<Option<SyncReport>, Broken> {
        let handset = &self.phone(phone).handset;
        let app = handset.phone();
        let synced = handset.wait(app.synchronise(handset.line()));
        drop(app);
        match synced {
            Ok(report) => {
                self.note_contact(phone);
                must(report.differed.is_empty() || self.story.disturbed, 1, || {
                    format!("phone {phone} differs from the server for no reason")
                })?;
                Ok(Some(report))
            }
            Err(error) => {
                // What closes a library seals first what waits in it.
                if !self.phone(phone).is_library_open() {
                    self.story.seal(phone);
                }
                self.judge(phone, network, &error).map(|()| None)
            }
        }
    }

    fn note_contact(&mut self, phone: usize) {
        let now = self.world.time().now();
        self.story.seal(phone);
        let of = self.phone_mut(phone);
        of.contact = now;
        of.honest = true;
        of.put_back = false;
        let device = of.with_open(|client| client.device().ok()).flatten();
        let renumbered = device.is_some() && device != of.device;
        of.device = device.or(of.device);
        self.story.backup_is_behind |= renumbered;
    }

    /// A phone hands in what lies sealed; how many entries, when it could.
    pub(super) fn deliver(&mut self, phone: usize, network: Network) -> Result<Option<usize>, Broken> {
        let handset = &self.phone(phone).handset;
        let app = handset.phone();
        let delivered = handset.wait(app.deliver(handset.line()));
        drop(app);
        match delivered {
            Ok(delivered) => Ok(Some(delivered.handed_in)),
            Err(error) => self.judge(phone, network, &error).map(|()| None),
        }
    }

    /// Reaching out may fail for the network's sake, and because the phone's access has ended.
    fn judge(&self, phone: usize, network: Network, error: &PhoneError) -> Result<(), Broken> {
        let fits = match error {
            PhoneError::Sync(SyncError::Refused {
                code: Code::Revoked, ..
            }) => self.phone(phone).suspect,
            PhoneError::Sync(error) => network != Network::Works && is_of_the_network(error),
            _ => false,
        };
        must(fits, 9, || {
            format!("phone {phone} cannot reach out over {network:?}: {error:?}")
        })
    }
}
