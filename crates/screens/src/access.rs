//! What a young person may see: everything that is kept about him or her in that space.

use crate::failure::CommandError;
use crate::names::called;
use crate::screens::{Deed, Screens};
use crate::shapes::Saved;
use crate::shapes::{AccessCounts, AccessPreview, Names};
use drempel_client::ClientError;
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Named, PlanDay, Record};
use drempel_domain::records::actions::Action;
use drempel_domain::records::contacts::{DoorstepTalk, Participation};
use drempel_domain::records::course::Measurement;
use drempel_domain::records::network::MessageContact;
use drempel_domain::records::privacy::AccessRequest;
use drempel_domain::records::sharing::Share;
use drempel_domain::records::youths::Youth;
use drempel_store::{Query, Reader, StoreError};
use std::collections::BTreeSet;

/// Months in which a request must be answered (art. 12 lid 3 AVG).
const MONTHS_TO_ANSWER: u32 = 1;

impl Screens<'_> {
    /// What a young person may see, in numbers; that it was looked at is kept for the audit.
    ///
    /// # Errors
    /// `not_found` when the young person is not on this device.
    pub fn access_preview(&self, youth: RecordId) -> Result<AccessPreview, CommandError> {
        let opened = self.client.open_record(Id::<Youth>::new(youth))?;
        self.client.note_opening(Id::new(youth))?;
        let names = self.names()?;
        let chip = crate::names::chip(Id::new(youth), &opened.record, names);
        let (counts, shared_with, redacted) = self.client.store().read(|reader| {
            let talks = ids::<DoorstepTalk>(reader, youth)?;
            let contacts = reader.contacts_with(youth, usize::MAX)?;
            let (mut shared, mut others) = (Vec::new(), BTreeSet::new());
            for record in talks.iter().chain(&contacts).chain([&youth]) {
                let of = Query::of::<Share>().whose("of.id", record.to_string());
                shared.extend(reader.find(&of)?.iter().map(|stored| stored.typed::<Share>()));
            }
            for contact in &contacts {
                let people = Query::of::<Participation>().whose("contact.id", contact.to_string());
                let people = reader.find(&people)?;
                others.extend(
                    people
                        .iter()
                        .filter_map(|stored| stored.typed::<Participation>().youth),
                );
            }
            others.remove(&Id::new(youth));
            let counts = AccessCounts {
                contacts: contacts.len() + talks.len() + ids::<MessageContact>(reader, youth)?.len(),
                measurements: ids::<Measurement>(reader, youth)?.len(),
                actions: ids::<Action>(reader, youth)?.len(),
                shared: shared.len(),
            };
            let with: BTreeSet<String> = shared.into_iter().filter_map(|share| share.recipient).collect();
            Ok::<_, ClientError>((counts, with, others.len()))
        })?;
        Ok(AccessPreview {
            youth: chip,
            given_name: called(&opened.record, Names::Full),
            counts,
            shared_with: shared_with.into_iter().collect(),
            redacted,
            answer_by: self.today_is().plus_months(MONTHS_TO_ANSWER).into(),
        })
    }

    /// Forwards a formal request to the privacy officer, with the day by which it must be answered.
    ///
    /// # Errors
    /// `not_found` when the young person is not on this device; `forbidden` when the person may not write there.
    pub fn forward_access_request(&self, youth: RecordId) -> Deed<Saved> {
        let space = self.client.open_record(Id::<Youth>::new(youth))?.space();
        let request = AccessRequest {
            youth: Some(Id::new(youth)),
            deadline: Some(PlanDay(self.today_is().plus_months(MONTHS_TO_ANSWER))),
            redact_third_parties: Some(true),
            ..AccessRequest::default()
        };
        let saved = self.client.create(space, &request)?;
        let record = saved.first::<AccessRequest>().map_or(youth, Id::record);
        self.deed_done::<AccessRequest>(saved, record)
    }
}

/// The records of a kind about a young person.
fn ids<K: Record + Named>(reader: &Reader<'_>, youth: RecordId) -> Result<Vec<RecordId>, StoreError> {
    let found = reader.find(&Query::of::<K>().whose("youth", youth.to_string()))?;
    Ok(found.iter().map(|stored| stored.id).collect())
}
