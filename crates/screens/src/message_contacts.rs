//! Messages and calls: contact without seeing each other. Nothing of a message is read; the coach says what matters.

use crate::audiences::Usual;
use crate::failure::CommandError;
use crate::follow_ups::{AFTER_MESSAGE, choices};
use crate::screens::{Deed, Screens};
use crate::shapes::{FormName, MessageContactForm, MessageContactKnown, Opened, Saved};
use crate::street_contacts::code;
use drempel_client::actions::{Amendment, MessageForm};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Code, EventMoment};
use drempel_domain::records::network::MessageContact;
use serde_json::Value;

impl Screens<'_> {
    /// Opens a new form, about that young person when one is given, or that draft.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_message_contact(
        &self,
        draft: Option<RecordId>,
        youth: Option<RecordId>,
    ) -> Result<Opened<MessageContactForm, MessageContactKnown>, CommandError> {
        let audiences = self.audiences(Usual::Team, None)?;
        let begin = || {
            Ok(MessageContactForm {
                youth,
                audience: audiences.first().map(|choice| choice.audience),
                ..MessageContactForm::default()
            })
        };
        self.opened(draft, begin, |form| {
            let names = self.names()?;
            Ok(MessageContactKnown {
                chosen: self.chips(form.youth, names)?,
                youths: self.chips(self.likely_youths(None)?, names)?,
                follow_ups: choices(AFTER_MESSAGE, &self.configuration()?, self.today_is()),
                audiences: audiences.clone(),
            })
        })
    }

    /// Records a message or a call and finishes its draft.
    ///
    /// # Errors
    /// `refused`, `forbidden`, `bsn_found`, `storage_full`; nothing was written then.
    pub fn record_message_contact(&self, draft: RecordId, form: &MessageContactForm) -> Deed<Saved> {
        let message = message_of(form);
        let follow_up = self.follow_ups(&form.follow_up, AFTER_MESSAGE, form.youth)?;
        let saved = match form.record {
            Some(record) => {
                let shown = self.message_as_form(record)?;
                let mut amendment = Amendment::of(Id::new(record), &message_of(&shown), &message);
                amendment.follow_up = follow_up;
                amendment.draft = Some(draft);
                amendment.not_bsn = form.not_a_bsn;
                self.client.amend(amendment)?
            }
            None => {
                let space = self.audience(form.audience, Usual::Team, None)?.own;
                let form = MessageForm {
                    message,
                    follow_up,
                    draft: Some(draft),
                    not_bsn: form.not_a_bsn,
                };
                self.client.record_message(space, form)?
            }
        };
        self.form_saved::<MessageContact>(saved, FormName::MessageContact, form, form.record)
    }

    /// A message or a call as the form that adds to it.
    pub(crate) fn message_contact_again(&self, record: RecordId) -> Result<(FormName, Value), CommandError> {
        let form = self.message_as_form(record)?;
        Ok((
            FormName::MessageContact,
            serde_json::to_value(form).unwrap_or_default(),
        ))
    }

    fn message_as_form(&self, record: RecordId) -> Result<MessageContactForm, CommandError> {
        let opened = self.client.open_record(Id::<MessageContact>::new(record))?;
        let audience = self.readers_of(opened.space())?;
        let message = opened.record;
        Ok(MessageContactForm {
            record: Some(record),
            youth: message.youth.map(Id::record),
            channel: code(message.channel.as_ref()),
            initiative: code(message.initiative.as_ref()),
            occurred_at: message.occurred_at.map(|at| at.0.into()),
            summary: message.summary,
            follow_up: Vec::new(),
            audience: audience.map(|choice| choice.audience),
            not_a_bsn: false,
        })
    }
}

fn message_of(form: &MessageContactForm) -> MessageContact {
    MessageContact {
        youth: form.youth.map(Id::new),
        channel: form.channel.as_deref().map(Code::from),
        initiative: form.initiative.as_deref().map(Code::from),
        occurred_at: form.occurred_at.map(|at| EventMoment(at.into())),
        summary: form.summary.clone(),
    }
}
