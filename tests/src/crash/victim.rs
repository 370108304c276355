//! Processes that are there to be killed: a server, and devices that say what they did.

use super::deed::Deed;
use std::error::Error;
use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A process that is killed at the latest when this is dropped.
#[derive(Debug)]
pub struct Victim(Child);

impl Victim {
    /// Kills it at once (SIGKILL: it cannot finish anything) and waits until it is gone.
    ///
    /// # Errors
    /// When it ended before by itself, which it never should.
    pub fn kill(&mut self) -> Result<(), Box<dyn Error + Send + Sync>> {
        if let Some(status) = self.0.try_wait()? {
            return Err(format!("a process ended by itself: {status}").into());
        }
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        // One that is gone already cannot be killed, which is as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a server with its data in the folder; it writes its address into a file there once it listens.
///
/// # Errors
/// When there is no such program.
pub fn start_server(program: &Path, folder: &Path) -> io::Result<Victim> {
    let mut command = Command::new(program);
    command.args(["server", "--data"]).arg(folder.join("server"));
    command.arg("--address").arg(folder.join("address"));
    // The child ends when nobody holds the other end of its standard input any more.
    command.stdin(Stdio::piped()).spawn().map(Victim)
}

/// Starts a device of that person in a folder below `folder`, and what it says.
///
/// # Errors
/// When there is no such program.
pub fn start_device(
    program: &Path,
    folder: &Path,
    user: &str,
    seed: u64,
) -> io::Result<(Victim, Receiver<Deed>)> {
    let mut command = Command::new(program);
    command
        .args(["device", "--user", user, "--seed", &seed.to_string(), "--folder"])
        .arg(folder.join(user));
    command.arg("--address").arg(folder.join("address"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (sender, said) = channel();
    if let Some(out) = child.stdout.take() {
        thread::spawn(move || {
            listen(out, |line| {
                Deed::hear(line).is_none_or(|deed| sender.send(deed).is_ok())
            })
        });
    }
    Ok((Victim(child), said))
}

/// Starts a phone in that folder, and what it says to have recorded.
///
/// # Errors
/// When there is no such program.
pub fn start_pocket(
    program: &Path,
    folder: &Path,
    address: &str,
    seed: u64,
) -> io::Result<(Victim, Receiver<String>)> {
    let mut command = Command::new(program);
    command.args([
        "pocket",
        "--seed",
        &seed.to_string(),
        "--address",
        address,
        "--folder",
    ]);
    let mut child = command
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (sender, said) = channel();
    if let Some(out) = child.stdout.take() {
        thread::spawn(move || listen(out, |line| sender.send(line.to_owned()).is_ok()));
    }
    Ok((Victim(child), said))
}

/// Passes on every line that was said whole, until nobody wants to hear more.
fn listen(out: ChildStdout, pass_on: impl Fn(&str) -> bool) {
    let mut out = BufReader::new(out);
    let mut line = String::new();
    while out.read_line(&mut line).is_ok() {
        let Some(whole) = line.strip_suffix('\n') else {
            return;
        };
        if !pass_on(whole) {
            return;
        }
        line.clear();
    }
}

/// Waits until the server has written where it listens.
///
/// # Errors
/// When it does not within a minute.
pub fn wait_for_server(folder: &Path) -> Result<String, Box<dyn Error + Send + Sync>> {
    for _ in 0..6_000 {
        if let Ok(address) = fs::read_to_string(folder.join("address")) {
            return Ok(address);
        }
        thread::sleep(Duration::from_millis(10));
    }
    Err("the server does not listen".into())
}
