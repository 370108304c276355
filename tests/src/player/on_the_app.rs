//! Lines that the app has a use case for.

use super::PlayError;
use super::deeds::{Deed, Outcome, Rejection, app_deed};
use super::fields::Reading;
use super::line::{Entered, Line};
use super::play::{Played, not_in_use};
use super::refs::Made;
use drempel_client::Client;
use drempel_client::phone::Stage;
use drempel_domain::record::Named as _;
use drempel_domain::records::notes::QuickNote;

impl Played {
    /// Carries out what the app has a use case for; a refusal is remembered, it is no failure.
    pub(super) async fn on_the_app(&mut self, line: Line) -> Result<(), PlayError> {
        let Some(deed) = app_deed(&line.does) else {
            return Ok(());
        };
        let mut entered = line.entered;
        let locked = entered.flag("locked");
        if locked && line.does == "record_quick_note" {
            return self.set_aside(&line.device, &line.does, entered).await;
        }
        self.open(&line.device).await?;
        let phone = self
            .phones
            .get(&line.device)
            .ok_or_else(|| not_in_use(&line.device))?;
        let form = self.open_forms.get(&line.device);
        let draft = form.filter(|draft| draft.form == line.does).map(|draft| draft.id);
        let (done, name, outcome, entered) = phone.with(|client| {
            let mut doing = Deed::new(client, &self.names, &mut self.refs, &line.zone, entered);
            doing.draft = draft;
            let done = deed(&mut doing);
            Ok::<_, PlayError>((done, doing.name, doing.outcome, doing.entered))
        })?;
        let refused = done.as_ref().err().and_then(PlayError::refusal).map(|refusal| {
            let (why, field) = refusal.first();
            (why.to_owned(), field.to_owned())
        });
        if let Some((why, field)) = refused {
            self.rejections.push(Rejection {
                n: line.n,
                by_server: false,
                why,
                field: Some(field),
                stays: false,
            });
            return Ok(());
        }
        done?;
        self.remember(line.n, &line.device, &line.does, outcome, &entered);
        if locked {
            self.mark_locked(line.n, &line.device, name.as_deref())?;
            self.phone(&line.device)?.lock().await?;
        }
        self.finish_form(&line.device, &line.does)
    }

    /// A person who wants to see or to change something unlocks.
    pub(super) async fn open(&mut self, device: &str) -> Result<(), PlayError> {
        let phone = self.phone(device)?;
        match phone.stage() {
            Stage::Locked => phone.unlock().await,
            Stage::NotEnrolled | Stage::ReadLocked | Stage::Open | Stage::Ended(_) => Ok(()),
        }
    }

    /// Records a note without unlocking.
    async fn set_aside(&mut self, device: &str, does: &str, mut entered: Entered) -> Result<(), PlayError> {
        let space = self.names.space(&entered.text("space")?)?;
        let name = entered.text("ref")?;
        let reading = Reading {
            names: &self.names,
            refs: &self.refs,
        };
        let note: QuickNote = reading.record(&mut entered)?;
        let phone = self.phone(device)?;
        phone.lock().await?;
        let id = phone.set_aside(note)?;
        let kind = QuickNote::NAME.to_owned();
        self.refs.add(&name, Made { kind, space, id });
        self.count_left(does, &entered);
        Ok(())
    }

    fn remember(&mut self, n: u64, device: &str, does: &str, outcome: Outcome, entered: &Entered) {
        for (space, seq) in outcome.changes {
            self.made_in.insert((device.to_owned(), space, seq), n);
        }
        self.told.extend(outcome.told);
        self.count_left(does, entered);
    }

    pub(super) fn count_left(&mut self, does: &str, entered: &Entered) {
        for field in entered.left() {
            *self.not_carried.entry(format!("{does}.{field}")).or_default() += 1;
        }
    }

    /// Without unlocking a contact is recorded in words, as a note. A file says at once what becomes of it: the contact is
    /// entered, and says that it was recorded so.
    fn mark_locked(&mut self, n: u64, device: &str, name: Option<&str>) -> Result<(), PlayError> {
        let name = name.ok_or_else(|| PlayError::line("what is recorded while locked has a name"))?;
        let made = self.refs.get(name)?;
        let phone = self.phones.get(device).ok_or_else(|| not_in_use(device))?;
        let saved =
            phone.with(|client| client.set_field(&made.kind, made.id, "recorded_locked", true.into()))?;
        for touched in saved.touched {
            self.made_in
                .insert((device.to_owned(), touched.space, touched.seq), n);
        }
        Ok(())
    }

    /// A form that was open and is now saved is no draft any more.
    fn finish_form(&mut self, device: &str, form: &str) -> Result<(), PlayError> {
        let Some(draft) = self.open_forms.get(device).filter(|draft| draft.form == form) else {
            return Ok(());
        };
        let id = draft.id;
        self.open_forms.remove(device);
        let left = self.phone(device)?.with(Client::drafts)?;
        match left.iter().any(|draft| draft.id == id) {
            true => Err(PlayError::line("the form was saved and its draft is still there")),
            false => Ok(()),
        }
    }
}
