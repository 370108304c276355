//! What happened, as a list: contacts, talks and notes with where they are now.

use crate::failure::CommandError;
use crate::screens::Screens;
use crate::shapes::{Happening, Names, TimelineItem};
use crate::status::Whereabouts;
use crate::street_contacts::code;
use crate::words::Words;
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::Named as _;
use drempel_domain::records::contacts::{DoorstepTalk, Participation, StreetContact};
use drempel_domain::records::network::MessageContact;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::Moment;
use drempel_store::{Query, Stored};

/// The most characters of a text that a list shows.
const FIRST_WORDS: usize = 120;

/// What every item has before its kind says more.
pub(crate) fn item(id: RecordId, collection: Happening, at: Moment, where_is: Whereabouts) -> TimelineItem {
    TimelineItem {
        id,
        collection,
        at: at.into(),
        place: None,
        names: Vec::new(),
        others: 0,
        approach: None,
        mood: None,
        opened_by: None,
        result: None,
        text: None,
        status: where_is.status,
        late: where_is.late,
    }
}

/// The first words of a text, at most 120 characters.
pub(crate) fn first_words(text: Option<&str>) -> Option<String> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    Some(text.chars().take(FIRST_WORDS).collect())
}

/// When a record was made; the beginning of time where that is not known.
pub(crate) fn made_at(stored: &Stored) -> Moment {
    stored
        .common()
        .created_at
        .map_or(Moment::from_millis(0), |at| at.0)
}

impl Screens<'_> {
    /// A contact in a list, both its halves together.
    pub(crate) fn contact_item(&self, stored: &Stored, words: &Words) -> Result<TimelineItem, CommandError> {
        let whole = self.client.whole(Id::<StreetContact>::new(stored.id))?;
        let contact = whole.record;
        let people = self.people_of(whole.id.record(), words.names)?;
        let others = contact.headcount.map_or(0, |count| count.0) - i64::try_from(people.len()).unwrap_or(0);
        let at = contact.occurred_at.map_or_else(|| made_at(stored), |at| at.0);
        let where_is = self.whereabouts(StreetContact::NAME, whole.id.record())?;
        Ok(TimelineItem {
            place: self.place_words(words, contact.place.as_ref(), contact.place_text.as_deref())?,
            names: people,
            others: u32::try_from(others).unwrap_or(0),
            approach: code(contact.approach.as_ref()),
            mood: code(contact.mood.as_ref()),
            result: code(contact.result.as_ref()),
            text: first_words(contact.note.as_deref()),
            ..item(whole.id.record(), Happening::StreetContact, at, where_is)
        })
    }

    /// A talk at a door in a list, both its halves together.
    pub(crate) fn talk_item(&self, stored: &Stored, words: &Words) -> Result<TimelineItem, CommandError> {
        let whole = self.client.whole(Id::<DoorstepTalk>::new(stored.id))?;
        let talk = whole.record;
        let at = talk.occurred_at.map_or_else(|| made_at(stored), |at| at.0);
        let youth = self.chips(talk.youth.map(Id::record), words.names)?;
        let where_is = self.whereabouts(DoorstepTalk::NAME, whole.id.record())?;
        Ok(TimelineItem {
            place: talk.address.clone(),
            names: youth.into_iter().map(|chip| chip.shown).collect(),
            mood: code(talk.mood.as_ref()),
            opened_by: code(talk.opened_by.as_ref()),
            result: code(talk.result.as_ref()),
            text: first_words(talk.how_are_things.as_deref()),
            ..item(whole.id.record(), Happening::DoorstepTalk, at, where_is)
        })
    }

    /// A note in a list.
    pub(crate) fn note_item(&self, stored: &Stored, words: &Words) -> Result<TimelineItem, CommandError> {
        let note: QuickNote = stored.typed();
        let youth = self.chips(note.youth.map(Id::record), words.names)?;
        let where_is = self.whereabouts(QuickNote::NAME, stored.id)?;
        Ok(TimelineItem {
            place: self.place_words(words, note.place.as_ref(), None)?,
            names: youth.into_iter().map(|chip| chip.shown).collect(),
            text: first_words(note.text.as_deref()),
            ..item(stored.id, Happening::QuickNote, made_at(stored), where_is)
        })
    }

    /// A message or a call in a list.
    pub(crate) fn message_item(&self, stored: &Stored, words: &Words) -> Result<TimelineItem, CommandError> {
        let message: MessageContact = stored.typed();
        let youth = self.chips(message.youth.map(Id::record), words.names)?;
        let at = message.occurred_at.map_or_else(|| made_at(stored), |at| at.0);
        let where_is = self.whereabouts(MessageContact::NAME, stored.id)?;
        Ok(TimelineItem {
            names: youth.into_iter().map(|chip| chip.shown).collect(),
            text: first_words(message.summary.as_deref()),
            ..item(stored.id, Happening::MessageContact, at, where_is)
        })
    }

    /// Who took part in a contact, the known ones as may be shown now, then what the others looked like.
    fn people_of(&self, contact: RecordId, names: Names) -> Result<Vec<String>, CommandError> {
        let query = Query::of::<Participation>().whose("contact.id", contact.to_string());
        let found = self.client.store().read(|reader| reader.find(&query))?;
        let people: Vec<Participation> = found.iter().map(Stored::typed).collect();
        let known = self.chips(
            people.iter().filter_map(|person| person.youth).map(Id::record),
            names,
        )?;
        let looks = people.iter().filter(|person| person.youth.is_none());
        let looks = looks.filter_map(|person| person.unknown.clone());
        Ok(known.into_iter().map(|chip| chip.shown).chain(looks).collect())
    }

    /// What a query finds of what this person made.
    pub(crate) fn own(&self, query: Query) -> Result<Vec<Stored>, CommandError> {
        let me = self.me()?.id.to_string();
        let query = query.whose("created_by", me);
        Ok(self.client.store().read(|reader| reader.find(&query))?)
    }
}
