//! What happens at the town hall during a run.

use super::books::memberships_in;
use super::broken::Broken;
use super::phone::is_kept;
use super::run::Run;
use super::step::Act;
use crate::world::{Random, SPACES, USERS};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::space::Role;
use drempel_domain::time::{Clock as _, DAY, HOUR, Moment};
use drempel_server::AdminError;

/// The one backup that is kept.
const BACKUP: &str = "backup";

impl Run {
    /// Somebody at the town hall does something.
    pub(super) fn act(&mut self, act: Act, pick: u64) -> Result<(), Broken> {
        let mut random = Random::new(pick);
        match act {
            Act::Restart => self.world.town().restart(),
            Act::BackUp => self.world.town().back_up(BACKUP),
            Act::Restore => self.restore(false),
            Act::RestoreSilently => self.restore(true),
            Act::SetClock(millis) => self.world.town().clock().set_ahead(millis),
            Act::Grant => self.grant(&mut random),
            Act::Revoke => self.revoke(&mut random),
            Act::Release | Act::Discard => return self.quarantine(act, &mut random),
            Act::Erase => self.erase(&mut random),
            Act::Age => self
                .world
                .town()
                .app()
                .age()
                .map(|_| ())
                .expect("records can be aged"),
        }
        Ok(())
    }

    /// The last backup is put back. What is then neither in it nor on the phone that it was written on is gone.
    fn restore(&mut self, silently: bool) {
        if !self.world.town().has_backup(BACKUP) {
            return;
        }
        // What was still under way to the server that failed does not arrive at the one that was put in its place.
        self.phones
            .iter()
            .for_each(|phone| phone.device.line().forget_sent());
        match silently {
            true => self.world.town().restore_silently(BACKUP),
            false => self.world.town().restore(BACKUP),
        }
        self.story.restored = true;
        self.story.disturbed |= silently;
        self.excuse_what_is_nowhere();
        self.restore_memberships();
    }

    /// A phone keeps what it delivered until a backup covers it, but not for more than 30 days, not when its files
    /// were put back, and not when it had to remove the space.
    fn excuse_what_is_nowhere(&mut self) {
        let books = self.books();
        let now = self.world.time().now();
        let excused: Vec<bool> = self
            .story
            .written
            .iter()
            .map(|written| {
                let phone = self.phone(written.phone);
                let old = written.at.plus_millis(30 * DAY) < now;
                let put_back = phone.life != written.life;
                let was_away = self.story.was_away(phone.user, written);
                (old || put_back || was_away) && !books.has(written) && !is_kept(phone, written)
            })
            .collect();
        for (written, excused) in self.story.written.iter_mut().zip(excused) {
            if excused {
                written
                    .excused
                    .get_or_insert("it was only in the server's data, and they were put back");
            }
        }
    }

    /// Memberships are in the backup as well: they are as they were then.
    fn restore_memberships(&mut self) {
        let spans = memberships_in(&self.world.town().database());
        let now = self.now();
        self.story.set_memberships(now, spans);
    }

    fn now(&self) -> Moment {
        self.world.town().clock().now()
    }

    fn grant(&mut self, random: &mut Random) {
        let (user, space) = some_span(random);
        let role = if random.percent(30) {
            Role::Reader
        } else {
            Role::Member
        };
        let from = self.now().plus_millis(-some_past(random));
        self.world
            .town()
            .app()
            .grant(user, space, role, from)
            .expect("somebody known can be let in");
        self.restore_memberships();
    }

    fn revoke(&mut self, random: &mut Random) {
        let (user, space) = some_span(random);
        let at = self.now().plus_millis(-some_past(random));
        self.world
            .town()
            .app()
            .revoke_membership(user, space, at)
            .expect("a membership can be ended");
        self.restore_memberships();
    }

    fn quarantine(&mut self, act: Act, random: &mut Random) -> Result<(), Broken> {
        let app = self.world.town().app();
        let waiting = app
            .quarantine()
            .map_err(|error| Broken::new(0, error.to_string()))?;
        let Some(entry) = random.of(&waiting) else {
            return Ok(());
        };
        let done = match act {
            Act::Release => app.release(entry.space, entry.device, entry.seq),
            _ => app.discard(entry.space, entry.device, entry.seq),
        };
        match done {
            Ok(()) if act == Act::Discard => {
                if let Some(change) = &entry.change {
                    self.story.throw_away(entry.space, change.record, &change.set);
                }
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
        let known: Vec<(SpaceId, RecordId)> = self
            .story
            .written
            .iter()
            .map(|written| (written.space, written.change.record))
            .collect();
        let Some((space, record)) = random.of(&known).copied() else {
            return;
        };
        if self.world.town().app().erase(space, record).is_ok() {
            self.story.erased.insert((space, record));
        }
    }
}

/// A user and a space that may get to do with each other. Nobody is let into another one's own space.
fn some_span(random: &mut Random) -> (&'static str, &'static str) {
    let shared: Vec<&&str> = SPACES.iter().filter(|name| !name.starts_with("own-")).collect();
    let user = random.of(&USERS).copied().unwrap_or("ana");
    (user, random.of(&shared).map_or("team", |name| name))
}

/// How long ago something took effect: now, or at most two days.
fn some_past(random: &mut Random) -> i64 {
    match random.percent(50) {
        true => 0,
        false => i64::try_from(random.below(48)).unwrap_or(0) * HOUR,
    }
}
