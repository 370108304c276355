//! From a seed to everything that will happen.

use super::broken::Broken;
use super::player::Playable;
use super::run::Run;
use super::step::{Act, Deed, Event, Network, Newer, Poison, Step};
use super::summary::Summary;
use crate::world::Random;
use drempel_domain::time::{DAY, HOUR, MINUTE};
use std::fmt;

/// Everything that will happen in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where it came from; also the seed of all identifiers.
    pub seed: u64,
    /// How many phones there are at first.
    pub phones: usize,
    /// Milliseconds that each look at a phone's clock takes.
    pub each_look: i64,
    /// Records on one page of the server's answers.
    pub page: usize,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

impl Playable for Plan {
    fn of(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let phones = 2 + random.below(4);
        let length = 20 + random.below(61);
        let calm = Weights::drawn(&mut random);
        Self {
            seed,
            phones,
            each_look: one_of(&mut random, &[0, 0, 1, 12]),
            page: one_of(&mut random, &[1, 2, 5, 2_000]),
            steps: (0..length).map(|_| step(&mut random, phones, &calm)).collect(),
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
        let Self {
            seed,
            phones,
            each_look,
            page,
            steps,
        } = self;
        writeln!(
            out,
            "seed {seed}: {phones} phones, {each_look} ms a look, {page} records a page"
        )?;
        steps.iter().try_for_each(|step| writeln!(out, "    {step:?}"))
    }
}

/// The steps without some of them.
pub(super) fn all_but<S: Copy>(steps: &[S], from: usize, until: usize) -> Vec<S> {
    let kept = |(index, step): (usize, &S)| (!(from..until).contains(&index)).then_some(*step);
    steps.iter().enumerate().filter_map(kept).collect()
}

/// How often each kind of thing happens in this run: so that some runs have no clocks turned at all, and some little else.
struct Weights {
    deed: usize,
    sync: usize,
    phone: usize,
    office: usize,
    pass: usize,
}

impl Weights {
    fn drawn(random: &mut Random) -> Self {
        Self {
            deed: 40 + random.below(20),
            sync: 15 + random.below(20),
            phone: random.below(16),
            office: random.below(14),
            pass: random.below(10),
        }
    }
}

fn one_of<T: Copy>(random: &mut Random, all: &[T; 4]) -> T {
    let [first, second, third, fourth] = *all;
    match random.below(4) {
        0 => first,
        1 => second,
        2 => third,
        _ => fourth,
    }
}

/// One of the choices, each as often as its weight.
pub(super) fn weighed<T: Copy>(random: &mut Random, choices: &[(usize, T)], otherwise: T) -> T {
    let mut left = random.below(choices.iter().map(|(weight, _)| weight).sum());
    for (weight, choice) in choices {
        if left < *weight {
            return *choice;
        }
        left -= weight;
    }
    otherwise
}

fn step(random: &mut Random, phones: usize, weights: &Weights) -> Step {
    let phone = random.below(phones);
    let pick = random.number();
    let kinds = [
        (weights.deed, 0),
        (weights.sync, 1),
        (weights.phone, 2),
        (weights.office, 3),
        (weights.pass, 4),
    ];
    match weighed(random, &kinds, 0) {
        0 => Step::Deed {
            phone,
            deed: deed(random),
            pick,
        },
        1 => Step::Sync {
            phone,
            network: network(random),
        },
        2 => Step::Phone {
            phone,
            event: event(random),
        },
        3 => Step::Office {
            act: act(random),
            pick,
        },
        _ => Step::Pass(some_time(random)),
    }
}

fn deed(random: &mut Random) -> Deed {
    let poison = random.of(&Poison::ALL).copied().unwrap_or(Poison::TooLong);
    let newer = random.of(&Newer::ALL).copied().unwrap_or(Newer::Field);
    let choices = [
        (10, Deed::Note),
        (10, Deed::Contact),
        (3, Deed::JointContact),
        (7, Deed::Youth),
        (5, Deed::Action),
        (22, Deed::Edit),
        (8, Deed::Dispute),
        (4, Deed::TakeOut),
        (5, Deed::Open),
        (7, Deed::SaveOpened),
        (5, Deed::Delete),
        (4, Deed::Restore),
        (4, Deed::PutBack),
        (5, Deed::SameMoment),
        (3, Deed::Undo),
        (2, Deed::Draft),
        (1, Deed::DropDraft),
        (3, Deed::FileAgain),
        (3, Deed::Mend),
        (2, Deed::Discard),
        (3, Deed::Share),
        (1, Deed::Withdraw),
        (2, Deed::Refer),
        (2, Deed::Answer),
        (5, Deed::Poison(poison)),
        (5, Deed::Newer(newer)),
    ];
    weighed(random, &choices, Deed::Edit)
}

pub(super) fn network(random: &mut Random) -> Network {
    let choices = [
        (40, Network::Works),
        (5, Network::Lost),
        (8, Network::ReplyLost),
        (4, Network::ReplyCut(random.below(2_000))),
        (6, Network::Twice),
        (8, Network::Late),
        (2, Network::SignInPage),
        (4, Network::ServerRestarts),
        (8, Network::Patchy(random.number())),
        (
            12,
            Network::Killed {
                answers: random.below(4),
                steps: random.below(6),
            },
        ),
    ];
    weighed(random, &choices, Network::Works)
}

fn event(random: &mut Random) -> Event {
    let choices = [
        (10, Event::Kill),
        (4, Event::Close),
        (8, Event::Reboot),
        (12, Event::SetAhead(off_by(random))),
        (2, Event::LoseCount),
        (5, Event::Copy),
        (4, Event::GoBack),
        (2, Event::Twin),
        (3, Event::Damage(random.number())),
        (10, Event::DeliverLate(random.number())),
        (10, Event::Replay(random.number())),
    ];
    weighed(random, &choices, Event::Kill)
}

fn act(random: &mut Random) -> Act {
    let choices = [
        (6, Act::Restart),
        (8, Act::BackUp),
        (4, Act::Restore),
        (4, Act::RestoreSilently),
        (3, Act::SetClock(small_time(random))),
        (8, Act::Grant),
        (8, Act::Revoke),
        (8, Act::Release),
        (3, Act::Discard),
        (5, Act::Erase),
        (4, Act::Age),
    ];
    weighed(random, &choices, Act::Restart)
}

/// How far a phone's clock is off: most often not, sometimes ten years.
pub(super) fn off_by(random: &mut Random) -> i64 {
    let years = 365 * DAY;
    let choices = [
        (4, 0),
        (3, small_time(random)),
        (2, 3 * HOUR),
        (2, -3 * HOUR),
        (1, years),
        (1, -years),
        (1, 10 * years),
        (1, -10 * years),
    ];
    weighed(random, &choices, 0)
}

/// Some seconds ahead or behind.
fn small_time(random: &mut Random) -> i64 {
    i64::try_from(random.below(20_000)).unwrap_or(0) - 10_000
}

fn some_time(random: &mut Random) -> i64 {
    let choices = [
        (4, MINUTE),
        (4, HOUR),
        (3, DAY),
        (2, 3 * DAY),
        (1, 15 * DAY),
        (1, 31 * DAY),
        (1, 100 * DAY),
        (4, 1),
    ];
    weighed(random, &choices, MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_one_plan_and_another_seed_another() {
        assert_eq!(Plan::of(7), Plan::of(7));
        assert_ne!(Plan::of(7).steps, Plan::of(8).steps);
    }

    #[test]
    fn every_kind_of_step_comes_up() {
        let steps: Vec<Step> = (0..200).flat_map(|seed| Plan::of(seed).steps).collect();
        for poison in Poison::ALL {
            let has =
                |step: &Step| matches!(step, Step::Deed { deed: Deed::Poison(kind), .. } if *kind == poison);
            assert!(steps.iter().any(has), "{poison:?}");
        }
        let has = |wanted: Act| {
            steps
                .iter()
                .any(|step| matches!(step, Step::Office { act, .. } if *act == wanted))
        };
        assert!(has(Act::RestoreSilently) && has(Act::Erase) && has(Act::Age));
    }
}
