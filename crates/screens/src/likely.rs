//! Young people who are likely meant: by where and when they were seen, never by what they did.

use crate::failure::CommandError;
use crate::screens::Screens;
use drempel_domain::id::RecordId;
use drempel_domain::records::contacts::{Participation, StreetContact};
use drempel_domain::records::course::Track;
use drempel_domain::time::DAY;
use drempel_store::{Query, Reader, StoreError};

/// Days back in which somebody was seen at a spot.
const LATELY: i64 = 30 * DAY;
/// Contacts at the spot among which they are looked for, the last first.
const CONTACTS: usize = 30;
/// How many are proposed.
const MOST: usize = 12;

impl Screens<'_> {
    /// Who was seen at that spot lately, the last first, then the person's own caseload.
    pub(crate) fn likely_youths(&self, spot: Option<RecordId>) -> Result<Vec<RecordId>, CommandError> {
        let me = self.me()?.id;
        let since = self.client.now().plus_millis(-LATELY);
        self.client.store().read(|reader| {
            let mut likely = Vec::new();
            if let Some(spot) = spot {
                let here = Query::of::<StreetContact>()
                    .whose("place.spot", spot.to_string())
                    .from("occurred_at", since.to_string())
                    .newest_first("occurred_at")
                    .limit(CONTACTS);
                for contact in reader.find(&here)? {
                    add(&mut likely, took_part(reader, contact.id)?);
                }
            }
            let caseload = Query::of::<Track>()
                .whose("coach", me.to_string())
                .without("ended");
            let tracks = reader.find(&caseload)?;
            let own = tracks.iter().filter_map(|stored| stored.typed::<Track>().youth);
            add(&mut likely, own.map(drempel_domain::id::Id::record));
            Ok(likely)
        })
    }
}

/// The young people who took part in a contact or a talk.
pub(crate) fn took_part(reader: &Reader<'_>, contact: RecordId) -> Result<Vec<RecordId>, StoreError> {
    let people = Query::of::<Participation>().whose("contact.id", contact.to_string());
    let found = reader.find(&people)?;
    let known = found
        .iter()
        .filter_map(|stored| stored.typed::<Participation>().youth);
    Ok(known.map(drempel_domain::id::Id::record).collect())
}

fn add(likely: &mut Vec<RecordId>, more: impl IntoIterator<Item = RecordId>) {
    for youth in more {
        if likely.len() < MOST && !likely.contains(&youth) {
            likely.push(youth);
        }
    }
}
