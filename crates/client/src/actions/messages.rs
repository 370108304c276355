//! Messages and calls with a young person: that they were, and what to remember of them.

use super::follow_ups::FollowUp;
use crate::{Client, ClientError, Saved};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::record::{EventMoment, Link};
use drempel_domain::records::network::MessageContact;

/// What a person filled in about a message or a call.
#[derive(Clone, Debug, Default)]
pub struct MessageForm {
    /// The message or call; it was now unless it says otherwise.
    pub message: MessageContact,
    /// What there is to do because of it.
    pub follow_up: Vec<FollowUp>,
    /// The draft that this save finishes.
    pub draft: Option<RecordId>,
    /// Whether the author said that no number in it is a citizen service number.
    pub not_bsn: bool,
}

impl Client {
    /// Records that a message or a call went to and fro, with what follows from it.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken; nothing is written then.
    pub fn record_message(&self, space: SpaceId, form: MessageForm) -> Result<Saved, ClientError> {
        let mut message = form.message;
        message.occurred_at.get_or_insert(EventMoment(self.now()));
        let mut saving = self.begin();
        saving.finish(form.draft);
        saving.tell_not_bsn(form.not_bsn);
        let id = saving.create(space, &message);
        for follow_up in form.follow_up {
            follow_up.add(&mut saving, space, Some(Link::to(id)));
        }
        saving.commit()
    }
}
