//! What networks and phones do to a run.

use super::broken::{Broken, must};
use super::phone::{KINDS, Phone};
use super::run::Run;
use super::step::{Event, Network};
use crate::world::{Fate, Random};
use drempel_client::ClientError;
use drempel_client::sync::{SyncError, SyncReport};
use drempel_domain::id::DeviceId;
use drempel_domain::sync_log::{FeedRecord, FieldName, Removal, RemovalKind};
use drempel_protocol::problem::Code;
use drempel_store::Stored;
use uuid::Uuid;

impl Run {
    /// A phone synchronises over a network that may not be what it should.
    pub(super) fn sync_over(&mut self, phone: usize, network: Network) -> Result<(), Broken> {
        let device = self.phone(phone).device.clone();
        device.line().mend();
        device.line().next(fates(network));
        if let Network::Killed { answers, steps } = network {
            device.kill_during_sync(answers, steps);
            self.forget_memory(phone);
            return self.check_heard(phone);
        }
        let result = device.try_sync();
        self.check_heard(phone)?;
        match result {
            Ok(report) => self.check_report(phone, &report),
            Err(error) => must(network != Network::Works && is_of_the_network(&error), 9, || {
                format!("{} cannot synchronise over {network:?}: {error}", device.name())
            }),
        }
    }

    /// A phone synchronises over a network that works; whether anything moved.
    pub(super) fn sync_well(&mut self, phone: usize) -> Result<bool, Broken> {
        let device = self.phone(phone).device.clone();
        let report = device.try_sync();
        self.check_heard(phone)?;
        let report = report.map_err(|error| {
            Broken::new(
                9,
                format!(
                    "{} cannot synchronise on a network that works: {error}",
                    device.name()
                ),
            )
        })?;
        self.check_report(phone, &report)?;
        Ok(!report.complete
            || report.delivered + report.arrived > 0
            || !report.removed.is_empty()
            || !report.differed.is_empty())
    }

    /// A phone that differs from the server although both did all they should has lost or invented something.
    fn check_report(&mut self, phone: usize, report: &SyncReport) -> Result<(), Broken> {
        for space in &report.differed {
            self.summary.note("a digest differed");
            let name = self.phone(phone).device.name();
            must(self.story.disturbed, 1, || {
                format!("{name} differs from the server in {space} for no reason")
            })?;
        }
        Ok(())
    }

    /// What the app had in memory is gone.
    fn forget_memory(&mut self, phone: usize) {
        let phone = self.phone_mut(phone);
        phone.open = None;
        phone.last = None;
    }

    /// Something happens to a phone.
    pub(super) fn happen(&mut self, phone: usize, event: Event) -> Result<(), Broken> {
        let device = self.phone(phone).device.clone();
        match event {
            Event::Kill => {
                device.kill();
                self.forget_memory(phone);
            }
            Event::Close => {
                device.close_and_open();
                self.forget_memory(phone);
            }
            Event::Reboot => {
                device.kill();
                device.clock().reboot();
                self.forget_memory(phone);
            }
            Event::SetAhead(millis) => device.clock().set_ahead(millis),
            Event::LoseCount => device.clock().lose_count(),
            Event::Copy => {
                let written = self.story.written.len();
                self.phone_mut(phone).copy = Some((device.copy(), written));
            }
            Event::GoBack => self.go_back(phone),
            Event::Twin => self.twin(phone),
            Event::Damage(pick) => self.damage(phone, &mut Random::new(pick))?,
            Event::DeliverLate(pick) => {
                let late = Random::new(pick).below(device.line().late());
                device.deliver_late(late);
            }
            Event::Replay(pick) => {
                let arrived = device.line().arrived();
                if let Some(sent) = Random::new(pick).of(&arrived) {
                    device.send_again(sent);
                }
            }
        }
        Ok(())
    }

    /// A phone's files are put back as they were copied.
    fn go_back(&mut self, phone: usize) {
        let Some((snapshot, written)) = self.phone_mut(phone).copy.take() else {
            return;
        };
        let books = self.books();
        self.phone(phone).device.go_back_to(&snapshot);
        let index = self.index(phone);
        self.story.forget_since(index, written, &books);
        self.story.disturbed = true;
        self.phone_mut(phone).life += 1;
        self.forget_memory(phone);
    }

    /// A second phone goes on with a copy of a phone's files, its token included.
    fn twin(&mut self, phone: usize) {
        const MOST: usize = 7;
        if self.phones.len() >= MOST {
            return;
        }
        let of = self.phone(phone);
        let name = [of.device.user(), "-twin-", &self.phones.len().to_string()].concat();
        let twin = Phone::new(self.world.twin(&of.device, &name), of.user);
        self.phones.push(twin);
    }

    /// The base of a record in a phone's library becomes something that the server does not have.
    fn damage(&mut self, phone: usize, random: &mut Random) -> Result<(), Broken> {
        let mut rows: Vec<Stored> = KINDS
            .iter()
            .flat_map(|kind| self.phone(phone).rows(kind, false))
            .collect();
        rows.retain(|stored| stored.acknowledged);
        let Some(stored) = random.of(&rows) else {
            return Ok(());
        };
        self.story.disturbed = true;
        let app = self.phone(phone).device.app();
        let damaged = app.store().take_in(|writer| match random.percent(50) {
            true => writer.take_removals(stored.space, &[removal(stored)]),
            false => writer.take_records(stored.space, &[other_values(stored)]),
        });
        damaged.map_err(|error| Broken::new(0, error.to_string()))
    }
}

pub(super) fn fates(network: Network) -> Vec<Fate> {
    match network {
        Network::Works | Network::Killed { .. } => Vec::new(),
        Network::Lost => vec![Fate::Lost],
        Network::ReplyLost => vec![Fate::ReplyLost],
        Network::ReplyCut(bytes) => vec![Fate::ReplyCut(bytes)],
        Network::Twice => vec![Fate::Twice],
        Network::Late => vec![Fate::Late],
        Network::SignInPage => vec![Fate::SignInPage],
        Network::ServerRestarts => vec![Fate::ServerRestarts],
        Network::Patchy(seed) => patchy(&mut Random::new(seed)),
    }
}

/// Some requests arrive, and then something goes wrong.
fn patchy(random: &mut Random) -> Vec<Fate> {
    let well = random.below(5);
    let wrong = [
        Fate::Lost,
        Fate::ReplyLost,
        Fate::ReplyCut(random.below(3_000)),
        Fate::Late,
        Fate::ServerRestarts,
    ];
    let wrong = random.of(&wrong).copied();
    let arrives = |random: &mut Random| {
        if random.percent(20) {
            Fate::Twice
        } else {
            Fate::Arrives
        }
    };
    (0..well).map(|_| arrives(random)).chain(wrong).collect()
}

/// Whether an error says only that the network did not work.
pub(super) fn is_of_the_network(error: &SyncError) -> bool {
    match error {
        SyncError::Transport(_) | SyncError::SignInPage | SyncError::Unreadable(_) => true,
        SyncError::Refused { code, .. } => *code == Code::Unavailable,
        SyncError::WrongServer { .. } | SyncError::Encoding(_) | SyncError::TooLarge => false,
        SyncError::Client(ClientError::Store(_)) | SyncError::Client(_) => false,
    }
}

fn removal(stored: &Stored) -> Removal {
    Removal {
        id: stored.id,
        collection: stored.collection.clone(),
        kind: RemovalKind::Aged,
    }
}

/// The record with other values, which seem to be newer.
fn other_values(stored: &Stored) -> FeedRecord {
    let seen = stored.seen.values().filter_map(|base| match base {
        drempel_domain::sync_log::Base::Seen(eff) => Some(*eff),
        drempel_domain::sync_log::Base::Own { .. } => None,
    });
    let field = FieldName::new("recorded_locked").expect("a field name");
    FeedRecord {
        id: stored.id,
        collection: stored.collection.clone(),
        eff: seen.max().unwrap_or_default().after(DeviceId::new(Uuid::nil())),
        effs: Default::default(),
        fields: [(field, true.into())].into(),
        whole: false,
    }
}
