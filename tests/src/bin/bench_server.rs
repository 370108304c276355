//! The server of the benchmarks: the real one on 127.0.0.1, for three devices, with `PORT` and `DATA` from the environment.

use clap::Parser;
use drempel_tests::network::site;
use std::error::Error;
use std::path::PathBuf;
use tokio::net::TcpListener;

/// Where to listen, and where the data are.
#[derive(Parser)]
struct Arguments {
    /// The port on 127.0.0.1.
    #[arg(long, env = "PORT")]
    port: u16,
    /// A folder, empty at first.
    #[arg(long, env = "DATA")]
    data: PathBuf,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.data)?;
    let app = site::open(&arguments.data)?;
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    site::serve(listener, site::router_with_codes(app)).await?;
    Ok(())
}
