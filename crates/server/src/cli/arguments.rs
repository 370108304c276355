//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The municipal server of Drempel.
#[derive(Debug, Parser)]
#[command(name = "drempel-server", version)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve devices until told to stop (SIGTERM, SIGINT).
    Serve(Serve),
    /// An administrator's commands; they work beside a running server.
    Admin(Admin),
}

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// The directory with the server's data; made when it is not there.
    #[arg(long, env = "DREMPEL_DATA")]
    pub data: PathBuf,
    /// The address to listen on.
    #[arg(long, env = "DREMPEL_LISTEN", default_value = "127.0.0.1:8440")]
    pub listen: SocketAddr,
    /// The certificate chain, a PEM file.
    #[arg(long, env = "DREMPEL_CERTIFICATE", requires = "key")]
    pub certificate: Option<PathBuf>,
    /// The certificate's private key, a PEM file.
    #[arg(long, env = "DREMPEL_KEY", requires = "certificate")]
    pub key: Option<PathBuf>,
    /// A trusted proxy in front does TLS and sets X-Forwarded-For.
    #[arg(long, conflicts_with = "certificate")]
    pub behind_proxy: bool,
    /// A loopback address on which to show metrics in the Prometheus format.
    #[arg(long, env = "DREMPEL_METRICS")]
    pub metrics: Option<SocketAddr>,
    /// How to write the log on standard error; RUST_LOG says how much of it.
    #[arg(long, env = "DREMPEL_LOG", value_enum, default_value_t = LogForm::Text)]
    pub log: LogForm,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// A line of text for each event.
    Text,
    /// A line of JSON for each event.
    Json,
}

/// An administrator's commands.
#[derive(Debug, Args)]
pub struct Admin {
    /// The directory with the server's data.
    #[arg(long, env = "DREMPEL_DATA")]
    pub data: PathBuf,
    /// The command.
    #[command(subcommand)]
    pub command: AdminCommand,
}

/// One command of an administrator. People and spaces are named as in the municipality file; spaces may also be named
/// by their identifier. Instants are RFC 3339, such as 2026-03-07T12:30:00+01:00, and now where left out.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Take in a municipality file; again to update.
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Make a code with which one device of a person is enrolled within ten minutes.
    MakeCode {
        /// The person.
        user: String,
    },
    /// Print an invitation for each member of a space: one HTML file, a page a person, with a QR code.
    Invite {
        /// The space whose members are invited.
        #[arg(long)]
        team: String,
        /// The server's address as phones reach it, such as `https://drempel.example.nl`.
        #[arg(long, env = "DREMPEL_ADDRESS")]
        server: String,
        /// The file to write, which must not be there yet; only this user can read it.
        #[arg(long)]
        print: PathBuf,
    },
    /// List devices that showed an invitation and wait; or enrol the one whose own screen shows this fingerprint.
    Confirm {
        /// Six groups of four digits, as the device shows them.
        fingerprint: Vec<String>,
    },
    /// Send a device that waits away, and end the invitation that it showed.
    Refuse {
        /// Six groups of four digits.
        #[arg(required = true)]
        fingerprint: Vec<String>,
    },
    /// List all devices.
    Devices,
    /// List the spaces that devices were told to remove and have not confirmed to have removed.
    Removals,
    /// End a device's token at once.
    RevokeDevice {
        /// The device's identifier.
        device: String,
        /// When it was lost; what it recorded before can be handed in.
        #[arg(long)]
        lost_at: Option<String>,
    },
    /// Let a person into a space.
    Grant {
        /// The person.
        user: String,
        /// The space.
        space: String,
        /// member, reader, lead, casemanager or privacy.
        role: String,
        /// From when on.
        #[arg(long)]
        from: Option<String>,
    },
    /// End a person's membership of a space.
    RevokeMembership {
        /// The person.
        user: String,
        /// The space.
        space: String,
        /// From when on.
        #[arg(long)]
        at: Option<String>,
    },
    /// Add a code to a list or change it.
    SetCode {
        /// The list.
        list: String,
        /// The code.
        code: String,
        /// What to show.
        label: String,
        /// Keep it for old records, but let nobody choose it any more.
        #[arg(long)]
        retired: bool,
    },
    /// Changes that wait for somebody to decide.
    Quarantine {
        /// What to do with them.
        #[command(subcommand)]
        command: QuarantineCommand,
    },
    /// List the numbers of which a device had nothing left: work that was lost, unless it turns up.
    Missing,
    /// Erase a record for ever.
    Erase {
        /// The space.
        space: String,
        /// The record's identifier.
        record: String,
    },
    /// Apply the retention terms now; a running server does it every hour.
    Age,
    /// Copy the database into a new file while the server runs on.
    Backup {
        /// The file, which must not be there yet.
        file: PathBuf,
        /// Copy the private keys as well, into a file of their own, to be kept apart from the backup.
        #[arg(long)]
        keys: Option<PathBuf>,
    },
    /// Put a new key in front, to which devices seal from their next synchronisation on.
    RotateKey,
    /// The audit log, for the privacy officer.
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Put a backup in the place of the database; the server must be stopped.
    Restore {
        /// The backup.
        file: PathBuf,
    },
}

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Write out all entries, a line of JSON each.
    List,
    /// Read it all and say how far it holds; fails and names the first entry that does not.
    Verify {
        /// The head that was written down with a backup: it must still be in the log.
        #[arg(long)]
        head: Option<String>,
    },
}

/// What to do with the quarantine.
#[derive(Debug, Subcommand)]
pub enum QuarantineCommand {
    /// List what waits, without its content.
    List,
    /// Take a change in after all.
    Release(ChangeName),
    /// Take in what a revoked device handed in, as far as it was made before it was lost.
    ReleaseDevice {
        /// The device's identifier.
        device: String,
        /// As far as it was made before then; by default when the device was lost, or else revoked.
        #[arg(long, value_name = "INSTANT")]
        before: Option<String>,
    },
    /// Throw a change away.
    Discard(ChangeName),
}

/// Which change.
#[derive(Debug, Args)]
pub struct ChangeName {
    /// The space.
    pub space: String,
    /// The device's identifier.
    pub device: String,
    /// The device's number of the change in that space.
    pub seq: u64,
}
