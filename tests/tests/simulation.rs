//! The simulation as a test: some hundreds of seeds, and each that once broke something.

use drempel_tests::simulation::{Failure, ONCE_BROKEN, Plan, Playable, lost, play, play_seeds};

/// Enough to meet every kind of fault many times.
const SEEDS: u64 = 300;
/// The same for phones that are lost: each try at a code takes its time.
const LOST: u64 = 40;

fn told<P: Playable>(failures: &[Failure<P>]) -> String {
    let lines = failures
        .iter()
        .map(|Failure { plan, broken }| format!("{broken}\n{plan}\n"));
    lines.collect()
}

#[test]
fn whatever_happens_nothing_is_lost_and_everyone_ends_alike() {
    let jobs = std::thread::available_parallelism().map_or(2, usize::from);
    let (summary, failures) = play_seeds::<Plan>(0, SEEDS, jobs, |_| {});
    assert!(failures.is_empty(), "{}", told(&failures));
    assert!(summary.steps > SEEDS * 20);
}

#[test]
fn whatever_becomes_of_phones_no_work_is_lost_and_nothing_stays_that_must_go() {
    let jobs = std::thread::available_parallelism().map_or(2, usize::from);
    let (summary, failures) = play_seeds::<lost::Plan>(0, LOST, jobs, |_| {});
    assert!(failures.is_empty(), "{}", told(&failures));
    assert!(summary.steps > LOST * 15);
}

#[test]
fn what_was_broken_once_with_lost_phones_stays_whole() {
    for stored in lost::ONCE_BROKEN.iter().chain(lost::SELDOM) {
        let broken = play(&stored.plan()).err();
        assert!(broken.is_none(), "again: {} ({broken:?})", stored.broke);
    }
}

#[test]
fn what_was_broken_once_stays_whole() {
    for stored in ONCE_BROKEN {
        let broken = play(&stored.plan()).err();
        assert!(broken.is_none(), "again: {} ({broken:?})", stored.broke);
    }
}

#[test]
fn a_seed_tells_one_story() {
    let first = play(&Plan::of(11)).unwrap();
    assert_eq!(play(&Plan::of(11)).unwrap(), first);
    assert_ne!(play(&Plan::of(12)).unwrap().fingerprint, first.fingerprint);
}
