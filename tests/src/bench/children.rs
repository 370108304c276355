//! The processes that a benchmark measures: a server and devices, each a program of its own.

use super::process::processor_time;
use serde_json::{Value as Json, json};
use std::error::Error;
use std::io::{self, BufRead as _, BufReader, Lines, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Lines that a child printed.
type Printed = Lines<BufReader<ChildStdout>>;

/// A server process. It is killed when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts the server of the benchmarks, one of the programs in that folder, with its data in another, and waits
    /// until it listens.
    ///
    /// # Errors
    /// When it cannot be started, or ends.
    pub fn start(programs: &Path, data: &Path) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let child = Command::new(programs.join("bench-server"))
            .env("PORT", address.port().to_string())
            .env("DATA", data)
            .stdout(Stdio::null())
            .spawn()?;
        let mut server = Self { child, address };
        while TcpStream::connect(address).is_err() {
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server ended with {status}").into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    /// Where it listens.
    pub fn socket(&self) -> SocketAddr {
        self.address
    }

    /// The address to give to a device.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that ended already cannot be killed, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A device's process, which answers questions line by line.
#[derive(Debug)]
pub struct Device {
    child: Child,
    questions: ChildStdin,
    answers: Printed,
}

impl Device {
    /// Starts the bench driver, one of those programs, and opens a device of that name in a folder of its own below `folder`.
    ///
    /// # Errors
    /// When it cannot be started, or says that it cannot open.
    pub fn open(
        programs: &Path,
        name: &str,
        folder: &Path,
        server: &str,
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let mut child = Command::new(programs.join("bench-driver"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("a child without pipes".into());
        };
        let answers = BufReader::new(answers).lines();
        let mut device = Self {
            child,
            questions,
            answers,
        };
        device.ask(&json!({
            "op": "open",
            "dir": folder.join(name),
            "server": server,
            "name": name,
            "shared": folder.join("shared"),
        }))?;
        Ok(device)
    }

    /// Asks something and waits for the answer.
    ///
    /// # Errors
    /// What the device says, or that it is gone.
    pub fn ask(&mut self, question: &Json) -> Result<Json, Box<dyn Error + Send + Sync>> {
        writeln!(self.questions, "{question}")?;
        let line = self.answers.next().ok_or("the device is gone")??;
        let answer: Json = serde_json::from_str(&line)?;
        match answer.get("ok") {
            Some(Json::Bool(true)) => Ok(answer),
            _ => Err(format!("{}: {line}", question.get("op").unwrap_or(&Json::Null)).into()),
        }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = writeln!(self.questions, "{}", json!({"op": "quit"}));
        let _ = self.answers.next();
        let _ = self.child.wait();
    }
}

/// CPU seconds that these processes use while something is done, and what it gave.
///
/// # Errors
/// What the doing says, or when one of the processes is gone.
pub fn processor_seconds<T>(
    pids: &[u32],
    doing: impl FnOnce() -> Result<T, Box<dyn Error + Send + Sync>>,
) -> Result<(f64, T), Box<dyn Error + Send + Sync>> {
    let before = total(pids)?;
    let done = doing()?;
    Ok(((total(pids)? - before).as_secs_f64(), done))
}

fn total(pids: &[u32]) -> io::Result<Duration> {
    pids.iter().map(|pid| processor_time(*pid)).sum()
}
