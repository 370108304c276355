//! Devices that get a network: they synchronise, lose a reply, or hand in what lies sealed.

use super::PlayError;
use super::deeds::Rejection;
use super::expected::Salvaged;
use super::play::{Played, not_in_use};
use drempel_client::Client;
use drempel_client::phone::{Ending, Stage};
use std::collections::BTreeSet;

impl Played {
    /// A device gets a network: it does what its stage allows.
    pub(super) async fn connect(&mut self, device: &str) -> Result<(), PlayError> {
        if self.lost.contains_key(device) {
            return self.salvage(device).await;
        }
        match self.phone(device)?.stage() {
            Stage::Open | Stage::ReadLocked => self.synchronise(device).await,
            Stage::Locked | Stage::Ended(_) => self.phone(device)?.deliver().await.map(drop),
            Stage::NotEnrolled => Err(PlayError::line("it is not enrolled")),
        }
    }

    pub(super) async fn synchronise(&mut self, device: &str) -> Result<(), PlayError> {
        self.synchronisations += 1;
        let report = self.phone(device)?.synchronise().await?;
        if !report.complete {
            self.differences.push(format!(
                "{device} did not finish synchronising in {} round trips",
                report.rounds
            ));
        }
        for space in report.differed {
            let name = self.names.space_name(space);
            self.differences
                .push(format!("{device} held something else than the server in {name}"));
        }
        self.note_problems(device)
    }

    pub(super) async fn lose_a_reply(&mut self, device: &str) -> Result<(), PlayError> {
        self.synchronisations += 1;
        let phone = self.phone(device)?;
        phone.way().lose_replies(true);
        let answered = phone.synchronise().await.is_ok();
        phone.way().lose_replies(false);
        match answered {
            true => Err(PlayError::line(
                "the reply was lost, and yet the synchronisation succeeded",
            )),
            false => Ok(()),
        }
    }

    /// Notes what the server refused since the last time.
    fn note_problems(&mut self, device: &str) -> Result<(), PlayError> {
        for problem in self.phone(device)?.with(Client::problems)? {
            let change = (device.to_owned(), problem.space, problem.seq);
            if !self.known_problems.insert(change.clone()) {
                continue;
            }
            match self.made_in.get(&change) {
                Some(n) => self.rejections.push(Rejection {
                    n: *n,
                    by_server: true,
                    why: problem.code,
                    field: problem.field,
                    stays: !problem.set.is_empty(),
                }),
                None => self.differences.push(format!(
                    "{device}: the server refused a change of no line ({} of a {})",
                    problem.code, problem.collection
                )),
            }
        }
        Ok(())
    }

    /// A lost device that somebody connects hands in what it has, learns that it has no access any more, and keeps nothing.
    /// The office looks at what it was, and takes in what was made before the device was lost.
    async fn salvage(&mut self, device: &str) -> Result<(), PlayError> {
        let Some(phone) = self.phones.remove(device) else {
            return Ok(());
        };
        phone.deliver().await?;
        if phone.stage() != Stage::Ended(Ending::Revoked) || phone.holds_anything_readable() {
            self.differences.push(format!(
                "{device} was revoked and could be read after its next contact"
            ));
        }
        let number = self.devices.get(device).ok_or_else(|| not_in_use(device))?;
        let (released, waiting) = self.town.release_device(*number)?;
        if waiting > 0 {
            self.differences
                .push(format!("{waiting} changes of {device} were not taken in"));
        }
        let names = released.iter();
        let filled_in = names
            .map(|change| filled_in(change.set.keys().map(|name| name.name())))
            .sum();
        if filled_in > 0 {
            self.salvaged.push(Salvaged {
                device: device.to_owned(),
                changes: filled_in,
            });
        }
        Ok(())
    }
}

/// How many fields a person filled in: a list or a map is one, and what the app fills in by itself is none.
fn filled_in<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    const BY_ITSELF: [&str; 4] = ["created_at", "created_by", "occurred_at", "discard_after"];
    names
        .filter(|name| !BY_ITSELF.contains(name))
        .collect::<BTreeSet<_>>()
        .len()
}
