//! The municipality's server as a process of its own, with a clock that the player sets.

use super::PlayError;
use super::control::{Answer, Order};
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::{Change, Digest};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running server. It ends when this does.
#[derive(Debug)]
pub(crate) struct Town {
    process: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    address: String,
}

impl Town {
    /// Starts the server's program on an empty directory.
    ///
    /// # Errors
    /// [`PlayError::Town`] when it does not start.
    pub(crate) fn start(program: &Path, data: &Path, seed: u64) -> Result<Self, PlayError> {
        let mut process = Command::new(program)
            .arg("--data")
            .arg(data)
            .arg("--seed")
            .arg(seed.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                let hint = "build it with: cargo build -p drempel-tests --bin town_server";
                PlayError::Town(format!("{} does not start ({error}); {hint}", program.display()))
            })?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (orders, answers) = pipes.ok_or_else(|| PlayError::Town("it has no pipes".to_owned()))?;
        let mut town = Self {
            process,
            orders,
            answers: BufReader::new(answers),
            address: String::new(),
        };
        match town.answer()? {
            Answer::Listening(address) => town.address = address,
            other => return Err(unexpected(&other)),
        }
        Ok(town)
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Has something done.
    ///
    /// # Errors
    /// [`PlayError::Town`] when it is refused.
    pub(crate) fn order(&mut self, order: &Order) -> Result<Answer, PlayError> {
        let mut text = serde_json::to_string(order).map_err(|error| PlayError::shape("an order", error))?;
        text.push('\n');
        self.orders.write_all(text.as_bytes()).map_err(broken)?;
        self.orders.flush().map_err(broken)?;
        match self.answer()? {
            Answer::Refused(why) => Err(PlayError::Town(why)),
            answer => Ok(answer),
        }
    }

    /// Has something done that is answered with no more than that it is.
    ///
    /// # Errors
    /// [`PlayError::Town`] when it is refused.
    pub(crate) fn have_done(&mut self, order: &Order) -> Result<(), PlayError> {
        match self.order(order)? {
            Answer::Done => Ok(()),
            other => Err(unexpected(&other)),
        }
    }

    /// Has a code made with which a person's device can be enrolled.
    ///
    /// # Errors
    /// [`PlayError::Town`] when it is refused.
    pub(crate) fn make_code(&mut self, user: &str) -> Result<String, PlayError> {
        let user = user.to_owned();
        match self.order(&Order::MakeCode { user })? {
            Answer::Code(code) => Ok(code),
            other => Err(unexpected(&other)),
        }
    }

    /// Has what a revoked device handed in taken in, as far as it was made before it was lost; and how many of its changes
    /// wait on.
    ///
    /// # Errors
    /// [`PlayError::Town`] when it is refused.
    pub(crate) fn release_device(&mut self, device: DeviceId) -> Result<(Vec<Change>, usize), PlayError> {
        match self.order(&Order::ReleaseDevice { device })? {
            Answer::Released { changes, waiting } => Ok((changes, waiting)),
            other => Err(unexpected(&other)),
        }
    }

    /// The digest of every space.
    ///
    /// # Errors
    /// [`PlayError::Town`] when it is refused.
    pub(crate) fn digests(&mut self) -> Result<BTreeMap<SpaceId, Digest>, PlayError> {
        match self.order(&Order::Digests)? {
            Answer::Digests(digests) => Ok(digests),
            other => Err(unexpected(&other)),
        }
    }

    fn answer(&mut self) -> Result<Answer, PlayError> {
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(broken)?;
        if line.is_empty() {
            return Err(PlayError::Town("it ended".to_owned()));
        }
        serde_json::from_str(&line)
            .map_err(|error| PlayError::shape("the answer of the server's process", error))
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        // There is nothing left to do about a process that cannot be ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An answer to something else.
pub(crate) fn unexpected(answer: &Answer) -> PlayError {
    PlayError::Town(format!("it answered something else: {answer:?}"))
}

fn broken(error: std::io::Error) -> PlayError {
    PlayError::Town(error.to_string())
}
