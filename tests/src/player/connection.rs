//! Devices that get a network: they synchronise, lose a reply, or hand in what they have because they were lost.

use super::PlayError;
use super::control::Order;
use super::deeds::Rejection;
use super::expected::Salvaged;
use super::play::{Played, not_in_use};
use std::collections::BTreeSet;

impl Played {
    /// A device gets a network: it synchronises, unless it was lost. Then it hands in what it has and is wiped.
    pub(super) async fn connect(&mut self, device: &str) -> Result<(), PlayError> {
        if self.lost.contains_key(device) {
            return self.salvage(device).await;
        }
        self.synchronise(device).await
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
        for problem in self.phone(device)?.client().problems()? {
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

    async fn salvage(&mut self, device: &str) -> Result<(), PlayError> {
        let Some(phone) = self.phones.remove(device) else {
            return Ok(());
        };
        if phone.synchronise().await.is_ok() {
            self.differences
                .push(format!("{device} was revoked and could still synchronise"));
        }
        let changes = phone.undelivered()?;
        let filled_in = changes
            .iter()
            .map(|(_, change)| filled_in(change.set.keys().map(|name| name.name())))
            .sum();
        let order = Order::TakeDeposit {
            device: self
                .devices
                .get(device)
                .copied()
                .ok_or_else(|| not_in_use(device))?,
            changes,
            clocks: phone.clocks(),
        };
        self.town.have_done(&order)?;
        if filled_in > 0 {
            self.salvaged.push(Salvaged {
                device: device.to_owned(),
                changes: filled_in,
            });
        }
        phone.wipe()
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
