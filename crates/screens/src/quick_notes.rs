//! A few words to oneself: written in one breath, put where they belong later.

use crate::audiences::Usual;
use crate::failure::CommandError;
use crate::places::{place, place_choice, place_label};
use crate::rounds::Walking;
use crate::screens::{Deed, Screens};
use crate::shapes::{
    AudienceChoice, Basis, Configuration, FormName, GroupChip, NoteInto, Opened, PlaceChoice, QuickNoteForm,
    QuickNoteKnown, Saved, SpotChip, WaitingNote,
};
use drempel_client::ClientError;
use drempel_client::actions::{self, Amendment, FollowUp};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Code, Link, Named as _};
use drempel_domain::records::groups::YouthGroup;
use drempel_domain::records::lists::NoteState;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::{Day, Moment};
use drempel_store::{Query, Reader, StoreError, Stored};
use serde_json::Value;

/// The kind of action with which something is taken along to a consultation.
pub(crate) const FOR_MEETING: &str = "contribution";

impl Screens<'_> {
    /// Opens a new note, or that draft. A draft that is not there begins under that name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_quick_note(
        &self,
        draft: Option<RecordId>,
    ) -> Result<Opened<QuickNoteForm, QuickNoteKnown>, CommandError> {
        let audiences = self.audiences(Usual::Alone, None)?;
        let walking = self.walking()?;
        let places = self.places(walking.as_ref().and_then(Walking::district))?;
        let last = places
            .spots
            .into_iter()
            .next()
            .filter(|_| places.first_is_last_used);
        let begin = || {
            // On a round the last place is known to be the place; later, at a desk, it is only proposed.
            let here = last.as_ref().filter(|_| walking.is_some());
            Ok(QuickNoteForm {
                place: here.map(|spot| PlaceChoice {
                    district: spot.district.clone(),
                    spot: Some(spot.spot),
                }),
                audience: audiences.first().map(|choice| choice.audience),
                ..QuickNoteForm::default()
            })
        };
        self.opened(draft, begin, |form| {
            self.quick_note_known(form, last.clone(), audiences.clone())
        })
    }

    fn quick_note_known(
        &self,
        form: &QuickNoteForm,
        last: Option<SpotChip>,
        audiences: Vec<AudienceChoice>,
    ) -> Result<QuickNoteKnown, CommandError> {
        let chosen = match form.place.as_ref().and_then(|place| place.spot) {
            Some(spot) => self.spot(spot)?,
            None => None,
        };
        Ok(QuickNoteKnown {
            place: chosen.or(last),
            youths: self.chips(form.youth, self.names()?)?,
            groups: self.group_chips()?,
            audiences,
        })
    }

    /// Records a note and finishes its draft.
    ///
    /// # Errors
    /// `refused`, `forbidden`, `bsn_found`, `storage_full`; nothing was written then.
    pub fn record_quick_note(&self, draft: RecordId, form: &QuickNoteForm) -> Deed<Saved> {
        let space = self.audience(form.audience, Usual::Alone, None)?.own;
        let note = QuickNote {
            text: form.text.clone(),
            basis: form.basis.map(Into::into),
            place: form.place.as_ref().map(place),
            youth: form.youth.map(Id::new),
            about: form
                .youth_group
                .map(|group| Link::to(Id::<YouthGroup>::new(group))),
            ..QuickNote::default()
        };
        let saved = match form.record {
            Some(record) => {
                let shown = self.note_as_it_is(record)?;
                let mut amendment = Amendment::of(Id::new(record), &shown, &note);
                amendment.follow_up = self.for_the_meeting(form)?;
                amendment.draft = Some(draft);
                amendment.not_bsn = form.not_a_bsn;
                self.client.amend(amendment)?
            }
            None => self.client.record_note(
                space,
                actions::QuickNoteForm {
                    note,
                    follow_up: self.for_the_meeting(form)?,
                    draft: Some(draft),
                    not_bsn: form.not_a_bsn,
                },
            )?,
        };
        self.form_saved::<QuickNote>(saved, FormName::QuickNote, form, form.record)
    }

    fn for_the_meeting(&self, form: &QuickNoteForm) -> Result<Vec<FollowUp>, CommandError> {
        if !form.for_meeting {
            return Ok(Vec::new());
        }
        Ok(vec![FollowUp {
            kind: Some(Code::from(FOR_MEETING)),
            assignee: Some(self.me()?.id),
            youth: form.youth.map(Id::new),
            ..FollowUp::default()
        }])
    }

    /// The fields of a note that its form has, as they are now.
    fn note_as_it_is(&self, record: RecordId) -> Result<QuickNote, CommandError> {
        let note = self.client.open_record(Id::<QuickNote>::new(record))?.record;
        Ok(QuickNote {
            text: note.text,
            // A basis of a newer version cannot be chosen here, so that it is neither shown nor taken out.
            basis: Basis::of(note.basis.as_ref()).map(Into::into),
            place: note.place,
            youth: note.youth,
            about: note.about.filter(|about| about.collection == YouthGroup::NAME),
            ..QuickNote::default()
        })
    }

    /// A note as the form that adds to it.
    pub(crate) fn quick_note_again(&self, record: RecordId) -> Result<(FormName, Value), CommandError> {
        let space = self.client.open_record(Id::<QuickNote>::new(record))?.space();
        let note = self.note_as_it_is(record)?;
        let form = QuickNoteForm {
            record: Some(record),
            text: note.text,
            basis: Basis::of(note.basis.as_ref()),
            place: note.place.as_ref().map(place_choice),
            youth: note.youth.map(Id::record),
            youth_group: note.about.map(|about| about.record),
            for_meeting: false,
            audience: self.readers_of(space)?.map(|choice| choice.audience),
            not_a_bsn: false,
        };
        Ok((
            FormName::QuickNote,
            serde_json::to_value(form).unwrap_or_default(),
        ))
    }

    /// The notes that wait, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn inbox(&self) -> Result<Vec<WaitingNote>, CommandError> {
        let today = self.today_is();
        let me = self.me()?.id;
        let lists = self.configuration()?;
        self.client.store().read(|reader| {
            let waiting = Query::of::<QuickNote>().whose("state", NoteState::Inbox.as_str());
            let mut notes = reader.find(&waiting)?;
            notes.retain(|stored| stored.common().created_by.is_none_or(|author| author == me));
            let notes = notes
                .iter()
                .map(|stored| waiting_note(reader, &lists, stored, today));
            let mut notes = notes.collect::<Result<Vec<_>, StoreError>>()?;
            notes.sort_by_key(|note| std::cmp::Reverse((note.at, note.id)));
            Ok(notes)
        })
    }

    /// Puts a note where it belongs.
    ///
    /// # Errors
    /// `not_found` when the note or the young person is not on this device; `forbidden` when the person may not write there.
    pub fn process_note(&self, note: RecordId, into: NoteInto) -> Deed<Saved> {
        let id = Id::new(note);
        let into = match into {
            NoteInto::Youth { youth } => {
                let youth = Id::new(youth);
                let space = self.client.open_record(youth)?.space();
                actions::Into::Youth { youth, space }
            }
            NoteInto::Discard => actions::Into::Discard,
        };
        let saved = self.client.process_note(id, into, Vec::new())?;
        self.deed_done::<QuickNote>(saved, note)
    }

    /// The groups of the person's spaces, by name.
    pub(crate) fn group_chips(&self) -> Result<Vec<GroupChip>, CommandError> {
        let found = self
            .client
            .store()
            .read(|reader| Ok::<_, ClientError>(reader.find(&Query::of::<YouthGroup>())?))?;
        let mut groups: Vec<GroupChip> = found
            .iter()
            .map(|stored| GroupChip {
                id: stored.id,
                name: stored.typed::<YouthGroup>().name.unwrap_or_default(),
            })
            .collect();
        groups.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        Ok(groups)
    }
}

fn waiting_note(
    reader: &Reader<'_>,
    lists: &Configuration,
    stored: &Stored,
    today: Day,
) -> Result<WaitingNote, StoreError> {
    let note: QuickNote = stored.typed();
    let common = stored.common();
    let goes_on = note.discard_after.map(|at| at.0.local_day());
    let days_left = goes_on.map(|day| today.days_until(day));
    Ok(WaitingNote {
        id: stored.id,
        at: common.created_at.map_or(Moment::from_millis(0), |at| at.0).into(),
        place: place_label(reader, lists, note.place.as_ref())?,
        text: note.text.unwrap_or_default(),
        days_left: days_left.and_then(|days| u32::try_from(days).ok()).unwrap_or(0),
        while_locked: common.recorded_locked == Some(true),
    })
}
