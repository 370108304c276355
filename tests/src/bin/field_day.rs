//! Tells an evening of two coaches and their municipality while it happens, with real phones' libraries and a real server.

use clap::Parser;
use drempel_tests::player::{PlayError, tell};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Vertelt een avond op straat, terwijl die gebeurt: twee telefoons, een gemeente, en alles wordt nagekeken.
#[derive(Parser)]
struct Arguments {
    /// The program of the server; the one beside this program where none is named.
    #[arg(long)]
    server: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Where standard error is closed there is nobody to tell.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(arguments: &Arguments) -> Result<bool, PlayError> {
    let directory = tempfile::tempdir().map_err(|error| PlayError::file("a temporary directory", error))?;
    let server = match &arguments.server {
        Some(server) => server.clone(),
        None => beside_this_program("town_server")?,
    };
    let mut out = io::stdout().lock();
    let begun =
        "Een avond op straat. De app, de server en de verbinding zijn echt; alleen de klok wordt gezet.";
    writeln!(out, "{begun}").map_err(|error| PlayError::file("standard output", error))?;
    let ending = tell(&mut out, &server, directory.path()).await?;
    Ok(ending.failed.is_empty())
}

fn beside_this_program(name: &str) -> Result<PathBuf, PlayError> {
    let program = std::env::current_exe().map_err(|error| PlayError::file("this program", error))?;
    Ok(program.with_file_name(name))
}
