//! Makes a server's data with a fictional municipality and its last week in it, for whoever tries Drempel.

use clap::Parser;
use drempel_client::ClientError;
use drempel_client::system::SystemClock;
use drempel_domain::time::Clock as _;
use drempel_tests::sample_week::fill;
use std::path::PathBuf;

/// Makes the data of a server, with a week of work that ends now, in the folder `data` of a directory.
#[derive(Parser)]
struct Arguments {
    /// A directory without a server's data in it.
    directory: PathBuf,
}

fn main() -> Result<(), ClientError> {
    let arguments = Arguments::parse();
    fill(&arguments.directory, SystemClock.now())
}
