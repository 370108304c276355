//! The course: tracks, their phases, measurements.

use crate::saving::found;
use crate::{Client, ClientError, Saved, Warning, settings};
use drempel_domain::id::{Id, SpaceId, UserId};
use drempel_domain::record::{EventDay, EventMoment, Named, Record};
use drempel_domain::records::course::{Measurement, PhaseChange, Track};
use drempel_domain::records::lists::Phase;
use drempel_domain::records::youths::Youth;
use drempel_domain::rules::course::{age_outside, caseload_warns, leaves_scan, unscored};
use drempel_domain::schema::{Fault, FieldFault};
use drempel_domain::time::Day;
use drempel_store::Query;
use std::ops::RangeInclusive;

/// From how many running tracks on a coach is warned, unless the municipality says otherwise.
const CASELOAD_WARNING_ABOVE: u32 = 35;

/// The ages that a track is meant for (Jongerencoach, Rode loper).
const TRACK_AGES: RangeInclusive<u32> = 16..=27;

/// A track that starts.
#[derive(Clone, Debug, Default)]
pub struct TrackStart {
    /// The track; its young person is filled in.
    pub track: Track,
}

impl Client {
    /// Starts a track for a young person who is known.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the young person is not on this device.
    pub fn start_track(&self, youth: Id<Youth>, start: TrackStart) -> Result<Saved, ClientError> {
        let opened = self.open_record(youth)?;
        let mut saving = self.begin();
        for warning in self.track_warnings(&opened.record, &start)? {
            saving.warn(warning);
        }
        let youth = Some(youth);
        saving.create(opened.space(), &Track { youth, ..start.track });
        saving.commit()
    }

    /// Moves a track to another phase, back included. The history keeps each step with its reason.
    ///
    /// # Errors
    /// [`Fault::ScanNotComplete`] in `phase` when scan is left forwards before every life domain was scored or marked as
    /// not discussed.
    pub fn change_phase(
        &self,
        track: Id<Track>,
        phase: Phase,
        reason: Option<String>,
    ) -> Result<Saved, ClientError> {
        let mut opened = self.open_record(track)?;
        if leaves_scan(opened.record.phase.as_ref(), &phase) && !self.open_domains(&opened.record)?.is_empty()
        {
            return Err(FieldFault::new("phase", Fault::ScanNotComplete).into());
        }
        opened.record.phase = Some(phase.clone());
        let step = PhaseChange {
            track: Some(track),
            phase: Some(phase),
            changed_at: Some(EventMoment(self.now())),
            reason,
        };
        let mut saving = self.begin();
        saving.edit(&opened);
        saving.create(opened.space(), &step);
        saving.commit()
    }

    /// The life domains that no measurement of the track's young person scores or marks as not discussed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_domains(&self, track: &Track) -> Result<Vec<String>, ClientError> {
        self.store.read(|reader| {
            let set = settings::configuration(reader)?;
            let listed = set
                .and_then(|mut set| set.lists.remove("life_domains"))
                .unwrap_or_default();
            let domains = listed
                .iter()
                .filter(|code| code.active)
                .map(|code| code.code.as_str());
            let measured = match track.youth {
                Some(youth) => reader.find(&Query::of::<Measurement>().whose("youth", youth.to_string()))?,
                None => Vec::new(),
            };
            let measured: Vec<Measurement> = measured.iter().map(|stored| stored.typed()).collect();
            Ok(unscored(domains, &measured)
                .into_iter()
                .map(str::to_owned)
                .collect())
        })
    }

    /// Ends a track, with what became of it.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the track is not on this device.
    pub fn end_track(
        &self,
        track: Id<Track>,
        ended: Day,
        outcomes: impl FnOnce(&mut Track),
    ) -> Result<Saved, ClientError> {
        self.edit(track, |track| {
            track.ended = Some(EventDay(ended));
            outcomes(track);
        })
    }

    /// Records how life goes, domain by domain. What was not touched is absent, never a zero.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken.
    pub fn record_measurement(
        &self,
        space: SpaceId,
        measurement: &Measurement,
    ) -> Result<Saved, ClientError> {
        self.create(space, measurement)
    }

    pub(crate) fn caseload_warning(&self, coach: Option<UserId>) -> Result<Option<Warning>, ClientError> {
        let Some(coach) = coach else { return Ok(None) };
        self.store.read(|reader| {
            let set = settings::configuration(reader)?;
            let set = set.and_then(|set| set.settings.get("caseload_warning_above").copied());
            let above = set
                .and_then(|above| u32::try_from(above).ok())
                .unwrap_or(CASELOAD_WARNING_ABOVE);
            let running = Query::of::<Track>()
                .whose("coach", coach.to_string())
                .without("ended");
            let mut tracks: Vec<Track> = reader
                .find(&running)?
                .iter()
                .map(|stored| stored.typed())
                .collect();
            tracks.push(Track::default());
            let limit = usize::try_from(above).unwrap_or(usize::MAX);
            Ok(caseload_warns(&tracks, limit).then_some(Warning::Caseload { above }))
        })
    }

    pub(crate) fn age_warning(&self, youth: &Youth) -> Result<Option<Warning>, ClientError> {
        let today = self.now().local_day();
        let outside = youth
            .birth_date
            .and_then(|born| age_outside(born.0, today, &TRACK_AGES));
        Ok(outside.map(|age| Warning::AgeOutside { age }))
    }

    /// The space that a record belongs to.
    pub(crate) fn space_of<K: Record + Named>(&self, id: Id<K>) -> Result<SpaceId, ClientError> {
        self.store
            .read(|reader| Ok(found(reader, K::NAME, id.record())?.space))
    }
}
