//! What happens at the town hall while phones are lost.

use super::run::Run;
use super::step::Act;
use super::story::entries_with;
use crate::simulation::Broken;
use crate::simulation::story::words_of;
use crate::world::Random;
use drempel_domain::space::Role;
use drempel_domain::time::{Clock as _, DAY, HOUR, Moment};
use drempel_server::AdminError;

/// The one backup that is kept.
const BACKUP: &str = "backup";
/// Whose membership of the team begins and ends.
const MEMBERS: [&str; 2] = ["ana", "bo"];
/// How long a phone keeps in its library what the municipality received.
const KEPT: i64 = 30 * DAY;

impl Run {
    /// Somebody at the town hall does something.
    pub(super) fn act(&mut self, act: Act, pick: u64) -> Result<(), Broken> {
        let mut random = Random::new(pick);
        match act {
            Act::Restart => self.world.town().restart(),
            Act::BackUp => {
                self.world.town().back_up(BACKUP);
                self.story.backup_is_behind = false;
            }
            Act::Restore => self.restore(false),
            Act::RestoreSilently => self.restore(true),
            Act::RotateKeys => drop(self.world.town().app().rotate_keys().expect("keys can be made")),
            Act::RevokeDevice => self.revoke_device(&mut random),
            Act::Revoke => self.revoke(&mut random),
            Act::Grant => self.grant(&mut random),
            Act::Release | Act::Discard => self.decide(act, &mut random)?,
            Act::Erase => self.erase(&mut random),
        }
        Ok(())
    }

    /// The last backup is put back, unless it does not know a phone that was enrolled since: nobody can tell what such
    /// a phone brings from what a stranger would bring.
    fn restore(&mut self, silently: bool) {
        if !self.world.town().has_backup(BACKUP) || self.story.backup_is_behind {
            return;
        }
        for phone in &self.phones {
            phone.handset.line().forget_sent();
        }
        match silently {
            true => self.world.town().restore_silently(BACKUP),
            false => self.world.town().restore(BACKUP),
        }
        self.story.restored = true;
        self.story.disturbed |= silently;
        self.excuse_what_is_nowhere();
    }

    /// A phone keeps what it delivered until a backup covers it, but not for more than 30 days, and not when it had to
    /// remove the space.
    fn excuse_what_is_nowhere(&mut self) {
        let books = self.books();
        let now = self.world.time().now();
        for written in &mut self.story.written {
            let phone = self.phones.get(written.phone);
            let removed = phone.is_some_and(|phone| phone.removed.contains(&written.space));
            let old = written.at.plus_millis(KEPT) < now;
            if (removed || old) && !written.arrived(&books) {
                written
                    .excused
                    .get_or_insert("it was only in the server's data, and they were put back");
            }
        }
    }

    fn now(&self) -> Moment {
        self.world.town().clock().now()
    }

    fn revoke_device(&mut self, random: &mut Random) {
        let lost_at = random.percent(50).then(|| self.now().plus_millis(-HOUR));
        let phone = random.below(self.phones.len());
        let Some(device) = self.phone(phone).device else {
            return;
        };
        // The server may know it under another number by now.
        if self.world.town().app().revoke_device(device, lost_at).is_ok() {
            self.phone_mut(phone).suspect = true;
        }
    }

    fn revoke(&mut self, random: &mut Random) {
        let user = random.of(&MEMBERS).copied().unwrap_or("ana");
        let now = self.now();
        let ended = self.world.town().app().revoke_membership(user, "team", now);
        ended.expect("a membership can be ended");
        let (team, user) = (self.world.space("team"), self.world.user(user));
        for phone in self.phones.iter_mut().filter(|phone| phone.user == user) {
            phone.removed.insert(team);
        }
    }

    fn grant(&mut self, random: &mut Random) {
        let user = random.of(&MEMBERS).copied().unwrap_or("ana");
        let granted = self
            .world
            .town()
            .app()
            .grant(user, "team", Role::Member, self.now());
        granted.expect("somebody known can be let in");
    }

    fn decide(&mut self, act: Act, random: &mut Random) -> Result<(), Broken> {
        let app = self.world.town().app();
        let waiting = app
            .quarantine()
            .map_err(|error| Broken::new(0, error.to_string()))?;
        let Some(entry) = random.of(&waiting) else {
            return Ok(());
        };
        let decided = match act {
            Act::Release => app.release(entry.space, entry.device, entry.seq),
            _ => app.discard(entry.space, entry.device, entry.seq),
        };
        match decided {
            Ok(()) if act == Act::Discard => {
                let words = entry.change.iter().flat_map(|change| words_of(&change.set));
                self.story.thrown_away.extend(words);
                Ok(())
            }
            Ok(()) | Err(AdminError::CannotBeReleased) => Ok(()),
            Err(error) => Err(Broken::new(
                5,
                format!("a quarantined change cannot be decided on: {error}"),
            )),
        }
    }

    fn erase(&mut self, random: &mut Random) {
        let books = self.books();
        let notes: Vec<_> = books
            .records
            .iter()
            .filter(|(_, kept)| kept.collection == "quick_note" && kept.standing == "live")
            .map(|(key, _)| *key)
            .collect();
        let Some((space, record)) = random.of(&notes).copied() else {
            return;
        };
        if self.world.town().app().erase(space, record).is_ok() {
            self.story.erased.insert((space, record));
            let has_it = |word: &u64| {
                entries_with(&books, *word).any(|entry| (entry.space, entry.record) == (space, Some(record)))
            };
            let words = self.story.written.iter().map(|written| written.word);
            self.story.erased_words.extend(words.filter(has_it));
        }
    }
}
