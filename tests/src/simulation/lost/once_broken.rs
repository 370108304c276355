//! Plans with lost phones that once broke something: they are played again with every test run.

use super::plan::Plan;
use super::step::{Act, Event, Step};
use crate::simulation::Network;
use drempel_domain::time::DAY;

/// A plan, and what it broke.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// What it broke, in a sentence.
    pub broke: &'static str,
    seed: u64,
    phones: usize,
    steps: &'static [Step],
}

impl Stored {
    /// What happens in it.
    pub fn plan(&self) -> Plan {
        Plan {
            seed: self.seed,
            phones: self.phones,
            steps: self.steps.to_vec(),
        }
    }
}

/// All of them.
pub const ONCE_BROKEN: &[Stored] = &[
    Stored {
        broke: "what was recorded while locked never left a phone whose app went on running",
        seed: 2,
        phones: 1,
        steps: &[event(Event::Lock), event(Event::Write)],
    },
    Stored {
        broke: "a phone whose token had moved on since the backup was a stranger to the server that was put back",
        seed: 1,
        phones: 1,
        steps: &[
            office(Act::BackUp),
            Step::Pass(DAY),
            SYNC,
            SYNC,
            event(Event::Write),
            office(Act::Restore),
        ],
    },
    Stored {
        broke: "what was set aside under a number that the server knew otherwise never left the phone",
        seed: 96,
        phones: 1,
        steps: &[
            event(Event::Lock),
            event(Event::Copy),
            write(0),
            SYNC,
            event(Event::GoBack),
            write(1),
        ],
    },
    Stored {
        broke: "a clock that stood years back kept what was set aside out of its author's own space",
        seed: 96,
        phones: 1,
        steps: &[
            event(Event::SetAhead(-10 * 365 * DAY)),
            Step::Sync {
                phone: 0,
                network: Network::Killed { answers: 0, steps: 5 },
            },
            write(0),
            event(Event::Reboot),
        ],
    },
];

/// What seeds seldom come to, with what it broke while the protection against it was taken out.
pub const SELDOM: &[Stored] = &[Stored {
    broke: "words of a team stayed in the library of a phone that had lost it",
    seed: 1,
    phones: 2,
    steps: &[
        write(0),
        write(1),
        write(2),
        write(3),
        write(4),
        write(5),
        SYNC,
        Step::Sync {
            phone: 1,
            network: Network::Works,
        },
        office(Act::Revoke),
    ],
}];

const SYNC: Step = Step::Sync {
    phone: 0,
    network: Network::Works,
};

const fn event(event: Event) -> Step {
    Step::Phone {
        phone: 0,
        event,
        pick: 0,
    }
}

const fn write(pick: u64) -> Step {
    Step::Phone {
        phone: 0,
        event: Event::Write,
        pick,
    }
}

const fn office(act: Act) -> Step {
    Step::Office { act, pick: 0 }
}
