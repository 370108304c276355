//! What a young person's course asks of the coach: suggestions and terms, never scores.

use crate::{Client, ClientError};
use drempel_domain::id::{Id, UserId};
use drempel_domain::records::course::{Measurement, SupportRequest, Track};
use drempel_domain::records::lists::WorkState;
use drempel_domain::records::network::KeyPerson;
use drempel_domain::records::youths::Youth;
use drempel_domain::rules::course::{next_measurement, suggests_referral};
use drempel_domain::rules::network::is_active_fixed_contact;
use drempel_domain::time::Day;
use drempel_store::{Query, Stored};
use std::collections::BTreeMap;

/// When the next measurement of a young person falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueMeasurement {
    /// The young person.
    pub youth: Id<Youth>,
    /// The day.
    pub due: Day,
}

impl Client {
    /// How many running tracks each coach has. For the coach's own warning, never to compare coaches.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn caseload(&self, coach: UserId) -> Result<usize, ClientError> {
        let running = Query::of::<Track>()
            .whose("coach", coach.to_string())
            .without("ended");
        let count = self
            .store
            .read(|reader| Ok::<_, ClientError>(reader.count(&running)?))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Young people with so many open support requests that a referral is suggested, by identifier.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn referral_suggestions(&self) -> Result<Vec<Id<Youth>>, ClientError> {
        let mut open: BTreeMap<Id<Youth>, usize> = BTreeMap::new();
        for request in self.all::<SupportRequest>()? {
            let is_open = !matches!(request.state, Some(WorkState::Done | WorkState::Dropped));
            if let (Some(youth), true) = (request.youth, is_open) {
                *open.entry(youth).or_default() += 1;
            }
        }
        Ok(open
            .into_iter()
            .filter(|(_, count)| suggests_referral(*count))
            .map(|(youth, _)| youth)
            .collect())
    }

    /// Young people whom another professional leads, so that staying in the background is suggested.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn background_suggestions(&self) -> Result<Vec<Id<Youth>>, ClientError> {
        let led = Query::of::<Youth>().whose("other_lead_professional", "yes");
        let found = self
            .store
            .read(|reader| Ok::<_, ClientError>(reader.find(&led)?))?;
        Ok(found.iter().map(|stored| Id::new(stored.id)).collect())
    }

    /// When each measured young person's next measurement falls due, counted from the last one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn measurements_due(&self) -> Result<Vec<DueMeasurement>, ClientError> {
        let mut last: BTreeMap<Id<Youth>, Day> = BTreeMap::new();
        for measurement in self.all::<Measurement>()? {
            if let (Some(youth), Some(date)) = (measurement.youth, measurement.date) {
                let latest = last.entry(youth).or_insert(date.0);
                *latest = (*latest).max(date.0);
            }
        }
        let due = last.into_iter().map(|(youth, date)| DueMeasurement {
            youth,
            due: next_measurement(date),
        });
        Ok(due.collect())
    }

    /// The active fixed contacts of a young person: more than one is asked about, never settled by itself.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn fixed_contacts(&self, youth: Id<Youth>) -> Result<Vec<Id<KeyPerson>>, ClientError> {
        let around = Query::of::<KeyPerson>().whose("youth", youth.to_string());
        let found = self
            .store
            .read(|reader| Ok::<_, ClientError>(reader.find(&around)?))?;
        let active = |stored: &&Stored| is_active_fixed_contact(&stored.typed());
        Ok(found
            .iter()
            .filter(active)
            .map(|stored| Id::new(stored.id))
            .collect())
    }

    fn all<K: drempel_domain::record::Record + drempel_domain::record::Named>(
        &self,
    ) -> Result<Vec<K>, ClientError> {
        let found = self
            .store
            .read(|reader| Ok::<_, ClientError>(reader.find(&Query::of::<K>())?))?;
        Ok(found.iter().map(Stored::typed).collect())
    }
}
