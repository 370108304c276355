//! Serves the app's page to a browser on this machine, over the commands and the data of a real app.

mod app;
mod call;
mod events;
mod origin;
mod page;
mod serve;

use clap::Parser;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The app in a browser. It answers its own page only, and only on this machine.
#[derive(Parser)]
struct Arguments {
    /// The directory of the app's data; it is made when there is none.
    #[arg(long)]
    data: PathBuf,
    /// A loopback address and port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

fn main() -> Result<(), serve::HostError> {
    let arguments = Arguments::parse();
    serve::serve(arguments.data, arguments.listen)
}
