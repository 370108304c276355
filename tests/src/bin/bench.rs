//! Measures the budgets and prints them beside the floor and the goals; being slow is never an error.

use clap::Parser;
use drempel_tests::bench::budgets::Bench;
use std::error::Error;
use std::io::stdout;

/// What to measure.
#[derive(Parser)]
struct Arguments {
    /// Records of the workload.
    #[arg(long, default_value_t = 10_000)]
    records: u64,
    /// Records of the large space that a fresh device pulls; 0 leaves it out.
    #[arg(long, default_value_t = 100_000)]
    large: u64,
    /// How often the workload is repeated; the middle one counts.
    #[arg(long, default_value_t = 3)]
    repeats: usize,
    /// Saves one by one.
    #[arg(long, default_value_t = 1_000)]
    saves: u64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let Arguments {
        records,
        large,
        repeats,
        saves,
    } = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let bench = Bench {
        programs: std::env::current_exe()?
            .parent()
            .ok_or("a program lies in a folder")?
            .to_owned(),
        folder: folder.path().to_owned(),
        records,
        large,
        repeats,
        saves,
    };
    bench.run(&mut stdout()).await
}
