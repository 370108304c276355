//! Young people: known by a nickname first, by more later.

use super::course::TrackStart;
use crate::{Client, ClientError, Saved, Warning};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::records::course::Track;
use drempel_domain::records::lists::WorkState;
use drempel_domain::records::youths::Youth;

/// What is known of a young person when the dossier begins.
#[derive(Clone, Debug, Default)]
pub struct YouthForm {
    /// The young person.
    pub youth: Youth,
    /// The track that starts in the same go.
    pub track: Option<TrackStart>,
    /// The draft that this save finishes.
    pub draft: Option<RecordId>,
}

impl Client {
    /// Makes a young person known in a space. A full caseload or an age outside the track's range warns, never stops.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken; nothing is written then.
    pub fn create_youth(&self, space: SpaceId, form: YouthForm) -> Result<Saved, ClientError> {
        let status = form.youth.status.clone().or(Some(WorkState::Active));
        let mut saving = self.begin();
        saving.finish(form.draft);
        let youth = Youth { status, ..form.youth };
        let id = saving.create(space, &youth);
        if let Some(start) = form.track {
            for warning in self.track_warnings(&youth, &start)? {
                saving.warn(warning);
            }
            let youth = Some(id);
            saving.create(space, &Track { youth, ..start.track });
        }
        saving.commit()
    }

    /// What a person is told when a track of that young person starts.
    pub(crate) fn track_warnings(
        &self,
        youth: &Youth,
        start: &TrackStart,
    ) -> Result<Vec<Warning>, ClientError> {
        let caseload = self.caseload_warning(start.track.coach)?;
        let age = self.age_warning(youth)?;
        Ok(caseload.into_iter().chain(age).collect())
    }
}
