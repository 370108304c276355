//! What a track asks: a complete scan, a bearable caseload, the next measurement, a referral.

use crate::records::course::{Measurement, Track};
use crate::records::lists::Phase;
use crate::time::Day;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Months after which the next measurement falls due (Jongerencoach Enschede: half a year).
pub const MONTHS_BETWEEN_MEASUREMENTS: u32 = 6;

/// The life domains of the municipality that no measurement scores or marks as not discussed.
///
/// Scan can be left only when this is empty: asked on the device, never refused by the server.
pub fn unscored<'a>(
    domains: impl IntoIterator<Item = &'a str>,
    measurements: impl IntoIterator<Item = &'a Measurement>,
) -> BTreeSet<&'a str> {
    let mut open: BTreeSet<&str> = domains.into_iter().collect();
    for measurement in measurements {
        for (domain, _) in measurement.scores.iter() {
            open.remove(domain);
        }
    }
    open
}

/// Whether a step from one phase to another leaves the scan forwards, which needs all life domains.
pub fn leaves_scan(from: Option<&Phase>, to: &Phase) -> bool {
    from == Some(&Phase::Scan) && matches!(to, Phase::Match | Phase::Secure)
}

/// The day on which the measurement after this one falls due.
pub fn next_measurement(measured: Day) -> Day {
    measured.plus_months(MONTHS_BETWEEN_MEASUREMENTS)
}

/// Whether a coach's caseload asks for a warning (never more than that).
pub fn caseload_warns<'a>(tracks: impl IntoIterator<Item = &'a Track>, warn_above: usize) -> bool {
    let running = tracks.into_iter().filter(|track| track.ended.is_none()).count();
    running > warn_above
}

/// The age on that day, when it is outside the track's range: a warning at the start of a track, nowhere else.
pub fn age_outside(born: Day, on: Day, range: &RangeInclusive<u32>) -> Option<u32> {
    let age = born.years_until(on);
    (!range.contains(&age)).then_some(age)
}

/// Whether so many open support requests suggest a referral (a suggestion, never a referral).
pub fn suggests_referral(open_requests: usize) -> bool {
    open_requests >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EventDay, Score};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_scan_is_complete_when_every_domain_is_scored_or_not_discussed() {
        let domains = ["housing", "work", "home"];
        let mut measurement = Measurement::default();
        measurement.scores.set("housing", Score::Scored(3));
        measurement.scores.set("home", Score::NotDiscussed);
        assert_eq!(unscored(domains, [&measurement]), BTreeSet::from(["work"]));
        measurement.scores.set("work", Score::Scored(1));
        assert!(unscored(domains, [&measurement]).is_empty());
    }

    #[test]
    fn only_a_step_forward_out_of_scan_asks_for_the_scan() {
        assert!(leaves_scan(Some(&Phase::Scan), &Phase::Match));
        assert!(leaves_scan(Some(&Phase::Scan), &Phase::Secure));
        assert!(!leaves_scan(Some(&Phase::Scan), &Phase::Scout));
        assert!(!leaves_scan(Some(&Phase::Match), &Phase::Secure));
        assert!(!leaves_scan(None, &Phase::Match));
    }

    #[test]
    fn a_thirty_sixth_running_track_warns() {
        let mut tracks = vec![Track::default(); 36];
        assert!(caseload_warns(&tracks, 35));
        tracks[0].ended = Some(EventDay(day("2026-03-01")));
        assert!(!caseload_warns(&tracks, 35));
    }

    #[test]
    fn age_counts_birthdays() {
        let range = 16..=27;
        assert_eq!(
            age_outside(day("2010-03-07"), day("2026-03-06"), &range),
            Some(15)
        );
        assert_eq!(age_outside(day("2010-03-06"), day("2026-03-06"), &range), None);
        assert_eq!(next_measurement(day("2026-08-31")), day("2027-02-28"));
    }
}
