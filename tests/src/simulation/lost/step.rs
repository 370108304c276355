//! What can happen to phones that can be lost, as plain values.

use crate::simulation::Network;

/// One thing that happens. A phone is named by a number that is taken modulo how many there are; a pick chooses among
/// whatever there is to choose from at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something is done with a phone, or happens to it.
    Phone {
        /// Which phone.
        phone: usize,
        /// What.
        event: Event,
        /// On which note, with which request.
        pick: u64,
    },
    /// A phone reaches out over a network: it synchronises when it is unlocked, and hands in sealed work when it is not.
    Sync {
        /// Which phone.
        phone: usize,
        /// How the network behaves.
        network: Network,
    },
    /// Somebody at the town hall does something.
    Office {
        /// What.
        act: Act,
        /// On which record, phone or change.
        pick: u64,
    },
    /// Milliseconds pass.
    Pass(i64),
}

/// What is done with a phone, or happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody writes something down: in the library of an open phone, set aside on a locked one.
    Write,
    /// Somebody writes on in a note.
    Edit,
    /// Somebody types in a form on a locked phone.
    Form,
    /// It is locked.
    Lock,
    /// It is put in a pocket.
    PutAway,
    /// The time that passed has its effect.
    Tick,
    /// Its owner types the code.
    Unlock,
    /// Somebody types a wrong code.
    WrongCode,
    /// Somebody types wrong codes until nothing is left to be tried.
    WrongCodes,
    /// Its owner wipes it.
    Wipe,
    /// The app is killed and started again.
    Kill,
    /// The phone is switched off and on.
    Reboot,
    /// Its user's clock is set so many milliseconds ahead.
    SetAhead(i64),
    /// The machine's key is gone.
    LoseKey,
    /// Its files are copied.
    Copy,
    /// Its files are put back as they were copied.
    GoBack,
    /// Somebody else sends again what it once sent, token included.
    Replay,
    /// It is enrolled, when it is new or nothing is left on it to be read.
    Enrol,
    /// Its person gets another phone, which is not enrolled yet.
    Another,
}

/// What somebody at the town hall does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The server is stopped and started.
    Restart,
    /// A backup is made.
    BackUp,
    /// The last backup is put back as the manual says.
    Restore,
    /// The last backup is put back by copying its files.
    RestoreSilently,
    /// The server gets new keys.
    RotateKeys,
    /// A phone's access ends.
    RevokeDevice,
    /// Somebody's membership of the team ends.
    Revoke,
    /// Somebody becomes a member of the team.
    Grant,
    /// A quarantined change is released.
    Release,
    /// A quarantined change is thrown away.
    Discard,
    /// A record is erased.
    Erase,
}
