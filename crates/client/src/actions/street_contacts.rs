//! Contacts on the street: complete with only what is known; names can come later.

use super::follow_ups::FollowUp;
use super::rounds::{Half, create_halves};
use crate::client::granted_space;
use crate::saving::Saving;
use crate::{Client, ClientError, Refusal, Saved};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{EventMoment, Link, Whole};
use drempel_domain::records::contacts::{Participation, StreetContact};
use drempel_domain::records::lists::NoteState;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::youths::Youth;
use drempel_domain::space::Forbidden;

/// Somebody who took part in a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    /// A young person who is known.
    Known(Id<Youth>),
    /// What somebody unknown looked like: "rode jas".
    Unknown(String),
}

impl Person {
    /// That this person took part in a contact or a talk.
    pub(crate) fn takes_part(self, contact: Link) -> Participation {
        let contact = Some(contact);
        match self {
            Person::Known(youth) => Participation {
                contact,
                youth: Some(youth),
                unknown: None,
            },
            Person::Unknown(looks) => Participation {
                contact,
                youth: None,
                unknown: Some(looks),
            },
        }
    }
}

/// What a person filled in about a contact. Everything may be left out.
#[derive(Clone, Debug, Default)]
pub struct StreetContactForm {
    /// The contact; without a time it is now, without a number it is as many as the people, at least one.
    pub contact: StreetContact,
    /// Who took part.
    pub people: Vec<Person>,
    /// What there is to do because of it.
    pub follow_up: Vec<FollowUp>,
    /// The draft that this save finishes.
    pub draft: Option<RecordId>,
    /// The quick note that it was made from: it is processed by this save.
    pub from_note: Option<Id<QuickNote>>,
    /// Whether the author said that no number in it is a citizen service number.
    pub not_bsn: bool,
}

impl Client {
    /// Records a contact on the street.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken; nothing is written then.
    pub fn record_street_contact(
        &self,
        space: SpaceId,
        form: StreetContactForm,
    ) -> Result<Saved, ClientError> {
        let form = self.with_what_is_known(form);
        let mut saving = self.begin();
        let contact = saving.create(space, &form.contact);
        self.finish_contact(&mut saving, space, contact, form)?;
        saving.commit()
    }

    /// Records a contact of a joint round: the shared core and the author's own half, in one save.
    ///
    /// # Errors
    /// As [`Client::record_street_contact`].
    pub fn record_joint_street_contact(
        &self,
        half: Half,
        form: StreetContactForm,
    ) -> Result<Saved, ClientError> {
        let form = self.with_what_is_known(form);
        let joint = self.store.read(|reader| granted_space(reader, half.joint))?;
        let joint = joint.ok_or(Refusal::Forbidden(Forbidden::NotAMember))?;
        let mut saving = self.begin();
        let (contact, _) = create_halves(&mut saving, &joint.space, half.own, &form.contact);
        // Who took part is the author's own knowledge: it stays in the author's own space.
        self.finish_contact(&mut saving, half.own, contact, form)?;
        saving.commit()
    }

    /// Says who an unknown participant was.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the participation is not on this device.
    pub fn name_participant(
        &self,
        participation: Id<Participation>,
        youth: Id<Youth>,
    ) -> Result<Saved, ClientError> {
        self.edit(participation, |participation| participation.youth = Some(youth))
    }

    /// Fills in time and number where the person left them out: known, not seen or done.
    fn with_what_is_known(&self, mut form: StreetContactForm) -> StreetContactForm {
        let known = i64::try_from(form.people.len()).unwrap_or(500).clamp(1, 500);
        form.contact.occurred_at.get_or_insert(EventMoment(self.now()));
        form.contact.headcount.get_or_insert(Whole(known));
        form
    }

    /// Who took part, what follows, the note that it was made from, the draft that it finishes.
    fn finish_contact(
        &self,
        saving: &mut Saving<'_>,
        space: SpaceId,
        contact: Id<StreetContact>,
        form: StreetContactForm,
    ) -> Result<(), ClientError> {
        saving.finish(form.draft);
        saving.tell_not_bsn(form.not_bsn);
        for person in form.people {
            saving.create(space, &person.takes_part(Link::to(contact)));
        }
        for follow_up in form.follow_up {
            follow_up.add(saving, space, Some(Link::to(contact)));
        }
        if let Some(note) = form.from_note {
            let mut note = self.open_record(note)?;
            note.record.state = Some(NoteState::Processed);
            note.record.about = Some(Link::to(contact));
            note.record.discard_after = None;
            saving.edit(&note);
        }
        Ok(())
    }
}
