//! What leaves this device by itself although the server could not say so: closed cases, anonymous contacts, old notes.
//!
//! The server ages records out for everybody; a phone that stays offline does not wait for it. Work that the
//! municipality does not have yet never goes.

use crate::reference::reference;
use crate::{Client, ClientError, settings};
use drempel_domain::id::RecordId;
use drempel_domain::record::Named as _;
use drempel_domain::records::collections;
use drempel_domain::records::contacts::{DoorstepTalk, Participation, StreetContact};
use drempel_domain::records::lists::NoteState;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::youths::Youth;
use drempel_domain::rules::retention::Terms;
use drempel_domain::schema::{Collection, Holds, Kind};
use drempel_domain::time::{DAY, Moment};
use drempel_store::{Query, Reader, Stored, Writer};

/// The last day on which was looked what is past its term.
const AGED_ON: &str = "aged_on";

/// Records that go in one transaction at most: whoever saves meanwhile does not wait for more.
const AT_ONCE: usize = 200;

impl Client {
    /// Takes what is past its term off this device, once a day, as of `now` in the time that no user can set (lease
    /// time); how many records went.
    ///
    /// # Errors
    /// When the database cannot be read or written. What went before stays gone, and the rest is tried again the next
    /// time.
    pub fn age(&self, now: Moment) -> Result<usize, ClientError> {
        let today = now.local_day().to_string();
        let (aged_on, terms) = self
            .store
            .read(|reader| Ok::<_, ClientError>((reader.setting(AGED_ON)?, settings::terms(reader)?)))?;
        if aged_on.as_ref() == Some(&today) {
            return Ok(0);
        }
        let mut gone = self.store.write(|writer| {
            let mut past = closed_cases(writer, now, &terms)?;
            past.extend(talks_with_nobody_known(writer, now, &terms)?);
            past.extend(unprocessed_notes(writer, now)?);
            drop_all(writer, past)
        })?;
        // There are years of contacts, and this is on the way to the first screen: found without holding anybody up.
        let last = days_before(now, terms.device_anonymous_days);
        let contacts = self
            .store
            .read(|reader| Ok::<_, ClientError>(reader.contacts_with_nobody_known(last)?))?;
        for some in contacts.chunks(AT_ONCE) {
            gone += self.store.write(|writer| {
                some.iter()
                    .map(|contact| drop_contact(writer, *contact))
                    .sum::<Result<usize, ClientError>>()
            })?;
        }
        self.store
            .write(|writer| Ok::<_, ClientError>(writer.set_setting(AGED_ON, &today)?))?;
        Ok(gone)
    }
}

/// Drops a contact with those who took part, unless one of them was named since it was found.
fn drop_contact(writer: &Writer<'_>, contact: RecordId) -> Result<usize, ClientError> {
    let mut past = took_part(writer, contact)?;
    if past
        .iter()
        .any(|person| person.typed::<Participation>().youth.is_some())
    {
        return Ok(0);
    }
    past.extend(writer.record(StreetContact::NAME, contact)?);
    drop_all(writer, past)
}

fn drop_all(writer: &Writer<'_>, past: Vec<Stored>) -> Result<usize, ClientError> {
    let received = past.into_iter().filter(|stored| stored.acknowledged);
    let mut gone = 0;
    for stored in received {
        writer.drop_content(&stored.collection, stored.id)?;
        gone += 1;
    }
    Ok(gone)
}

/// Young people whose case was closed long enough ago, with everything that names them.
fn closed_cases(reader: &Reader<'_>, now: Moment, terms: &Terms) -> Result<Vec<Stored>, ClientError> {
    let last = days_before(now, terms.device_closed_days).local_day();
    let closed = reader.find(&Query::of::<Youth>().until("closed_on", last.to_string()))?;
    let mut past = Vec::new();
    for youth in closed {
        for kind in collections().filter(|kind| names_a_youth(kind)) {
            past.extend(
                reader.find(
                    &Query::kind(kind)
                        .whose("youth", reference(youth.id))
                        .with_deleted(),
                )?,
            );
        }
        past.push(youth);
    }
    Ok(past)
}

fn names_a_youth(kind: &Collection) -> bool {
    let youth = |holds: &Holds| matches!(holds, Holds::One(Kind::Record(Youth::NAME)));
    kind.field("youth").is_some_and(|field| youth(&field.holds))
}

/// Talks at a door with nobody known that were long enough ago, with those who took part.
fn talks_with_nobody_known(
    reader: &Reader<'_>,
    now: Moment,
    terms: &Terms,
) -> Result<Vec<Stored>, ClientError> {
    let last = days_before(now, terms.device_anonymous_days);
    let talks = Query::of::<DoorstepTalk>()
        .until("occurred_at", last.to_string())
        .with_deleted();
    let mut past = Vec::new();
    for talk in reader.find(&talks)? {
        let people = took_part(reader, talk.id)?;
        let known = people
            .iter()
            .any(|person| person.typed::<Participation>().youth.is_some());
        if !known && !talk.fields.contains_key("youth") {
            past.extend(people);
            past.push(talk);
        }
    }
    Ok(past)
}

fn took_part(reader: &Reader<'_>, contact: RecordId) -> Result<Vec<Stored>, ClientError> {
    let people = Query::of::<Participation>()
        .whose("contact.id", reference(contact))
        .with_deleted();
    Ok(reader.find(&people)?)
}

/// Notes that nobody processed within their term.
fn unprocessed_notes(reader: &Reader<'_>, now: Moment) -> Result<Vec<Stored>, ClientError> {
    let waiting = Query::of::<QuickNote>()
        .whose("state", NoteState::Inbox.as_str())
        .until("discard_after", now.to_string())
        .with_deleted();
    Ok(reader.find(&waiting)?)
}

fn days_before(now: Moment, days: u32) -> Moment {
    now.plus_millis(-i64::from(days) * DAY)
}
