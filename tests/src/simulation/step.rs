//! What can happen in a simulated town, as plain values: a plan can be printed, cut and played again.

/// One thing that happens. A phone is named by a number that is taken modulo how many there are; a pick chooses
/// among whatever there is to choose from at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody does something on a phone.
    Deed {
        /// Which phone.
        phone: usize,
        /// What.
        deed: Deed,
        /// On which record, in which space, with which words.
        pick: u64,
    },
    /// A phone synchronises over a network.
    Sync {
        /// Which phone.
        phone: usize,
        /// How the network behaves.
        network: Network,
    },
    /// Something happens to a phone.
    Phone {
        /// Which phone.
        phone: usize,
        /// What.
        event: Event,
    },
    /// Somebody at the town hall does something.
    Office {
        /// What.
        act: Act,
        /// On which record, user or space.
        pick: u64,
    },
    /// Milliseconds pass.
    Pass(i64),
}

/// What somebody does on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// Records a quick note.
    Note,
    /// Records a contact on the street.
    Contact,
    /// Records a contact of a joint round, in two halves.
    JointContact,
    /// Makes a young person known.
    Youth,
    /// Makes something to do.
    Action,
    /// Changes a field of a record as it is now.
    Edit,
    /// Changes a field on every phone that holds the record, each without having heard of the others.
    Dispute,
    /// Takes the value of a field out.
    TakeOut,
    /// Opens a record and leaves it open.
    Open,
    /// Changes a record that was opened earlier, as it was seen then.
    SaveOpened,
    /// Deletes a record.
    Delete,
    /// Restores a deleted record.
    Restore,
    /// Puts an overwritten value back.
    PutBack,
    /// Answers whether two contacts are the same moment.
    SameMoment,
    /// Undoes what was last saved.
    Undo,
    /// Types in a form without saving it.
    Draft,
    /// Throws a draft away.
    DropDraft,
    /// Files a refused record again in another space.
    FileAgain,
    /// Mends a refused change.
    Mend,
    /// Throws a refused change away.
    Discard,
    /// Shares a record with another space.
    Share,
    /// Withdraws a share.
    Withdraw,
    /// Refers a young person to the casemanager.
    Refer,
    /// Answers a referral.
    Answer,
    /// A change that the municipality cannot take reaches the library.
    Poison(Poison),
    /// A change of a newer version of the app reaches the library.
    Newer(Newer),
}

/// What is wrong with a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Poison {
    /// A text of more than 20 000 characters.
    TooLong,
    /// More than a change may be.
    TooLarge,
    /// A number that looks like a citizen service number.
    Bsn,
    /// Another author than the phone's user.
    OtherAuthor,
    /// Another author of a record that exists.
    ChangedAuthor,
    /// A change to a record that nobody has.
    UnknownRecord,
    /// Investigation outside its regime.
    WrongRegime,
    /// A kind of record that only the server makes.
    ServersOwn,
    /// A value of another type.
    WrongType,
    /// A space that the user does not belong to.
    ForeignSpace,
}

impl Poison {
    /// Every kind.
    pub const ALL: [Poison; 10] = [
        Poison::TooLong,
        Poison::TooLarge,
        Poison::Bsn,
        Poison::OtherAuthor,
        Poison::ChangedAuthor,
        Poison::UnknownRecord,
        Poison::WrongRegime,
        Poison::ServersOwn,
        Poison::WrongType,
        Poison::ForeignSpace,
    ];

    /// The code with which the server must refuse it.
    pub const fn code(self) -> &'static str {
        match self {
            Poison::TooLong => "text_too_long",
            Poison::TooLarge => "too_large",
            Poison::Bsn => "looks_like_bsn",
            Poison::OtherAuthor => "author_differs",
            Poison::ChangedAuthor => "immutable_field",
            Poison::UnknownRecord => "unknown_record",
            Poison::WrongRegime => "wrong_regime",
            Poison::ServersOwn => "reserved_collection",
            Poison::WrongType => "wrong_type",
            Poison::ForeignSpace => "not_a_member",
        }
    }
}

/// What a newer version of the app could write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Newer {
    /// A field that this version does not have.
    Field,
    /// A kind of record that this version does not have.
    Collection,
    /// A code that is on no list here.
    Code,
    /// A member of a group that this version does not have.
    Member,
}

impl Newer {
    /// Every kind.
    pub const ALL: [Newer; 4] = [Newer::Field, Newer::Collection, Newer::Code, Newer::Member];
}

/// How a network behaves during one synchronisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// It works.
    Works,
    /// The first request is lost.
    Lost,
    /// The first answer is lost.
    ReplyLost,
    /// The first answer breaks off after so many bytes.
    ReplyCut(usize),
    /// The first request arrives twice.
    Twice,
    /// The first request seems lost and arrives later.
    Late,
    /// A page that asks to sign in answers.
    SignInPage,
    /// The server restarts before its answer is heard.
    ServerRestarts,
    /// Each request may fare differently: these chances.
    Patchy(u64),
    /// The app is killed when it has heard so many answers, and taken so many steps since.
    Killed {
        /// Answers heard.
        answers: usize,
        /// Steps taken since the last of them.
        steps: usize,
    },
}

/// What happens to a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The app is killed and started again.
    Kill,
    /// The app is closed and started again.
    Close,
    /// The phone is switched off and on.
    Reboot,
    /// Its user's clock is set so many milliseconds ahead.
    SetAhead(i64),
    /// It has no counting clock from now on.
    LoseCount,
    /// Its files are copied.
    Copy,
    /// Its files are put back as they were copied.
    GoBack,
    /// A second phone goes on with a copy of its files.
    Twin,
    /// A value in its library is damaged.
    Damage(u64),
    /// A request of it that seemed lost arrives.
    DeliverLate(u64),
    /// A request of it from some time ago arrives once more.
    Replay(u64),
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
    /// The server's clock is set so many milliseconds ahead.
    SetClock(i64),
    /// Somebody becomes a member, or a reader, of a space.
    Grant,
    /// Somebody's membership ends; it may have ended some time ago.
    Revoke,
    /// A quarantined change is released.
    Release,
    /// A quarantined change is thrown away.
    Discard,
    /// A record is erased.
    Erase,
    /// The terms of retention are applied.
    Age,
}
