//! Plays seeds, one or many, on several threads, and tells of each that fails.

use super::broken::Broken;
use super::summary::Summary;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Everything that will happen in one run: made from a seed, printed, cut and played again.
pub trait Playable: Clone + fmt::Display + Send {
    /// The plan of that seed.
    fn of(seed: u64) -> Self;

    /// How many steps it has.
    fn length(&self) -> usize;

    /// The same plan without some of its steps.
    fn without(&self, from: usize, until: usize) -> Self;

    /// Plays it to its end and checks everything.
    ///
    /// # Errors
    /// The first invariant that did not hold.
    fn play(&self) -> Result<Summary, Broken>;
}

/// A plan that broke something.
#[derive(Clone, Debug)]
pub struct Failure<P> {
    /// The plan.
    pub plan: P,
    /// What it broke.
    pub broken: Broken,
}

/// Plays a plan; a panic of the program is a failure like any other.
///
/// # Errors
/// The invariant that did not hold.
pub fn play(plan: &impl Playable) -> Result<Summary, Broken> {
    let played = catch_unwind(AssertUnwindSafe(|| plan.play()));
    played.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(Broken::new(0, ["a panic: ", &said.unwrap_or_default()].concat()))
    })
}

/// Plays so many seeds from that one on, on several threads; `tell` hears of each failure at once.
pub fn play_seeds<P: Playable>(
    from: u64,
    count: u64,
    jobs: usize,
    tell: impl Fn(&Failure<P>) + Sync,
) -> (Summary, Vec<Failure<P>>) {
    let next = AtomicU64::new(0);
    let all = Mutex::new((Summary::default(), Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                while let index = next.fetch_add(1, Ordering::SeqCst)
                    && index < count
                {
                    let plan = P::of(from + index);
                    let played = play(&plan);
                    let mut all = all.lock().expect("no thread fails");
                    match played {
                        Ok(summary) => all.0.add(&summary),
                        Err(broken) => {
                            let failure = Failure { plan, broken };
                            tell(&failure);
                            all.1.push(failure);
                        }
                    }
                }
            });
        }
    });
    all.into_inner().expect("no thread fails")
}
