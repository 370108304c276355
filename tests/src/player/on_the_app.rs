//! Lines that the app has a use case for.

use super::PlayError;
use super::deeds::{Deed, Outcome, Rejection, app_deed};
use super::line::{Entered, Line};
use super::play::{Played, not_in_use};

impl Played {
    /// Carries out what the app has a use case for; a refusal is remembered, it is no failure.
    pub(super) fn on_the_app(&mut self, line: Line) -> Result<(), PlayError> {
        let Some(deed) = app_deed(&line.does) else {
            return Ok(());
        };
        let phone = self
            .phones
            .get(&line.device)
            .ok_or_else(|| not_in_use(&line.device))?;
        let mut entered = line.entered;
        let locked = entered.flag("locked");
        let mut doing = Deed::new(phone.client(), &self.names, &mut self.refs, &line.zone, entered);
        doing.draft = self
            .open_forms
            .get(&line.device)
            .filter(|draft| draft.form == line.does)
            .map(|draft| draft.id);
        let done = deed(&mut doing);
        let name = doing.name.clone();
        let Deed { outcome, entered, .. } = doing;
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
        }
        self.finish_form(&line.device, &line.does)
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

    /// Until recording on a locked phone has its own way, the record says that it was.
    fn mark_locked(&mut self, n: u64, device: &str, name: Option<&str>) -> Result<(), PlayError> {
        let name = name.ok_or_else(|| PlayError::line("what is recorded while locked has a name"))?;
        let made = self.refs.get(name)?;
        let phone = self.phones.get(device).ok_or_else(|| not_in_use(device))?;
        let saved = phone
            .client()
            .set_field(&made.kind, made.id, "recorded_locked", true.into())?;
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
        let left = self.phone(device)?.client().drafts()?;
        match left.iter().any(|draft| draft.id == id) {
            true => Err(PlayError::line("the form was saved and its draft is still there")),
            false => Ok(()),
        }
    }
}
