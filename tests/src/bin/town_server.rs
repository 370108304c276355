//! A municipality's server for the player: real HTTP on a free port, and a clock that is set from standard input.

use clap::Parser;
use drempel_tests::player::{ServeError, serve};
use std::path::PathBuf;

/// Serves devices on a free port of this machine and carries out orders from standard input, a JSON line each.
#[derive(Parser)]
struct Arguments {
    /// An empty directory for the server's data.
    #[arg(long)]
    data: PathBuf,
    /// From which every identifier follows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> Result<(), ServeError> {
    let arguments = Arguments::parse();
    serve(&arguments.data, arguments.seed)
}
