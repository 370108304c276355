//! The program `drempel-server`.

use clap::Parser as _;
use drempel_server::cli;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(&cli::CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to be told when standard error is closed.
            let _ = writeln!(std::io::stderr(), "drempel-server: {error}");
            ExitCode::FAILURE
        }
    }
}
