//! The telling: what happens, what is looked at, and what came of it.

use super::{evening, office};
use crate::player::control::Order;
use crate::player::names::{NamedDevice, Names};
use crate::player::phone::{Phone, Shared};
use crate::player::times::{LineIds, TrueTime};
use crate::player::town::Town;
use crate::player::{PlayError, typing};
use drempel_client::Client;
use drempel_client::system::SystemClock;
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::records::youths::Youth;
use drempel_domain::time::{Clock as _, Moment};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// The municipality in which it happens.
const MUNICIPALITY: &str = include_str!("../../../data/municipality.json");

/// The day on which it happens.
const DAY: &str = "2026-04-14";

/// How it ended.
#[derive(Clone, Debug, Default)]
pub struct Ending {
    /// How many things were looked at.
    pub looked_at: usize,
    /// What did not hold, in the words of the story.
    pub failed: Vec<String>,
}

/// The people, their phones and the municipality, and where it is all told.
pub(super) struct Story<'o> {
    out: &'o mut dyn Write,
    town: Town,
    time: TrueTime,
    ending: Ending,
    pub(super) ana: Phone,
    pub(super) bo: Phone,
    pub(super) team: SpaceId,
    pub(super) noor: Option<Id<Youth>>,
}

/// Tells the evening. `server` is the program of the server, `directory` an empty one for all data.
///
/// # Errors
/// [`PlayError`] when it could not go on; what merely did not hold is in the ending.
pub async fn tell(out: &mut dyn Write, server: &Path, directory: &Path) -> Result<Ending, PlayError> {
    let began = SystemClock.clocks();
    let mut story = Story::begin(out, server, directory).await?;
    evening::tell(&mut story).await?;
    office::tell(&mut story).await?;
    let millis = SystemClock.clocks().wall.saturating_sub(began.wall);
    story.end(millis)
}

impl<'o> Story<'o> {
    async fn begin(out: &'o mut dyn Write, server: &Path, directory: &Path) -> Result<Self, PlayError> {
        let names = Names::read(MUNICIPALITY)?;
        let time = TrueTime::default();
        time.set(moment("18:20")?);
        let mut town = Town::start(server, &directory.join("town"), 1)?;
        let shared = Shared {
            directory: directory.join("phones"),
            address: town.address().to_owned(),
            ids: Arc::new(LineIds::new(time.clone(), 1)),
            time: time.clone(),
        };
        town.have_done(&Order::SetTime { now: time.get() })?;
        town.have_done(&Order::Import {
            file: MUNICIPALITY.to_owned(),
        })?;
        let ana = Self::enrolled(&mut town, &shared, "ana", "android").await?;
        let bo = Self::enrolled(&mut town, &shared, "bo", "ios").await?;
        Ok(Self {
            out,
            town,
            time,
            ending: Ending::default(),
            ana,
            bo,
            team: names.space("wijkteam")?,
            noor: None,
        })
    }

    async fn enrolled(
        town: &mut Town,
        shared: &Shared,
        user: &str,
        platform: &str,
    ) -> Result<Phone, PlayError> {
        let named = NamedDevice {
            id: format!("telefoon-{user}"),
            user: user.to_owned(),
            platform: platform.to_owned(),
        };
        let code = town.make_code(user)?;
        let phone = Phone::new(&named, shared)?;
        phone.enrol(&code).await?;
        phone.synchronise().await?;
        Ok(phone)
    }

    /// It becomes that time of the day, and something happens.
    pub(super) fn at(&mut self, clock: &str, what: &str) -> Result<(), PlayError> {
        let now = moment(clock)?;
        self.time.set(now);
        self.town.have_done(&Order::SetTime { now })?;
        let clock = clock.replace(':', ".");
        self.say(&format!("\n{clock}  {what}"))
    }

    /// Says something that goes with it.
    pub(super) fn also(&mut self, what: &str) -> Result<(), PlayError> {
        self.say(&format!("       {what}"))
    }

    /// Says what was looked at, and whether it holds.
    pub(super) fn see(&mut self, holds: bool, what: &str) -> Result<(), PlayError> {
        self.ending.looked_at += 1;
        if !holds {
            self.ending.failed.push(what.to_owned());
        }
        self.say(&format!("       {} {what}", if holds { "✓" } else { "✗" }))
    }

    /// The young person whose dossier is on both phones.
    pub(super) fn noor(&self) -> Result<Id<Youth>, PlayError> {
        self.noor
            .ok_or_else(|| PlayError::line("there is no dossier yet"))
    }

    /// The digests of the team's space: on the server and on both phones.
    pub(super) fn digests(&mut self) -> Result<[String; 3], PlayError> {
        let servers = self.town.digests()?.get(&self.team).copied().unwrap_or_default();
        let own = |phone: &Phone| phone.with(|client| client.store().read(|reader| reader.digest(self.team)));
        Ok([
            servers.to_string(),
            own(&self.ana)?.to_string(),
            own(&self.bo)?.to_string(),
        ])
    }

    /// Types in a form on Ana's phone until the app is killed; gives what is back afterwards.
    pub(super) async fn kill_while_typing(
        &mut self,
        form: &str,
        typed: &Value,
    ) -> Result<Option<(RecordId, Value)>, PlayError> {
        let id = self.ana.with(|client| {
            let id = client.new_draft();
            typing::type_letter_by_letter(client, id, form, typed).map(|()| id)
        })?;
        self.ana.kill().await?;
        let drafts = self.ana.with(Client::drafts)?;
        let back = drafts.into_iter().find(|draft| draft.id == id);
        Ok(back.map(|draft| (draft.id, draft.content)))
    }

    fn say(&mut self, line: &str) -> Result<(), PlayError> {
        writeln!(self.out, "{line}").map_err(|error| PlayError::file("the story", error))
    }

    fn end(mut self, millis: i64) -> Result<Ending, PlayError> {
        let ending = self.ending.clone();
        let seconds = format!("{},{}", millis / 1_000, millis % 1_000 / 100);
        let good = ending.looked_at.saturating_sub(ending.failed.len());
        self.say(&format!(
            "\nNagekeken: {} dingen, waarvan {good} goed. Het duurde {seconds} s.",
            ending.looked_at
        ))?;
        for failed in &ending.failed {
            self.say(&format!("Niet goed: {failed}"))?;
        }
        Ok(ending)
    }
}

/// That time of the day, in summer time.
fn moment(clock: &str) -> Result<Moment, PlayError> {
    let text = format!("{DAY}T{clock}:00+02:00");
    Moment::from_rfc3339(&text).map_err(|error| PlayError::line(error.to_string()))
}
