//! Prints the workload of the benchmarks: made-up records, one JSON object a line, the same for the same seed.

use clap::Parser;
use drempel_tests::bench::workload::generate;
use std::error::Error;
use std::io::{BufWriter, Write as _, stdout};

/// How many, and which.
#[derive(Parser)]
struct Arguments {
    /// Records.
    #[arg(long, default_value_t = 10_000)]
    records: u64,
    /// Another seed gives other records.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments = Arguments::parse();
    let mut out = BufWriter::new(stdout().lock());
    for record in generate(arguments.records, arguments.seed) {
        serde_json::to_writer(&mut out, &record)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}
