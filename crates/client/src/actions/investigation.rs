//! "Dit wordt opsporing": a new note under the Wet politiegegevens. Nothing that was typed moves by itself.

use crate::{Client, ClientError, Saved};
use drempel_domain::id::SpaceId;
use drempel_domain::record::EventMoment;
use drempel_domain::records::notes::InvestigationNote;

impl Client {
    /// Records facts under the Wpg.
    ///
    /// # Errors
    /// [`ClientError::Refused`] naming `space` outside that regime, `facts` when there are none.
    pub fn record_investigation(
        &self,
        space: SpaceId,
        note: InvestigationNote,
    ) -> Result<Saved, ClientError> {
        let occurred_at = note.occurred_at.or(Some(EventMoment(self.now())));
        self.create(space, &InvestigationNote { occurred_at, ..note })
    }
}
