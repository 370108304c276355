//! Contacts on the street: two taps with what is known, everything else may be left out.

use crate::audiences::Usual;
use crate::failure::CommandError;
use crate::follow_ups::{AFTER_CONTACT, choices};
use crate::places::{Places, place, place_choice};
use crate::rounds::Walking;
use crate::screens::{Deed, Screens};
use crate::shapes::{
    Audience, Basis, FormName, Opened, Participant, PlaceChoice, PlaceFrom, Saved, StreetContactForm,
    StreetContactKnown,
};
use drempel_client::actions::{self, Amendment, Half, Person};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Code, Codes, EventMoment, Whole};
use drempel_domain::records::contacts::{Participation, StreetContact};
use drempel_domain::records::notes::QuickNote;
use drempel_store::Query;
use serde_json::Value;

impl Screens<'_> {
    /// Opens a new form, that draft, or the form made from that quick note. A draft that is not there begins under that name.
    ///
    /// # Errors
    /// `not_found` when the note is not on this device.
    pub fn open_street_contact(
        &self,
        draft: Option<RecordId>,
        from_note: Option<RecordId>,
    ) -> Result<Opened<StreetContactForm, StreetContactKnown>, CommandError> {
        let walking = self.walking()?;
        let places = self.places(walking.as_ref().and_then(Walking::district))?;
        let begin = || self.new_street_contact(walking.as_ref(), &places, from_note);
        let known = |form: &StreetContactForm| self.street_contact_known(form, walking.as_ref(), &places);
        self.opened(draft, begin, known)
    }

    /// Time, place and number are known; what was seen or done is never filled in.
    fn new_street_contact(
        &self,
        walking: Option<&Walking>,
        places: &Places,
        from_note: Option<RecordId>,
    ) -> Result<StreetContactForm, CommandError> {
        let usual = self.audiences(Usual::Team, walking)?;
        let form = StreetContactForm {
            round: walking.map(|walking| walking.id.record()),
            place: places.known(walking.and_then(Walking::district)),
            headcount: Some(1),
            audience: usual.first().map(|choice| choice.audience),
            ..StreetContactForm::default()
        };
        match from_note {
            Some(note) => self.made_from_note(form, note),
            None => Ok(form),
        }
    }

    fn made_from_note(
        &self,
        form: StreetContactForm,
        note: RecordId,
    ) -> Result<StreetContactForm, CommandError> {
        let opened = self.client.open_record(Id::<QuickNote>::new(note))?;
        let made_at = opened.common().created_at.map(|at| at.0.into());
        let note_is_about = opened.record.youth.map(Id::record);
        Ok(StreetContactForm {
            // The note was made elsewhere and earlier: neither the round nor the place of now is known to be its own.
            round: None,
            occurred_at: made_at,
            place: opened.record.place.as_ref().map(place_choice),
            note: opened.record.text,
            basis: Basis::of(opened.record.basis.as_ref()),
            participants: note_is_about.into_iter().map(known_person).collect(),
            from_note: Some(note),
            ..form
        })
    }

    fn street_contact_known(
        &self,
        form: &StreetContactForm,
        walking: Option<&Walking>,
        places: &Places,
    ) -> Result<StreetContactKnown, CommandError> {
        let names = self.names()?;
        let lists = self.configuration()?;
        let spot = places.spots.first().map(|chip| chip.spot);
        Ok(StreetContactKnown {
            chosen: self.chips(form.participants.iter().filter_map(|person| person.youth), names)?,
            places: places.spots.clone(),
            place_from: match places.first_is_last_used {
                true => PlaceFrom::Last,
                false => PlaceFrom::None,
            },
            youths: self.chips(self.likely_youths(spot)?, names)?,
            groups: self.group_chips()?,
            follow_ups: choices(AFTER_CONTACT, &lists, self.today_is()),
            audiences: self.audiences(Usual::Team, walking)?,
        })
    }

    /// Saves and finishes the draft: one record, or two on a joint round.
    ///
    /// # Errors
    /// `refused`, `forbidden`, `bsn_found`, `storage_full`; nothing was written then.
    pub fn record_street_contact(&self, draft: RecordId, form: &StreetContactForm) -> Deed<Saved> {
        let saved = match form.record {
            Some(record) => self.add_to_contact(draft, record, form)?,
            None => self.new_contact(draft, form)?,
        };
        self.form_saved::<StreetContact>(saved, FormName::StreetContact, form, form.record)
    }

    fn new_contact(
        &self,
        draft: RecordId,
        form: &StreetContactForm,
    ) -> Result<drempel_client::Saved, CommandError> {
        let walking = self.walking()?;
        let audience = self.audience(form.audience, Usual::Team, walking.as_ref())?;
        let filled_in = actions::StreetContactForm {
            contact: contact_of(form),
            people: form.participants.iter().filter_map(person).collect(),
            follow_up: self.follow_ups(&form.follow_up, AFTER_CONTACT, only_youth(form))?,
            draft: Some(draft),
            from_note: form.from_note.map(Id::new),
            not_bsn: form.not_a_bsn,
        };
        Ok(match audience.joint {
            Some(joint) => {
                let half = Half {
                    joint,
                    own: audience.own,
                };
                self.client.record_joint_street_contact(half, filled_in)?
            }
            None => self.client.record_street_contact(audience.own, filled_in)?,
        })
    }

    fn add_to_contact(
        &self,
        draft: RecordId,
        record: RecordId,
        form: &StreetContactForm,
    ) -> Result<drempel_client::Saved, CommandError> {
        let shown = self.contact_as_form(record)?;
        let took_part = self.took_part(Id::new(record))?;
        let mut amendment = Amendment::of(Id::new(record), &contact_of(&shown), &contact_of(form));
        let joined = form
            .participants
            .iter()
            .filter(|one| !shown.participants.contains(one));
        amendment.joined = joined.filter_map(person).collect();
        let left = took_part
            .iter()
            .filter(|(_, one)| !form.participants.contains(one));
        amendment.left = left.map(|(id, _)| *id).collect();
        amendment.follow_up = self.follow_ups(&form.follow_up, AFTER_CONTACT, only_youth(form))?;
        amendment.own = form.audience.map(|audience| audience.own);
        amendment.draft = Some(draft);
        amendment.not_bsn = form.not_a_bsn;
        Ok(self.client.amend(amendment)?)
    }

    /// A contact as the form that adds to it.
    pub(crate) fn street_contact_again(&self, record: RecordId) -> Result<(FormName, Value), CommandError> {
        let form = self.contact_as_form(record)?;
        Ok((
            FormName::StreetContact,
            serde_json::to_value(form).unwrap_or_default(),
        ))
    }

    fn contact_as_form(&self, record: RecordId) -> Result<StreetContactForm, CommandError> {
        let whole = self.client.to_add_to(Id::<StreetContact>::new(record))?;
        let contact = whole.record;
        let own = match whole.own {
            Some(own) => own,
            None => self.team()?,
        };
        let took_part = self.took_part(whole.id)?;
        Ok(StreetContactForm {
            record: Some(whole.id.record()),
            round: contact.round.map(Id::record),
            youth_group: contact.youth_group.map(Id::record),
            occurred_at: contact.occurred_at.map(|at| at.0.into()),
            place: contact.place.as_ref().map(place_choice),
            place_text: contact.place_text,
            headcount: contact.headcount.map(|count| count.0),
            age_bands: contact
                .age_bands
                .iter()
                .map(|(band, count)| (band.to_owned(), count.0))
                .collect(),
            approach: code(contact.approach.as_ref()),
            mood: code(contact.mood.as_ref()),
            topics: chosen(&contact.topics),
            talents: chosen(&contact.talents),
            note: contact.note,
            basis: Basis::of(contact.basis.as_ref()),
            participants: took_part.into_iter().map(|(_, person)| person).collect(),
            follow_up: Vec::new(),
            audience: Some(Audience {
                own,
                joint: whole.joint,
            }),
            from_note: None,
            not_a_bsn: false,
        })
    }

    fn took_part(
        &self,
        contact: Id<StreetContact>,
    ) -> Result<Vec<(Id<Participation>, Participant)>, CommandError> {
        let people = Query::of::<Participation>().whose("contact.id", contact.to_string());
        let found = self.client.store().read(|reader| reader.find(&people))?;
        let people = found.iter().map(|stored| {
            let person: Participation = stored.typed();
            let participant = Participant {
                youth: person.youth.map(Id::record),
                unknown: person.unknown,
            };
            (Id::new(stored.id), participant)
        });
        Ok(people.collect())
    }
}

fn contact_of(form: &StreetContactForm) -> StreetContact {
    StreetContact {
        round: form.round.map(Id::new),
        youth_group: form.youth_group.map(Id::new),
        occurred_at: form.occurred_at.map(|at| EventMoment(at.into())),
        place: form.place.as_ref().map(place),
        place_text: form.place_text.clone(),
        headcount: form.headcount.map(Whole),
        age_bands: form
            .age_bands
            .iter()
            .map(|(band, count)| (band.clone(), Whole(*count)))
            .collect(),
        approach: form.approach.as_deref().map(Code::from),
        mood: form.mood.as_deref().map(Code::from),
        topics: form.topics.iter().map(|topic| (topic.clone(), true)).collect(),
        talents: form.talents.iter().map(|talent| (talent.clone(), true)).collect(),
        note: form.note.clone(),
        basis: form.basis.map(Into::into),
        ..StreetContact::default()
    }
}

fn person(participant: &Participant) -> Option<Person> {
    match (participant.youth, &participant.unknown) {
        (Some(youth), _) => Some(Person::Known(Id::new(youth))),
        (None, Some(looks)) => Some(Person::Unknown(looks.clone())),
        (None, None) => None,
    }
}

fn known_person(youth: RecordId) -> Participant {
    Participant {
        youth: Some(youth),
        unknown: None,
    }
}

/// The one known young person of a contact: what follows is then about him or her.
fn only_youth(form: &StreetContactForm) -> Option<RecordId> {
    let mut known = form.participants.iter().filter_map(|person| person.youth);
    known.next().filter(|_| known.next().is_none())
}

/// The code of a field, as a form has it.
pub(crate) fn code<L>(code: Option<&Code<L>>) -> Option<String> {
    code.map(|code| code.as_str().to_owned())
}

fn chosen<L>(codes: &Codes<L>) -> Vec<String> {
    codes
        .iter()
        .filter(|(_, yes)| **yes)
        .map(|(code, _)| code.to_owned())
        .collect()
}

impl Places {
    /// The place that is known when something is recorded now: the spot used last, else the neighbourhood of the round.
    fn known(&self, district: Option<&str>) -> Option<PlaceChoice> {
        let last = self.spots.first().filter(|_| self.first_is_last_used);
        match last {
            Some(chip) => Some(PlaceChoice {
                district: chip.district.clone(),
                spot: Some(chip.spot),
            }),
            None => district.map(|district| PlaceChoice {
                district: district.to_owned(),
                spot: None,
            }),
        }
    }
}
