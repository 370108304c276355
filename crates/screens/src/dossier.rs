//! A young person's dossier: who, where, what happened, how life goes.

use crate::failure::{CommandError, FailureCode};
use crate::names::{called, chip, nickname_beside};
use crate::rounds::first_name;
use crate::screens::Screens;
use crate::shapes::{
    DomainScores, Dossier, DossierSpace, FixedContact, Happening, MeasuredOn, Measurements, TimelineItem,
};
use crate::street_contacts::code;
use crate::timeline::{first_words, item, made_at};
use crate::words::Words;
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Named, Record, Score};
use drempel_domain::records::contacts::{DoorstepTalk, StreetContact};
use drempel_domain::records::course::{Measurement, PhaseChange, Track};
use drempel_domain::records::network::{KeyPerson, MessageContact};
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::youths::Youth;
use drempel_domain::rules::course::next_measurement;
use drempel_domain::rules::network::is_active_fixed_contact;
use drempel_domain::time::Moment;
use drempel_store::{Query, StoreError, Stored};

/// The most moments that a dossier shows at first.
const MOST_MOMENTS: usize = 50;

impl Screens<'_> {
    /// A dossier; that it was opened is kept for the audit.
    ///
    /// # Errors
    /// `not_found` when the young person is not on this device.
    pub fn dossier(&self, youth: RecordId) -> Result<Dossier, CommandError> {
        let opened = self.client.open_record(Id::<Youth>::new(youth))?;
        if opened.common().deleted == Some(true) {
            return Err(FailureCode::NotFound.into());
        }
        self.client.note_opening(Id::new(youth))?;
        let words = self.words()?;
        let person = &opened.record;
        let shown = chip(Id::new(youth), person, words.names);
        let space = self.readers_of(opened.space())?;
        let track = self.running_track(youth)?;
        Ok(Dossier {
            id: youth,
            called: called(person, words.names),
            nickname: nickname_beside(person, words.names),
            shown: shown.shown,
            initials: shown.initials,
            tint: shown.tint,
            age: person.birth_date.map(|born| born.0.years_until(self.today_is())),
            district: code(person.district.as_ref()),
            space: DossierSpace {
                id: opened.space(),
                name: space.as_ref().map(|space| space.name.clone()).unwrap_or_default(),
                people: space.map_or(1, |space| space.people),
            },
            fixed_contact: self.fixed_contact(youth)?,
            phase: track
                .and_then(|track| track.phase)
                .map(|phase| phase.as_str().to_owned()),
            phone: person.phone.clone(),
            timeline: self.happened_with(youth, &words)?,
            measurements: self.measurements(youth, &words)?,
        })
    }

    fn about<K: Record + Named>(&self, youth: RecordId) -> Result<Vec<Stored>, CommandError> {
        let query = Query::of::<K>().whose("youth", youth.to_string());
        Ok(self.client.store().read(|reader| reader.find(&query))?)
    }

    /// The track that runs: the person's own where there are more.
    fn running_track(&self, youth: RecordId) -> Result<Option<Track>, CommandError> {
        let me = self.me()?.id;
        let tracks = self.about::<Track>(youth)?;
        let mut running: Vec<Track> = tracks.iter().map(Stored::typed).collect();
        running.retain(|track| track.ended.is_none());
        running.sort_by_key(|track| track.coach != Some(me));
        Ok(running.into_iter().next())
    }

    fn fixed_contact(&self, youth: RecordId) -> Result<Option<FixedContact>, CommandError> {
        let me = self.me()?;
        let people = self.about::<KeyPerson>(youth)?;
        let mut fixed = people
            .iter()
            .map(|stored| stored.typed::<KeyPerson>())
            .filter(is_active_fixed_contact);
        let name = fixed.next().and_then(|person| person.name);
        Ok(name.map(|name| FixedContact {
            me: name == me.name,
            shown: first_name(&name).to_owned(),
        }))
    }

    /// What happened with a young person, the newest first.
    fn happened_with(&self, youth: RecordId, words: &Words) -> Result<Vec<TimelineItem>, CommandError> {
        let contacts = self.client.store().read(|reader| {
            let ids = reader.contacts_with(youth, MOST_MOMENTS)?;
            let found = ids.into_iter().map(|id| reader.record(StreetContact::NAME, id));
            found.collect::<Result<Vec<_>, StoreError>>()
        })?;
        let mut found: Vec<Stored> = contacts.into_iter().flatten().collect();
        found.extend(self.about::<DoorstepTalk>(youth)?);
        found.extend(self.about::<MessageContact>(youth)?);
        found.extend(self.about::<QuickNote>(youth)?);
        found.sort_by_key(|stored| std::cmp::Reverse((happened_at(stored), stored.id)));
        found.truncate(MOST_MOMENTS);
        let mut items: Vec<TimelineItem> = found
            .iter()
            .map(|stored| self.moment(stored, words))
            .collect::<Result<_, _>>()?;
        items.extend(self.course_items(youth, words)?);
        items.sort_by_key(|item| std::cmp::Reverse((item.at, item.id)));
        items.truncate(MOST_MOMENTS);
        Ok(items)
    }

    fn course_items(&self, youth: RecordId, words: &Words) -> Result<Vec<TimelineItem>, CommandError> {
        let mut items = Vec::new();
        for stored in self.about::<Measurement>(youth)? {
            let measured: Measurement = stored.typed();
            let at = measured
                .date
                .map_or_else(|| made_at(&stored), |date| date.0.begins());
            let where_is = self.whereabouts(Measurement::NAME, stored.id)?;
            items.push(TimelineItem {
                text: first_words(measured.own_story.as_deref()),
                ..item(stored.id, Happening::Measurement, at, where_is)
            });
        }
        for track in self.about::<Track>(youth)? {
            let steps = Query::of::<PhaseChange>().whose("track", track.id.to_string());
            for stored in self.client.store().read(|reader| reader.find(&steps))? {
                let step: PhaseChange = stored.typed();
                let at = step.changed_at.map_or_else(|| made_at(&stored), |at| at.0);
                let where_is = self.whereabouts(PhaseChange::NAME, stored.id)?;
                let phase = step
                    .phase
                    .as_ref()
                    .map(|phase| words.lists.label("phases", phase.as_str()).to_owned());
                let told: Vec<String> = [phase, step.reason].into_iter().flatten().collect();
                items.push(TimelineItem {
                    text: first_words(Some(&told.join(". "))),
                    ..item(stored.id, Happening::PhaseChange, at, where_is)
                });
            }
        }
        Ok(items)
    }

    fn measurements(&self, youth: RecordId, words: &Words) -> Result<Option<Measurements>, CommandError> {
        let found = self.about::<Measurement>(youth)?;
        let mut all: Vec<Measurement> = found.iter().map(Stored::typed).collect();
        all.retain(|measured| measured.date.is_some());
        all.sort_by_key(|measured| (measured.date, measured.number));
        let (Some(first), Some(last)) = (all.first(), all.last()) else {
            return Ok(None);
        };
        let (Some(first_on), Some(last_on)) = (on(first), on(last)) else {
            return Ok(None);
        };
        let again = (all.len() > 1).then_some(last);
        let told = all.iter().rev().find(|measured| measured.own_story.is_some());
        let next_due = next_measurement(last_on.date.0);
        let domains = words
            .lists
            .choices("life_domains")
            .into_iter()
            .map(|listed| DomainScores {
                first: score(first, &listed.code),
                last: again.and_then(|last| score(last, &listed.code)),
                domain: listed.code,
            });
        Ok(Some(Measurements {
            own_story: told.and_then(|measured| measured.own_story.clone()),
            story_on: told.and_then(|measured| measured.date).map(|date| date.0.into()),
            first: first_on,
            last: again.map(|_| last_on),
            next_due: next_due.into(),
            is_due: next_due <= self.today_is(),
            domains: domains.collect(),
        }))
    }
}

fn on(measured: &Measurement) -> Option<MeasuredOn> {
    Some(MeasuredOn {
        number: measured.number.map_or(0, |number| number.0),
        date: measured.date?.0.into(),
    })
}

fn score(measured: &Measurement, domain: &str) -> Option<u8> {
    match measured.scores.get(domain) {
        Some(Score::Scored(score)) => Some(*score),
        Some(Score::NotDiscussed) | None => None,
    }
}

fn happened_at(stored: &Stored) -> Moment {
    let at = stored
        .fields
        .get("occurred_at")
        .and_then(drempel_domain::value::Value::as_text);
    at.and_then(|at| at.parse().ok())
        .unwrap_or_else(|| made_at(stored))
}
