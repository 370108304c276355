//! The lock, the lease and the end of a phone: what each may come to, told from what really happened.

use super::phone::failed;
use super::run::Run;
use super::story::word;
use crate::simulation::Broken;
use crate::simulation::broken::must;
use crate::simulation::story::words_in;
use crate::world::{CODE, code};
use drempel_client::phone::{Ending, Stage, Unlocking};
use drempel_domain::time::{DAY, HOUR, MINUTE};
use std::collections::BTreeSet;

/// A code that opens nothing.
const WRONG: &str = "82047194";
/// Wrong codes after which nothing readable is left.
const MOST_WRONG: u8 = 10;

impl Run {
    /// Its owner types the code.
    pub(super) fn unlock(&mut self, phone: usize) -> Result<(), Broken> {
        if self.phone(phone).stage() != Stage::Locked {
            return Ok(());
        }
        let unlocking = self.try_code(phone, CODE)?;
        let wrong = self.phone(phone).wrong;
        match unlocking {
            Unlocking::Open | Unlocking::ReadLocked => {
                self.phone_mut(phone).wrong = 0;
                self.story.seal(phone);
                self.check_forms(phone)?;
            }
            // Nobody waits for less than three.
            Unlocking::TooEarly => must(wrong >= 3, 0, || "the owner has to wait for nothing".to_owned())?,
            Unlocking::Wrong | Unlocking::NotRecognised => {
                return Err(Broken::new(0, "the right code opens nothing"));
            }
            Unlocking::Ended(ending) => self.check_ending(phone, ending)?,
        }
        self.check_lease(phone)
    }

    /// Somebody types a wrong code.
    pub(super) fn try_wrong_code(&mut self, phone: usize) -> Result<(), Broken> {
        if self.phone(phone).stage() != Stage::Locked {
            return Ok(());
        }
        match self.try_code(phone, WRONG)? {
            Unlocking::Wrong => {
                self.phone_mut(phone).wrong += 1;
                must(self.phone(phone).wrong < MOST_WRONG, 0, || {
                    "ten wrong codes did not wipe it".to_owned()
                })
            }
            Unlocking::TooEarly => must(self.phone(phone).wrong >= 3, 0, || {
                "a third try has to wait".to_owned()
            }),
            Unlocking::Ended(Ending::TooManyTries) => {
                self.phone_mut(phone).wrong += 1;
                self.check_ending(phone, Ending::TooManyTries)
            }
            Unlocking::Ended(ending) => self.check_ending(phone, ending),
            Unlocking::Open | Unlocking::ReadLocked | Unlocking::NotRecognised => {
                Err(Broken::new(0, "a wrong code opens it"))
            }
        }
    }

    /// Somebody types wrong codes, with all the time there is.
    pub(super) fn try_wrong_codes(&mut self, phone: usize) -> Result<(), Broken> {
        while self.phone(phone).stage() == Stage::Locked {
            self.try_wrong_code(phone)?;
            self.world.pass(2 * HOUR);
        }
        Ok(())
    }

    fn try_code(&self, phone: usize, typed: &str) -> Result<Unlocking, Broken> {
        let handset = &self.phone(phone).handset;
        let app = handset.phone();
        handset
            .wait(app.unlock(&code(typed)))
            .map_err(failed("no code can be tried"))
    }

    /// Each form that was typed in while it was locked has come back.
    fn check_forms(&self, phone: usize) -> Result<(), Broken> {
        let phone = self.phone(phone);
        let drafts = phone.with_open(|client| client.drafts());
        let Some(drafts) = drafts else {
            return Ok(());
        };
        let drafts = drafts.map_err(|error| Broken::new(0, error.to_string()))?;
        let back: BTreeSet<u64> = drafts
            .iter()
            .flat_map(|draft| words_in(draft.content.to_string().as_bytes()))
            .collect();
        let lost: Vec<String> = phone.forms.difference(&back).map(|form| word(*form)).collect();
        must(lost.is_empty(), 5, || {
            format!("forms did not come back: {lost:?}")
        })
    }

    fn check_ending(&self, phone: usize, ending: Ending) -> Result<(), Broken> {
        let phone = self.phone(phone);
        let fits = match ending {
            Ending::TooManyTries => phone.wrong >= MOST_WRONG,
            Ending::KeyLost => phone.key_lost,
            Ending::Revoked => phone.suspect,
            Ending::LeaseOver | Ending::OnRequest => true,
        };
        must(fits, 0, || {
            format!("it ended for {ending:?} after {} wrong codes", phone.wrong)
        })
    }

    /// What the lease allows fits the true time without contact, as long as the phone's clocks ran true.
    pub(super) fn check_lease(&self, phone: usize) -> Result<(), Broken> {
        let phone = self.phone(phone);
        let passed = self.world.time().now().millis() - phone.contact.millis();
        let fits = match phone.stage() {
            Stage::Open => passed < 7 * DAY + MINUTE,
            Stage::ReadLocked => passed >= 7 * DAY - MINUTE,
            Stage::Ended(Ending::LeaseOver) if !phone.ended => passed >= 14 * DAY - MINUTE,
            Stage::NotEnrolled | Stage::Locked | Stage::Ended(_) => true,
        };
        must(fits || !phone.honest, 0, || {
            format!("{passed} ms after its last contact it is {:?}", phone.stage())
        })
    }

    /// Looks at a phone after each step: what it heard, and whether it has come to its end.
    pub(super) fn look_at(&mut self, phone: usize) -> Result<(), Broken> {
        self.check_heard(phone)?;
        if let Stage::Ended(_) = self.phone(phone).stage()
            && !self.phone(phone).ended
        {
            self.excuse_what_went_with_it(phone);
            let phone = self.phone_mut(phone);
            phone.ended = true;
            phone.copy = None;
            phone.forms.clear();
        }
        self.check_files(phone)
    }

    /// Two things are lost with a phone that has come to its end: what was saved just before a kill, as long as it was
    /// not unlocked again; and what has numbers that the server knows otherwise, as long as it did not synchronise since
    /// its files were put back.
    fn excuse_what_went_with_it(&mut self, phone: usize) {
        let books = self.books();
        let put_back = self.phone(phone).put_back;
        for written in self.story.of(phone).filter(|written| !written.arrived(&books)) {
            if put_back {
                written
                    .excused
                    .get_or_insert("its phone ended with files that were put back");
            }
            if !written.sealed {
                written
                    .excused
                    .get_or_insert("its app was killed within moments, and its phone ended locked");
            }
        }
    }
}
