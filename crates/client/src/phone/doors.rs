//! The doors to the key of the library, as files: the slots, whose they are, and the count of tries.

use super::folder::{self, Folder};
use super::{Machine, PhoneError};
use drempel_domain::id::{DeviceId, UserId};
use drempel_sealing::secret::DatabaseKey;
use drempel_sealing::slot::{Code, Holder, KeySlots, SlotError};
use drempel_sealing::tries::{Next, TriesError, TryCounter};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The slots of a phone and the count of tries at them. One for the whole process.
#[derive(Debug)]
pub(super) struct Doors {
    folder: Folder,
    holder: Holder,
    slots: KeySlots,
    tries: TryCounter,
}

/// The slots as they are kept, with the identifiers to which they are bound.
///
/// The phone makes these up: the slots are written before the municipality says who the user is.
#[derive(Serialize, Deserialize)]
struct Kept {
    user: UserId,
    device: DeviceId,
    slots: Box<RawValue>,
}

/// What became of a try at a code.
pub(super) enum Tried {
    /// It was right.
    Opened(DatabaseKey),
    /// It was wrong.
    Wrong,
    /// It is too early for one; nothing was checked.
    TooEarly,
    /// There were too many: everything readable must go.
    TooMany,
}

impl Doors {
    /// Makes the door with a code, before anything is behind it.
    pub(super) fn make(
        folder: &Folder,
        machine: &Machine,
        key: &DatabaseKey,
        code: &Code,
    ) -> Result<Self, PhoneError> {
        let mut randomness = machine.random()?;
        code.check(machine.hardware.is_hardware())?;
        machine.hardware.renew(&mut randomness)?;
        let holder = Holder {
            user: UserId::new(machine.ids.next()),
            device: DeviceId::new(machine.ids.next()),
        };
        let cost = machine.cost();
        let slots = KeySlots::create(key, code, &*machine.hardware, holder, cost, &mut randomness)?;
        // A slot without a count would have one try left, so the count comes first.
        let tries = TryCounter::create(&folder.tries(), machine.counting_clocks())?;
        let doors = Self {
            folder: folder.clone(),
            holder,
            slots,
            tries,
        };
        doors.keep()?;
        Ok(doors)
    }

    /// The doors that were kept; nothing when none were.
    pub(super) fn found(folder: &Folder, machine: &Machine) -> Result<Option<Self>, PhoneError> {
        let Some(kept) = folder::kept::<Kept>(&folder.doors(), "doors")? else {
            return Ok(None);
        };
        Ok(Some(Self {
            folder: folder.clone(),
            holder: Holder {
                user: kept.user,
                device: kept.device,
            },
            slots: KeySlots::from_json(kept.slots.get().as_bytes())?,
            tries: TryCounter::open(&folder.tries(), machine.counting_clocks())?,
        }))
    }

    pub(super) fn slots(&self) -> &KeySlots {
        &self.slots
    }

    pub(super) fn failed(&self) -> u8 {
        self.tries.failed()
    }

    /// Whether a try is allowed now.
    pub(super) fn next(&mut self, machine: &Machine) -> Result<Next, PhoneError> {
        Ok(self.tries.next(&machine.counting_clocks())?)
    }

    /// Tries a code: counted durably before it is checked.
    pub(super) fn try_code(&mut self, machine: &Machine, code: &Code) -> Result<Tried, PhoneError> {
        let attempt = match self.tries.begin(&machine.counting_clocks()) {
            Ok(attempt) => attempt,
            Err(TriesError::NotAllowed) => return self.after_a_try(machine, Tried::TooEarly),
            Err(other) => return Err(other.into()),
        };
        match self.slots.open(code, &*machine.hardware, self.holder, attempt) {
            Ok((key, passed)) => {
                self.tries.reset(passed, machine.counting_clocks())?;
                Ok(Tried::Opened(key))
            }
            Err(SlotError::NotOpened) => self.after_a_try(machine, Tried::Wrong),
            Err(other) => Err(other.into()),
        }
    }

    fn after_a_try(&mut self, machine: &Machine, otherwise: Tried) -> Result<Tried, PhoneError> {
        match self.next(machine)? {
            Next::Wipe => Ok(Tried::TooMany),
            Next::Allowed { .. } | Next::Wait { .. } => Ok(otherwise),
        }
    }

    /// Asks for fingers or a face. Once a wipe is due they open nothing any more.
    pub(super) fn try_biometrics(&mut self, machine: &Machine) -> Result<DatabaseKey, PhoneError> {
        let biometrics = machine.biometrics.as_ref().ok_or(PhoneError::NoBiometrics)?;
        if self.next(machine)? == Next::Wipe {
            return Err(PhoneError::WrongCode);
        }
        let had = self.slots.has_biometrics();
        let opened = self.slots.open_with_biometrics(&**biometrics, self.holder);
        if had && !self.slots.has_biometrics() {
            self.keep()?;
        }
        Ok(opened?)
    }

    /// Puts another code in the place of the old one.
    pub(super) fn change_code(
        &mut self,
        machine: &Machine,
        key: &DatabaseKey,
        code: &Code,
    ) -> Result<(), PhoneError> {
        let mut slots = self.slots.clone();
        let (cost, mut randomness) = (machine.cost(), machine.random()?);
        slots.change_code(key, code, &*machine.hardware, self.holder, cost, &mut randomness)?;
        self.replace(slots)
    }

    /// Lets fingers or a face open as well.
    pub(super) fn add_biometrics(&mut self, machine: &Machine, key: &DatabaseKey) -> Result<(), PhoneError> {
        let biometrics = machine.biometrics.as_ref().ok_or(PhoneError::NoBiometrics)?;
        let mut slots = self.slots.clone();
        slots.add_biometrics(key, &**biometrics, self.holder, &mut machine.random()?)?;
        self.replace(slots)
    }

    /// Leaves the code as the only door.
    pub(super) fn remove_biometrics(&mut self) -> Result<(), PhoneError> {
        let mut slots = self.slots.clone();
        slots.remove_biometrics();
        self.replace(slots)
    }

    /// Uses other slots once they are on the disk.
    fn replace(&mut self, slots: KeySlots) -> Result<(), PhoneError> {
        let before = std::mem::replace(&mut self.slots, slots);
        self.keep().inspect_err(|_| self.slots = before)
    }

    fn keep(&self) -> Result<(), PhoneError> {
        let slots = RawValue::from_string(self.slots.to_json()?).map_err(std::io::Error::from)?;
        let kept = Kept {
            user: self.holder.user,
            device: self.holder.device,
            slots,
        };
        folder::keep(&self.folder.doors(), &kept)
    }
}
