//! Plays a file of what users do on several devices and compares what is there at the end with what must be.

use clap::Parser;
use drempel_client::system::SystemClock;
use drempel_domain::time::Clock as _;
use drempel_tests::player::{Comparison, Expected, PlayError, Played, Script, compare};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Plays a file through the real app, a real server process and real HTTP. Ends with 0 when nothing differs.
#[derive(Parser)]
struct Arguments {
    /// What users do, a JSON line each.
    file: PathBuf,
    /// How the municipality is set up.
    #[arg(long)]
    municipality: PathBuf,
    /// What must hold at the end.
    #[arg(long)]
    expected: PathBuf,
    /// From which every identifier follows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Say the digest of every space at the end.
    #[arg(long)]
    digests: bool,
    /// Say each single thing that holds by another reading than the expectations have.
    #[arg(long)]
    readings: bool,
    /// The program of the server; the one beside this program where none is named.
    #[arg(long)]
    server: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
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
    let began = SystemClock.now();
    let lines = read(&arguments.file)?;
    let municipality = read(&arguments.municipality)?;
    let expected = Expected::read(&read(&arguments.expected)?)?;
    let directory = tempfile::tempdir().map_err(|error| PlayError::file("a temporary directory", error))?;
    let server = match &arguments.server {
        Some(server) => server.clone(),
        None => beside_this_program("town_server")?,
    };
    let script = Script {
        lines: &lines,
        municipality: &municipality,
        server: &server,
        directory: directory.path(),
        seed: arguments.seed,
    };
    let mut played = Played::play(&script).await?;
    let comparison = compare(&mut played, &expected)?;
    let millis = SystemClock.now().millis().saturating_sub(began.millis());
    tell(arguments, &mut played, &comparison, millis)?;
    Ok(comparison.differences.is_empty() && played.skipped.is_empty())
}

fn tell(
    arguments: &Arguments,
    played: &mut Played,
    comparison: &Comparison,
    millis: i64,
) -> Result<(), PlayError> {
    let digests = match arguments.digests {
        true => played.digests()?,
        false => Default::default(),
    };
    let mut out = io::stdout().lock();
    let text = summary(arguments, played, comparison, millis);
    let digests: Vec<String> = digests
        .iter()
        .map(|(space, digest)| format!("digest {space} {digest}\n"))
        .collect();
    let written = [text, digests.concat()].concat();
    out.write_all(written.as_bytes())
        .map_err(|error| PlayError::file("standard output", error))
}

fn summary(arguments: &Arguments, played: &Played, comparison: &Comparison, millis: i64) -> String {
    let mut text: Vec<String> = comparison
        .differences
        .iter()
        .map(|difference| format!("DIFFERS {difference}"))
        .collect();
    for (reading, what) in &comparison.readings {
        text.push(format!(
            "read otherwise, {} times: {}",
            what.len(),
            reading.in_words()
        ));
        if arguments.readings {
            text.extend(what.iter().map(|what| format!("  {what}")));
        }
    }
    let counted = |what: &str, counts: &std::collections::BTreeMap<String, usize>| {
        let counts: Vec<String> = counts
            .iter()
            .map(|(name, count)| format!("{name} × {count}"))
            .collect();
        (!counts.is_empty()).then(|| format!("{what}: {}", counts.join(", ")))
    };
    text.extend(counted("entered but kept in no field", &played.not_carried));
    text.extend(counted("SKIPPED, nothing carries them out", &played.skipped));
    text.push(format!(
        "{} lines, {} records named, {} devices in use, {} synchronisations, {} skipped, {} compared, {} differences, {}.{:03} s",
        played.lines,
        played.records(),
        played.devices(),
        played.synchronisations,
        played.skipped.values().sum::<usize>(),
        comparison.compared,
        comparison.differences.len(),
        millis / 1_000,
        millis % 1_000,
    ));
    text.push(String::new());
    text.join("\n")
}

fn read(path: &Path) -> Result<String, PlayError> {
    std::fs::read_to_string(path).map_err(|error| PlayError::file(path, error))
}

fn beside_this_program(name: &str) -> Result<PathBuf, PlayError> {
    let program = std::env::current_exe().map_err(|error| PlayError::file("this program", error))?;
    Ok(program.with_file_name(name))
}
