//! Doing what the command line says.

use super::administer::administer;
use super::serve::serve;
use super::{Command, CommandLine, Failure};

/// Does what was asked; returns when it is done, for `serve` when it was told to stop.
pub fn run(line: &CommandLine) -> Result<(), Failure> {
    match &line.command {
        Command::Serve(arguments) => serve(arguments),
        Command::Admin(arguments) => administer(arguments, &mut std::io::stdout()),
    }
}
