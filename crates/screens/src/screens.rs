//! The core as the screens ask it: one person's library, and what was just saved.

use crate::failure::CommandError;
use crate::recent::{Did, Recent};
use crate::shapes::{FormName, Saved, Warning};
use drempel_client as client;
use drempel_client::Client;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::record::Named;
use drempel_domain::time::Day;
use drempel_protocol::access::Person;
use serde::Serialize;
use std::collections::BTreeSet;

/// Everything that the screens can ask of an unlocked app; the functions stand by noun in the other files.
///
/// It is made for one command and holds nothing of its own, so that a lock has only the library and [`Recent`] to forget.
#[derive(Clone, Copy)]
pub struct Screens<'a> {
    pub(crate) client: &'a Client,
    pub(crate) recent: &'a Recent,
}

/// What a deed answers, and the kinds of record whose screens have to ask again.
///
/// Besides the kinds of record there are `draft`, `settings` and `problem`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Done<T> {
    /// The answer to who asked.
    pub answer: T,
    /// What every open screen is told.
    pub changed: BTreeSet<&'static str>,
}

impl<T> Done<T> {
    pub(crate) fn new(answer: T, changed: &[&'static str]) -> Self {
        Self {
            answer,
            changed: changed.iter().copied().collect(),
        }
    }
}

/// What a command that changes something answers.
pub type Deed<T> = Result<Done<T>, CommandError>;

impl<'a> Screens<'a> {
    /// The screens over that library. `recent` must be forgotten when the library is closed.
    pub fn new(client: &'a Client, recent: &'a Recent) -> Self {
        Self { client, recent }
    }

    pub(crate) fn me(&self) -> Result<Person, CommandError> {
        Ok(self.client.person()?)
    }

    pub(crate) fn today_is(&self) -> Day {
        self.client.now().local_day()
    }

    /// A form was saved: it can be taken back for as long as it is remembered.
    pub(crate) fn form_saved<K: Named>(
        &self,
        saved: client::Saved,
        form: FormName,
        content: &impl Serialize,
        record: Option<RecordId>,
    ) -> Deed<Saved> {
        let content = serde_json::to_value(content).unwrap_or_default();
        self.remembered::<K>(saved, Some((form, content)), record)
    }

    /// Something was done that no form did.
    pub(crate) fn deed_done<K: Named>(&self, saved: client::Saved, record: RecordId) -> Deed<Saved> {
        self.remembered::<K>(saved, None, Some(record))
    }

    /// A question about a record was answered with "leave it": it is not asked again on this device.
    pub(crate) fn settle<K: Named>(&self, space: SpaceId, record: RecordId) -> Deed<Saved> {
        self.client
            .store()
            .write(|writer| writer.leave_be(space, record))?;
        let token = self.client.new_draft();
        let collection = K::NAME;
        self.recent.keep(token, Did::Settled { collection, record }, None);
        let answer = Saved {
            token: token.to_string(),
            collection: collection.to_owned(),
            record,
            warnings: Vec::new(),
        };
        Ok(Done::new(answer, &[collection]))
    }

    fn remembered<K: Named>(
        &self,
        saved: client::Saved,
        form: Option<(FormName, serde_json::Value)>,
        record: Option<RecordId>,
    ) -> Deed<Saved> {
        let token = self.client.new_draft();
        let record = record
            .or_else(|| saved.first::<K>().map(drempel_domain::id::Id::record))
            .unwrap_or(token);
        let mut changed: BTreeSet<&'static str> =
            saved.touched.iter().map(|touched| touched.collection).collect();
        if form.is_some() {
            changed.insert("draft");
        }
        let answer = Saved {
            token: token.to_string(),
            collection: K::NAME.to_owned(),
            record,
            warnings: saved.warnings.iter().map(warning).collect(),
        };
        self.recent.keep(token, Did::Changed(saved), form);
        Ok(Done { answer, changed })
    }
}

fn warning(warning: &client::Warning) -> Warning {
    match *warning {
        client::Warning::Caseload { above } => Warning::Caseload { above },
        client::Warning::AgeOutside { age } => Warning::AgeOutside { age },
    }
}
