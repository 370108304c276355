//! Kills devices and a server at random moments, again and again, and counts what was lost; also the programs it kills.

use clap::{Parser, Subcommand};
use drempel_tests::crash::life::{Birth, live};
use drempel_tests::crash::{pocket, pocket_trial, small_disk, trial};
use drempel_tests::network::site;
use std::error::Error;
use std::io::{Read as _, Write as _, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::net::TcpListener;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// Kills devices and a server at random moments, and counts what was lost.
#[derive(Parser)]
struct Arguments {
    /// How many kills.
    #[arg(long, default_value_t = 500)]
    kills: u64,
    /// Another seed chooses other moments.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Kill a phone with its whole app, which is locked and unlocked, instead.
    #[arg(long)]
    pocket: bool,
    #[command(subcommand)]
    victim: Option<Victim>,
}

/// The programs that are killed.
#[derive(Subcommand)]
enum Victim {
    /// A device that lives until it is killed.
    Device {
        #[arg(long)]
        folder: PathBuf,
        #[arg(long)]
        address: PathBuf,
        #[arg(long)]
        user: String,
        #[arg(long)]
        seed: u64,
    },
    /// A phone in a pocket that lives until it is killed.
    Pocket {
        #[arg(long)]
        folder: PathBuf,
        #[arg(long)]
        address: String,
        #[arg(long)]
        seed: u64,
    },
    /// A server that runs until it is killed.
    Server {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        address: PathBuf,
    },
    /// A device that saves until its disk is full, and again after `ballast` is removed.
    FillUp {
        #[arg(long)]
        folder: PathBuf,
        #[arg(long)]
        ballast: PathBuf,
    },
}

fn main() -> Done<ExitCode> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    match arguments.victim {
        None if arguments.pocket => return try_pocket(arguments.kills, arguments.seed),
        None => return try_all(arguments.kills, arguments.seed),
        Some(Victim::Device {
            folder,
            address,
            user,
            seed,
        }) => {
            end_with_parent();
            let birth = Birth {
                folder,
                address,
                user,
                seed,
            };
            runtime.block_on(live(&birth, &mut stdout()))?;
        }
        Some(Victim::Pocket {
            folder,
            address,
            seed,
        }) => {
            end_with_parent();
            runtime.block_on(pocket::live(&folder, &address, seed, &mut stdout()))?;
        }
        Some(Victim::Server { data, address }) => {
            end_with_parent();
            runtime.block_on(serve(&data, &address))?;
        }
        Some(Victim::FillUp { folder, ballast }) => small_disk::fill_up(&folder, &ballast, &mut stdout())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn try_all(kills: u64, seed: u64) -> Done<ExitCode> {
    let folder = tempfile::tempdir()?;
    let tally = trial::run(&std::env::current_exe()?, folder.path(), kills, seed)?;
    let mut out = stdout();
    for lost in &tally.lost {
        writeln!(out, "lost: {lost}")?;
    }
    writeln!(
        out,
        "seed {seed}: {} kills of devices, {} of the server; {} saves and {} receipts acknowledged; {} lost",
        tally.device_kills,
        tally.server_kills,
        tally.saves,
        tally.received,
        tally.lost.len()
    )?;
    Ok(if tally.lost.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn try_pocket(kills: u64, seed: u64) -> Done<ExitCode> {
    let folder = tempfile::tempdir()?;
    let tally = pocket_trial::run(&std::env::current_exe()?, folder.path(), kills, seed)?;
    let mut out = stdout();
    for lost in &tally.lost {
        writeln!(out, "lost: {lost}")?;
    }
    writeln!(
        out,
        "seed {seed}: {} kills of a phone; {} notes acknowledged; {} lost",
        tally.kills,
        tally.said,
        tally.lost.len()
    )?;
    Ok(ExitCode::from(u8::from(!tally.lost.is_empty())))
}

/// Ends this process when the one that started it is gone, however that ended.
fn end_with_parent() {
    std::thread::spawn(|| {
        let mut nothing = [0];
        while stdin().read(&mut nothing).is_ok_and(|read| read > 0) {}
        std::process::exit(0);
    });
}

async fn serve(data: &Path, address: &Path) -> Done {
    let app = site::open(data)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    // Written beside and moved, so that nobody reads half an address.
    let unfinished = address.with_extension("part");
    std::fs::write(&unfinished, format!("http://{}", listener.local_addr()?))?;
    std::fs::rename(&unfinished, address)?;
    Ok(site::serve(listener, site::router_with_codes(app)).await?)
}
