//! The true time of a town, and the clocks on its walls and phones, which may say something else.

use super::random::Random;
use drempel_domain::id::BootId;
use drempel_domain::time::{Clock, Clocks, Moment};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What time it really is. It stands still until it is told to pass.
#[derive(Debug)]
pub struct TrueTime {
    now: AtomicI64,
    each_look: AtomicI64,
}

impl TrueTime {
    /// A time that begins at that instant.
    pub fn from(begin: Moment) -> Arc<Self> {
        Arc::new(Self {
            now: AtomicI64::new(begin.millis()),
            each_look: AtomicI64::new(0),
        })
    }

    /// The instant.
    pub fn now(&self) -> Moment {
        Moment::from_millis(self.now.load(Ordering::SeqCst))
    }

    /// So many milliseconds pass.
    pub fn pass(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::SeqCst);
    }

    /// From now on so many milliseconds pass at each look on a phone's clock, so that work seems to take time.
    pub fn pass_at_each_look(&self, millis: i64) {
        self.each_look.store(millis, Ordering::SeqCst);
    }
}

/// A phone's clocks: the one that its user can set, and the one that counts since the phone was switched on.
#[derive(Debug)]
pub struct DeviceClock {
    time: Arc<TrueTime>,
    set: Mutex<Setting>,
}

#[derive(Debug)]
struct Setting {
    ahead: i64,
    booted_at: Option<i64>,
    boots: Random,
    boot: BootId,
}

impl DeviceClock {
    /// Clocks that show the true time, on a phone that was just switched on.
    pub fn new(time: Arc<TrueTime>, mut boots: Random) -> Arc<Self> {
        let boot = BootId::new(boots.uuid());
        let booted_at = Some(time.now().millis());
        Arc::new(Self {
            time,
            set: Mutex::new(Setting {
                ahead: 0,
                booted_at,
                boots,
                boot,
            }),
        })
    }

    /// Sets the user's clock so many milliseconds ahead of the true time (behind, when negative).
    pub fn set_ahead(&self, millis: i64) {
        self.setting(|setting| setting.ahead = millis);
    }

    /// The phone is switched off and on again: its counting clock begins anew.
    pub fn reboot(&self) {
        let now = self.time.now().millis();
        self.setting(|setting| {
            setting.boot = BootId::new(setting.boots.uuid());
            setting.booted_at = Some(now);
        });
    }

    /// The phone has no counting clock that can be told from another run's.
    pub fn lose_count(&self) {
        self.setting(|setting| setting.booted_at = None);
    }

    fn setting<T>(&self, change: impl FnOnce(&mut Setting) -> T) -> T {
        change(&mut self.set.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Clock for DeviceClock {
    fn clocks(&self) -> Clocks {
        let now = self.time.now().millis();
        self.time.pass(self.time.each_look.load(Ordering::SeqCst));
        self.setting(|setting| Clocks {
            wall: now + setting.ahead,
            boot: setting.booted_at.map(|_| setting.boot),
            mono: setting.booted_at.map(|booted| now - booted),
        })
    }
}

/// The server's clock.
#[derive(Debug)]
pub struct TownClock {
    time: Arc<TrueTime>,
    ahead: AtomicI64,
}

impl TownClock {
    /// A clock that shows the true time.
    pub fn new(time: Arc<TrueTime>) -> Arc<Self> {
        Arc::new(Self {
            time,
            ahead: AtomicI64::new(0),
        })
    }

    /// Sets it so many milliseconds ahead of the true time (behind, when negative).
    pub fn set_ahead(&self, millis: i64) {
        self.ahead.store(millis, Ordering::SeqCst);
    }
}

impl Clock for TownClock {
    fn clocks(&self) -> Clocks {
        Clocks {
            wall: self.time.now().millis() + self.ahead.load(Ordering::SeqCst),
            boot: None,
            mono: None,
        }
    }
}
