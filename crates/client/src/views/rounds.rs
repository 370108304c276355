//! What a round brought, in numbers about what was seen, never about who walked.

use crate::reference::reference;
use crate::{Client, ClientError};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Code, Keyed, Named, Whole};
use drempel_domain::records::actions::Action;
use drempel_domain::records::contacts::{DoorstepTalk, StreetContact};
use drempel_domain::records::rounds::Round;
use drempel_store::{Query, Reader, Stored};
use std::collections::{BTreeMap, BTreeSet};

/// A round in numbers. Contacts that were hidden as the same moment count once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundReport {
    /// Contacts and talks.
    pub recorded: usize,
    /// Contacts on the street.
    pub street_contacts: usize,
    /// Young people seen, as counted.
    pub headcount: i64,
    /// Doors.
    pub addresses_visited: usize,
    /// Doors that nobody opened.
    pub nobody_home: usize,
    /// Contacts per approach.
    pub by_approach: BTreeMap<String, usize>,
    /// Contacts per mood.
    pub by_mood: BTreeMap<String, usize>,
    /// Contacts in which a topic was talked about.
    pub topics: BTreeMap<String, usize>,
    /// Young people per age band.
    pub age_bands: BTreeMap<String, i64>,
    /// Talks at a table that were agreed at a door.
    pub three_way_talks_agreed: usize,
    /// What to remember of the round.
    pub closing_summary: Option<String>,
}

impl Client {
    /// What a round brought.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the round is not on this device.
    pub fn round_report(&self, round: Id<Round>) -> Result<RoundReport, ClientError> {
        let opened = self.open_record(round)?;
        let hidden: BTreeSet<RecordId> = self.hidden_moments()?.into_keys().collect();
        self.store.read(|reader| {
            let of_round = |query: Query| {
                let query = query
                    .in_space(opened.space())
                    .whose("round", reference(round.record()));
                let mut found = reader.find(&query)?;
                found.retain(|stored| !hidden.contains(&stored.id));
                Ok::<_, ClientError>(found)
            };
            let contacts = of_round(Query::of::<StreetContact>())?;
            let talks = of_round(Query::of::<DoorstepTalk>())?;
            let mut report = RoundReport {
                recorded: contacts.len() + talks.len(),
                street_contacts: contacts.len(),
                addresses_visited: talks.len(),
                closing_summary: opened.record.closing_summary.clone(),
                three_way_talks_agreed: agreed(reader, &talks)?,
                ..RoundReport::default()
            };
            contacts
                .iter()
                .for_each(|contact| report.count_contact(&contact.typed()));
            talks.iter().for_each(|talk| report.count_talk(&talk.typed()));
            Ok(report)
        })
    }
}

impl RoundReport {
    fn count_contact(&mut self, contact: &StreetContact) {
        self.headcount += contact.headcount.map_or(0, |Whole(count)| count);
        count_code(&mut self.by_approach, contact.approach.as_ref());
        count_code(&mut self.by_mood, contact.mood.as_ref());
        for (topic, _) in chosen(&contact.topics) {
            *self.topics.entry(topic.to_owned()).or_default() += 1;
        }
        for (band, Whole(count)) in contact.age_bands.iter() {
            *self.age_bands.entry(band.to_owned()).or_default() += count;
        }
    }

    fn count_talk(&mut self, talk: &DoorstepTalk) {
        let nobody = talk
            .opened_by
            .as_ref()
            .is_some_and(|opened| opened.as_str() == "nobody");
        self.nobody_home += usize::from(nobody);
    }
}

fn count_code<L>(counts: &mut BTreeMap<String, usize>, code: Option<&Code<L>>) {
    if let Some(code) = code {
        *counts.entry(code.as_str().to_owned()).or_default() += 1;
    }
}

fn chosen<L>(codes: &Keyed<L, bool>) -> impl Iterator<Item = (&str, &bool)> {
    codes.iter().filter(|(_, yes)| **yes)
}

/// Talks at a table that were agreed during these talks at a door.
fn agreed(reader: &Reader<'_>, talks: &[Stored]) -> Result<usize, ClientError> {
    let mut count = 0;
    for talk in talks {
        let made = Query::of::<Action>()
            .whose("kind", "three_way_talk")
            .whose("from_record.id", reference(talk.id));
        let from_here = |stored: &Stored| {
            let action: Action = stored.typed();
            action
                .from_record
                .is_some_and(|from| from.collection == DoorstepTalk::NAME)
        };
        count += reader
            .find(&made)?
            .iter()
            .filter(|stored| from_here(stored))
            .count();
    }
    Ok(count)
}
