//! From a seed to everything that will happen to phones that can be lost.

use super::run::Run;
use super::step::{Act, Event, Step};
use crate::simulation::plan::{all_but, network, off_by, weighed};
use crate::simulation::{Broken, Playable, Summary};
use crate::world::Random;
use drempel_domain::time::{DAY, HOUR, MINUTE};
use std::fmt;

/// Everything that will happen in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where it came from; also the seed of all identifiers. Keys and tokens are the system's own randomness.
    pub seed: u64,
    /// How many phones are enrolled at first.
    pub phones: usize,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

impl Playable for Plan {
    fn of(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let phones = 1 + random.below(3);
        let length = 15 + random.below(31);
        Self {
            seed,
            phones,
            steps: (0..length).map(|_| step(&mut random, phones)).collect(),
        }
    }

    fn length(&self) -> usize {
        self.steps.len()
    }

    fn without(&self, from: usize, until: usize) -> Self {
        Self {
            steps: all_but(&self.steps, from, until),
            ..self.clone()
        }
    }

    fn play(&self) -> Result<Summary, Broken> {
        Run::play(self)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "seed {}: {} phones that can be lost", self.seed, self.phones)?;
        self.steps
            .iter()
            .try_for_each(|step| writeln!(out, "    {step:?}"))
    }
}

fn step(random: &mut Random, phones: usize) -> Step {
    // One more than there are: so that phones that come later have their turn as well.
    let phone = random.below(phones + 1);
    let pick = random.number();
    match random.below(100) {
        0..58 => Step::Phone {
            phone,
            event: event(random),
            pick,
        },
        58..76 => Step::Sync {
            phone,
            network: network(random),
        },
        76..88 => Step::Office {
            act: act(random),
            pick,
        },
        _ => Step::Pass(some_time(random)),
    }
}

fn event(random: &mut Random) -> Event {
    let choices = [
        (30, Event::Write),
        (6, Event::Edit),
        (4, Event::Form),
        (10, Event::Lock),
        (3, Event::PutAway),
        (8, Event::Tick),
        (12, Event::Unlock),
        (3, Event::WrongCode),
        (2, Event::WrongCodes),
        (2, Event::Wipe),
        (8, Event::Kill),
        (2, Event::Reboot),
        (4, Event::SetAhead(off_by(random))),
        (2, Event::LoseKey),
        (3, Event::Copy),
        (3, Event::GoBack),
        (2, Event::Replay),
        (5, Event::Enrol),
        (1, Event::Another),
    ];
    weighed(random, &choices, Event::Write)
}

fn act(random: &mut Random) -> Act {
    let choices = [
        (3, Act::Restart),
        (8, Act::BackUp),
        (3, Act::Restore),
        (2, Act::RestoreSilently),
        (2, Act::RotateKeys),
        (3, Act::RevokeDevice),
        (3, Act::Revoke),
        (3, Act::Grant),
        (5, Act::Release),
        (2, Act::Discard),
        (3, Act::Erase),
    ];
    weighed(random, &choices, Act::Restart)
}

fn some_time(random: &mut Random) -> i64 {
    let choices = [
        (4, MINUTE),
        (4, HOUR),
        (4, DAY),
        (2, 3 * DAY),
        (2, 6 * DAY),
        (2, 8 * DAY),
        (1, 15 * DAY),
    ];
    weighed(random, &choices, MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_one_plan_and_every_kind_of_step_comes_up() {
        assert_eq!(Plan::of(7), Plan::of(7));
        let steps: Vec<Step> = (0..200).flat_map(|seed| Plan::of(seed).steps).collect();
        for wanted in [Event::WrongCodes, Event::LoseKey, Event::GoBack, Event::Another] {
            let has = |step: &Step| matches!(step, Step::Phone { event, .. } if *event == wanted);
            assert!(steps.iter().any(has), "{wanted:?}");
        }
        for wanted in [
            Act::RestoreSilently,
            Act::RevokeDevice,
            Act::Revoke,
            Act::RotateKeys,
        ] {
            let has = |step: &Step| matches!(step, Step::Office { act, .. } if *act == wanted);
            assert!(steps.iter().any(has), "{wanted:?}");
        }
    }
}
