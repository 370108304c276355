//! Quick notes: a few words to oneself, put where they belong later.

use super::follow_ups::FollowUp;
use crate::saving::Saving;
use crate::{Client, ClientError, Opened, Saved, settings};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{Link, PlanMoment};
use drempel_domain::records::lists::{Basis, NoteState};
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::youths::Youth;
use drempel_domain::time::DAY;

/// Where a note goes when it is processed.
#[derive(Clone, Debug)]
pub enum Into {
    /// It belongs to a contact, a talk or a group: it stays the author's own and points there.
    About(Link),
    /// It is about a young person: a copy goes to that young person's space.
    Youth {
        /// The young person.
        youth: Id<Youth>,
        /// The young person's space.
        space: SpaceId,
    },
    /// It becomes something to do.
    Action {
        /// In which space.
        space: SpaceId,
        /// What.
        follow_up: FollowUp,
    },
    /// It may go.
    Discard,
}

/// What a person filled in about a quick note.
#[derive(Clone, Debug, Default)]
pub struct QuickNoteForm {
    /// The note; it waits in the inbox unless its state says otherwise.
    pub note: QuickNote,
    /// What there is to do because of it.
    pub follow_up: Vec<FollowUp>,
    /// The draft that this save finishes.
    pub draft: Option<RecordId>,
    /// Whether the author said that no number in it is a citizen service number.
    pub not_bsn: bool,
}

impl Client {
    /// Records a quick note, finishing its draft when it had one; it waits in the author's own space until processed, at most the municipality's term.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken; nothing is written then.
    pub fn record_quick_note(
        &self,
        space: SpaceId,
        note: QuickNote,
        draft: Option<RecordId>,
    ) -> Result<Saved, ClientError> {
        let form = QuickNoteForm {
            note,
            draft,
            ..QuickNoteForm::default()
        };
        self.record_note(space, form)
    }

    /// Records a quick note with what follows from it, as [`Client::record_quick_note`].
    ///
    /// # Errors
    /// As [`Client::record_quick_note`].
    pub fn record_note(&self, space: SpaceId, form: QuickNoteForm) -> Result<Saved, ClientError> {
        let terms = self.store.read(settings::terms)?;
        let term = i64::from(terms.quick_note_days) * DAY;
        let state = form.note.state.unwrap_or(NoteState::Inbox);
        let waits = state == NoteState::Inbox;
        let discard_after = waits.then_some(PlanMoment(self.now().plus_millis(term)));
        let mut saving = self.begin();
        saving.finish(form.draft);
        saving.tell_not_bsn(form.not_bsn);
        let note = QuickNote {
            state: Some(state),
            discard_after,
            ..form.note
        };
        let id = saving.create(space, &note);
        for follow_up in form.follow_up {
            follow_up.add(&mut saving, space, Some(Link::to(id)));
        }
        saving.commit()
    }

    /// Records a quick note of nothing but words.
    ///
    /// # Errors
    /// As [`Client::record_quick_note`].
    pub fn note(&self, space: SpaceId, text: &str, basis: Option<Basis>) -> Result<Saved, ClientError> {
        let text = Some(text.to_owned());
        let note = QuickNote {
            text,
            basis,
            ..QuickNote::default()
        };
        self.record_quick_note(space, note, None)
    }

    /// Puts a note where it belongs; `also` is what there is to do besides, in the same go.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the note is not on this device.
    pub fn process_note(
        &self,
        note: Id<QuickNote>,
        into: Into,
        also: Vec<(SpaceId, FollowUp)>,
    ) -> Result<Saved, ClientError> {
        let mut opened = self.open_record(note)?;
        let mut saving = self.begin();
        put_where_it_belongs(&mut saving, note, &mut opened, into);
        opened.record.discard_after = None;
        saving.edit(&opened);
        for (space, follow_up) in also {
            follow_up.add(&mut saving, space, Some(Link::to(note)));
        }
        saving.commit()
    }
}

fn put_where_it_belongs(
    saving: &mut Saving<'_>,
    note: Id<QuickNote>,
    opened: &mut Opened<QuickNote>,
    into: Into,
) {
    opened.record.state = Some(NoteState::Processed);
    match into {
        Into::About(link) => opened.record.about = Some(link),
        Into::Youth { youth, space } => {
            saving.create(
                space,
                &QuickNote {
                    text: opened.record.text.clone(),
                    basis: opened.record.basis.clone(),
                    youth: Some(youth),
                    state: Some(NoteState::Processed),
                    from_note: Some(note),
                    ..QuickNote::default()
                },
            );
        }
        Into::Action { space, follow_up } => {
            follow_up.add(saving, space, None);
        }
        Into::Discard => opened.record.state = Some(NoteState::Discarded),
    }
}
