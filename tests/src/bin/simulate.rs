//! Plays simulated towns from seeds until something breaks, and says what.

use clap::Parser;
use drempel_tests::simulation::{Failure, Plan, Playable, lost, play, play_seeds, shrunk};
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

/// Plays simulated towns: real devices and a real server in one process, everything from a seed.
#[derive(Parser)]
#[command(name = "simulate")]
struct Arguments {
    /// How many seeds.
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// The first one.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many at a time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Play one seed only, and leave out the steps that do not matter when it fails.
    #[arg(long)]
    shrink: Option<u64>,
    /// Play phones with their whole app, which are locked, lost, robbed, wiped and enrolled again.
    #[arg(long)]
    lost: bool,
}

fn main() -> io::Result<ExitCode> {
    let arguments = Arguments::parse();
    // What a panic says is told with its seed.
    std::panic::set_hook(Box::new(|_| {}));
    match arguments.lost {
        true => simulate::<lost::Plan>(&arguments),
        false => simulate::<Plan>(&arguments),
    }
}

fn simulate<P: Playable>(arguments: &Arguments) -> io::Result<ExitCode> {
    match arguments.shrink {
        Some(seed) => shrink::<P>(seed),
        None => many::<P>(arguments),
    }
}

fn many<P: Playable>(arguments: &Arguments) -> io::Result<ExitCode> {
    let began = started();
    let tell = |failure: &Failure<P>| {
        // A line that cannot be written must not stop the others.
        let _ = describe(failure);
    };
    let (summary, failures) = play_seeds(arguments.from, arguments.seeds, arguments.jobs, tell);
    let mut out = io::stdout().lock();
    write!(out, "{summary}")?;
    let seconds = elapsed(began).as_secs_f64();
    writeln!(
        out,
        "{} seeds, {} failed, {seconds:.1} s",
        arguments.seeds,
        failures.len()
    )?;
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}

fn shrink<P: Playable>(seed: u64) -> io::Result<ExitCode> {
    let plan = P::of(seed);
    let Err(first) = play(&plan) else {
        writeln!(io::stdout(), "seed {seed} breaks nothing")?;
        return Ok(ExitCode::SUCCESS);
    };
    let plan = shrunk(&plan, |plan| {
        play(plan).is_err_and(|broken| broken.invariant == first.invariant)
    });
    if let Err(broken) = play(&plan) {
        describe(&Failure { plan, broken })?;
    }
    Ok(ExitCode::FAILURE)
}

fn describe<P: Playable>(failure: &Failure<P>) -> io::Result<()> {
    let Failure { plan, broken } = failure;
    writeln!(io::stdout().lock(), "{broken}\n{plan}")
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long it took is printed, never asserted"
)]
fn started() -> std::time::Instant {
    std::time::Instant::now()
}

fn elapsed(began: std::time::Instant) -> Duration {
    began.elapsed()
}
