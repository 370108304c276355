//! Ageing: what must be off the phones, what must be gone, and what comes back because its case was reopened.

use crate::admin::AdminError;
use crate::app::App;
use crate::audit::Event;
use crate::journal::ErasedRecord;
use crate::storage::{Held, Standing};
use drempel_domain::id::RecordId;
use drempel_domain::record::{Link, Scalar as _};
use drempel_domain::rules::retention::{Facts, Terms, gone_from, off_devices_from};
use drempel_domain::space::{Regime, Space};
use drempel_domain::time::{Day, Moment};
use std::collections::{BTreeMap, BTreeSet};

/// What the ageing job did, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aged {
    /// Records that left the devices.
    pub off_devices: usize,
    /// Records that came back, because their case was reopened.
    pub back: usize,
    /// Records that were erased for ever.
    pub erased: usize,
}

/// What a space knows about its young people, gathered before anything is decided.
#[derive(Debug, Default)]
struct Cases {
    /// Each young person, and the day on which their case was closed.
    closed_on: BTreeMap<RecordId, Option<Day>>,
    /// Which young people took part in a contact or talk.
    took_part: BTreeMap<RecordId, BTreeSet<RecordId>>,
    /// Whose a track is.
    tracks: BTreeMap<RecordId, RecordId>,
}

/// What is to happen with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Stay,
    LeaveDevices,
    ComeBack,
    Erase,
}

impl App {
    /// Applies the municipality's retention terms to every space, as of now.
    pub fn age(&self) -> Result<Aged, AdminError> {
        let terms = terms(&self.configuration()?.settings);
        let directory = self.storage().directory()?;
        let mut aged = Aged::default();
        for space in directory.spaces() {
            let done = self.age_space(space, &terms)?;
            aged.off_devices += done.off_devices;
            aged.back += done.back;
            aged.erased += done.erased;
        }
        if aged.erased > 0 {
            let event = Event::TermsApplied { erased: aged.erased };
            self.storage().audit(&event, self.now())?;
        }
        Ok(aged)
    }

    fn age_space(&self, space: &Space, terms: &Terms) -> Result<Aged, AdminError> {
        let (mut cases, mut off, mut back, mut erased) =
            (Cases::default(), Vec::new(), Vec::new(), Vec::new());
        let now = self.now();
        self.storage()
            .each_record(space.id, &mut |held| cases.learn(&held))?;
        self.storage().each_record(space.id, &mut |held| {
            let record = ErasedRecord {
                space: space.id,
                record: held.id,
            };
            match fate(&held, &cases, space.regime, terms, now) {
                Fate::Stay => {}
                Fate::LeaveDevices => off.push(held.id),
                Fate::ComeBack => back.push(held.id),
                Fate::Erase => erased.push(record),
            }
        })?;
        self.erase_all(&erased)?;
        self.storage().set_standing(space.id, &off, Standing::Aged)?;
        self.storage().set_standing(space.id, &back, Standing::Live)?;
        Ok(Aged {
            off_devices: off.len(),
            back: back.len(),
            erased: erased.len(),
        })
    }
}

/// The terms among a municipality's settings; ours where it sets none.
fn terms(settings: &BTreeMap<String, i64>) -> Terms {
    let sensible = settings
        .iter()
        .filter(|(_, value)| u32::try_from(**value).is_ok());
    let settings = sensible.map(|(name, value)| (name.clone(), serde_json::Value::from(*value)));
    serde_json::from_value(serde_json::Value::Object(settings.collect())).unwrap_or_default()
}

impl Cases {
    fn learn(&mut self, held: &Held) {
        match held.collection.as_str() {
            "youth" => {
                self.closed_on.insert(held.id, day(held, "closed_on"));
            }
            "participation" => {
                if let (Some(contact), Some(youth)) = (link(held, "contact"), reference(held, "youth")) {
                    self.took_part.entry(contact).or_default().insert(youth);
                }
            }
            "track" => self
                .tracks
                .extend(reference(held, "youth").map(|youth| (held.id, youth))),
            _ => {}
        }
    }

    /// The young people whom a record is about.
    fn youths_of(&self, held: &Held) -> BTreeSet<RecordId> {
        let mut youths: BTreeSet<RecordId> = reference(held, "youth").into_iter().collect();
        if held.collection == "youth" {
            youths.insert(held.id);
        }
        let track = reference(held, "track").and_then(|track| self.tracks.get(&track));
        youths.extend(track);
        let contact = link(held, "contact").or(Some(held.id));
        let others = contact.and_then(|contact| self.took_part.get(&contact));
        youths.extend(others.into_iter().flatten());
        youths
    }

    /// The day on which the last of their cases was closed; none while one is open.
    fn closed(&self, youths: &BTreeSet<RecordId>) -> Option<Day> {
        let days: Option<Vec<Day>> = youths
            .iter()
            .map(|youth| self.closed_on.get(youth).copied().flatten())
            .collect();
        days?.into_iter().max()
    }
}

fn fate(held: &Held, cases: &Cases, regime: Regime, terms: &Terms, now: Moment) -> Fate {
    // What hangs on another record shares its fate.
    if held.standing == Standing::Erased || held.about.is_some() {
        return Fate::Stay;
    }
    let youths = cases.youths_of(held);
    let facts = Facts {
        collection: &held.collection,
        regime,
        made: made(held),
        received: held.received_at,
        known_youth: !youths.is_empty(),
        closed_on: cases.closed(&youths),
        unprocessed: held.collection == "quick_note" && text(held, "state") != Some("processed"),
    };
    let today = now.local_day();
    let is_due = |day: Option<Day>| day.is_some_and(|day| day <= today);
    match (
        is_due(gone_from(&facts, terms)),
        is_due(off_devices_from(&facts, terms)),
        held.standing,
    ) {
        (true, _, _) => Fate::Erase,
        (false, true, Standing::Live) => Fate::LeaveDevices,
        (false, false, Standing::Aged) => Fate::ComeBack,
        (false, _, _) => Fate::Stay,
    }
}

/// When a record was made: as its author's device said, but not later than it was received.
fn made(held: &Held) -> Moment {
    let told = text(held, "created_at").and_then(|text| text.parse().ok());
    told.unwrap_or(held.received_at).min(held.received_at)
}

fn text<'a>(held: &'a Held, field: &str) -> Option<&'a str> {
    held.cells.get(field)?.value.as_text()
}

fn day(held: &Held, field: &str) -> Option<Day> {
    text(held, field)?.parse().ok()
}

fn reference(held: &Held, field: &str) -> Option<RecordId> {
    text(held, field)?.parse().ok()
}

fn link(held: &Held, field: &str) -> Option<RecordId> {
    Some(Link::read(&held.cells.get(field)?.value)?.record)
}
