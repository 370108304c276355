//! A phone in a run: the handset, and what is true of it whatever it says.

use crate::simulation::Broken;
use crate::world::Handset;
use drempel_client::Client;
use drempel_client::phone::{PhoneError, Stage};
use drempel_domain::id::{DeviceId, SpaceId, UserId};
use drempel_domain::time::Moment;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A copy of a phone's files.
pub(super) struct Copy {
    /// Where it is.
    pub(super) files: PathBuf,
    /// How much had been written anywhere by then.
    pub(super) written: usize,
    /// How many wrong codes in a row had been typed by then.
    pub(super) wrong: u8,
}

/// One phone.
pub(super) struct Phone {
    /// The app.
    pub(super) handset: Handset,
    /// Its user.
    pub(super) user: UserId,
    /// Its device number, while it is enrolled.
    pub(super) device: Option<DeviceId>,
    /// A copy of its files.
    pub(super) copy: Option<Copy>,
    /// Wrong codes in a row.
    pub(super) wrong: u8,
    /// How far its user's clock is ahead.
    pub(super) ahead: i64,
    /// Whether its clocks ran true since its last contact, and that is known.
    pub(super) honest: bool,
    /// When it last synchronised, in true time.
    pub(super) contact: Moment,
    /// Whether the machine's key is gone.
    pub(super) key_lost: bool,
    /// Whether the municipality may refuse its token: revoked, copied, or its files were put back.
    pub(super) suspect: bool,
    /// Whether its files were put back, and it did not synchronise since.
    pub(super) put_back: bool,
    /// Whether it is known that what could be read on it is gone.
    pub(super) ended: bool,
    /// Words in forms that were sealed, and must come back after unlocking.
    pub(super) forms: BTreeSet<u64>,
    /// Words in all forms that were typed in here.
    pub(super) typed: BTreeSet<u64>,
    /// Spaces that it may have been told to remove.
    pub(super) removed: BTreeSet<SpaceId>,
}

impl Phone {
    /// A phone that the municipality does not know yet.
    pub(super) fn new(handset: Handset, user: UserId, now: Moment) -> Self {
        Self {
            handset,
            user,
            device: None,
            copy: None,
            wrong: 0,
            ahead: 0,
            honest: true,
            contact: now,
            key_lost: false,
            suspect: false,
            put_back: false,
            ended: false,
            forms: BTreeSet::new(),
            typed: BTreeSet::new(),
            removed: BTreeSet::new(),
        }
    }

    /// Another enrolment begins.
    pub(super) fn begin_anew(&mut self, device: DeviceId, now: Moment) {
        self.device = Some(device);
        self.copy = None;
        self.wrong = 0;
        self.honest = true;
        self.contact = now;
        self.key_lost = false;
        self.suspect = false;
        self.put_back = false;
        self.ended = false;
        self.forms.clear();
        self.removed.clear();
    }

    /// Whether its library is open, to be read or only to reach the municipality with.
    pub(super) fn is_library_open(&self) -> bool {
        matches!(self.stage(), Stage::Open | Stage::ReadLocked)
    }

    /// In which stage the app says it is.
    pub(super) fn stage(&self) -> Stage {
        self.handset.phone().stage()
    }

    /// Does something with the library of an open phone; nothing in every other stage.
    pub(super) fn with_open<T>(&self, work: impl FnOnce(&Client) -> T) -> Option<T> {
        self.handset.phone().with_open(work).ok()
    }
}

/// A run in which that happens cannot go on.
pub(super) fn failed(what: &str) -> impl Fn(PhoneError) -> Broken {
    move |error| Broken::new(0, format!("{what}: {error:?}"))
}
