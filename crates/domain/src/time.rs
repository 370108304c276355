//! Instants, days and where the time comes from.

use crate::id::BootId;
use chrono::{
    DateTime, Datelike, LocalResult, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, TimeZone, Utc, Weekday,
};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Milliseconds of one minute.
pub const MINUTE: i64 = 60_000;
/// Milliseconds of one hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds of one day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

/// An instant: whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Written as RFC 3339 in UTC with three decimals, `2026-03-02T18:52:48.000Z`, and read only in that form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// The text is no instant in the one form that is written, `2026-03-02T18:52:48.000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an instant: expected UTC with milliseconds, such as 2026-03-02T18:52:48.000Z")]
pub struct NotAMoment;

/// How far from 1970 instants have a day, in whichever zone: some 200 000 years.
const CALENDAR_END: i64 = 200_000 * 365 * DAY;

impl Moment {
    /// The instant so many milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant so many milliseconds later (earlier, when negative); stays at the end of the scale.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Reads any RFC 3339 instant, whatever its zone or number of decimals.
    pub fn from_rfc3339(text: &str) -> Result<Self, NotAMoment> {
        DateTime::parse_from_rfc3339(text)
            .map(|at| Self(at.timestamp_millis()))
            .map_err(|_| NotAMoment)
    }

    /// The calendar day on which people in the Netherlands lived this instant.
    pub fn local_day(self) -> Day {
        let utc = self.date_time();
        Day(utc.with_timezone(&chrono_tz::Europe::Amsterdam).date_naive())
    }

    fn date_time(self) -> DateTime<Utc> {
        // Instants past the ends are shown as the ends: a clock may show anything.
        let millis = self.0.clamp(-CALENDAR_END, CALENDAR_END);
        Utc.timestamp_millis_opt(millis).single().unwrap_or_default()
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.date_time().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let moment = Self::from_rfc3339(text)?;
        if moment.to_string() == text {
            Ok(moment)
        } else {
            Err(NotAMoment)
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// A day on the calendar, without a time or a zone: `2026-03-02`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// The text is no day that exists, written as `2026-03-02`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day: expected one that exists, such as 2026-03-02")]
pub struct NotADay;

impl Day {
    /// That day, when it exists.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, NotADay> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self).ok_or(NotADay)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The same day so many months later; the month's last day where it has no such day.
    pub fn plus_months(self, months: u32) -> Self {
        Self(
            self.0
                .checked_add_months(chrono::Months::new(months))
                .unwrap_or(NaiveDate::MAX),
        )
    }

    /// The day so many days later.
    pub fn plus_days(self, days: u32) -> Self {
        Self(
            self.0
                .checked_add_days(chrono::Days::new(u64::from(days)))
                .unwrap_or(NaiveDate::MAX),
        )
    }

    /// The day so many days earlier.
    pub fn minus_days(self, days: u32) -> Self {
        Self(
            self.0
                .checked_sub_days(chrono::Days::new(u64::from(days)))
                .unwrap_or(NaiveDate::MIN),
        )
    }

    /// Days from this day to another; negative when the other is earlier.
    pub fn days_until(self, other: Day) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }

    /// Whether offices are open, holidays aside: Monday to Friday.
    pub fn is_weekday(self) -> bool {
        !matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The instant at which it begins in the Netherlands.
    pub fn begins(self) -> Moment {
        self.at_time(NaiveTime::MIN)
    }

    /// The instant at which a clock in the Netherlands shows that time of day; the first of two where it is set back,
    /// and an hour later where that time is skipped.
    pub fn at(self, hour: u32, minute: u32) -> Option<Moment> {
        NaiveTime::from_hms_opt(hour, minute, 0).map(|time| self.at_time(time))
    }

    fn at_time(self, time: NaiveTime) -> Moment {
        let local = self.0.and_time(time);
        let zone = chrono_tz::Europe::Amsterdam;
        match zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc().into(),
            // No clock shows it, because it was set forward: one hour is skipped, so that an hour earlier exists.
            LocalResult::None => zone
                .from_local_datetime(&(local - TimeDelta::hours(1)))
                .earliest()
                .map_or(Moment(0), |at| Moment::from(at.to_utc()).plus_millis(HOUR)),
        }
    }

    /// Whole years from this day to another, as birthdays count them; 0 when the other is earlier.
    pub fn years_until(self, other: Day) -> u32 {
        other.0.years_since(self.0).unwrap_or(0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(Self)
            .map_err(|_| NotADay)?;
        if day.to_string() == text {
            Ok(day)
        } else {
            Err(NotADay)
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// What a device's clocks show at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// The clock that the user can set: milliseconds since 1970-01-01T00:00:00Z.
    pub wall: i64,
    /// Which run of the operating system `mono` counts in; absent where unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boot: Option<BootId>,
    /// Milliseconds on a clock that runs on in sleep and is never set; absent where unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mono: Option<i64>,
}

impl Clocks {
    /// The instant that the settable clock shows.
    pub fn moment(&self) -> Moment {
        Moment(self.wall)
    }
}

/// Where the time comes from. An argument everywhere, so that a test can turn it.
pub trait Clock: Send + Sync {
    /// What the clocks show now.
    fn clocks(&self) -> Clocks;

    /// The instant that the settable clock shows now.
    fn now(&self) -> Moment {
        self.clocks().moment()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_only_in_the_form_it_is_written() {
        let text = "2026-03-02T18:52:48.120Z";
        assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        for other in [
            "2026-03-02T19:52:48.120+01:00",
            "2026-03-02T18:52:48Z",
            "2026-03-02",
            "",
        ] {
            assert_eq!(other.parse::<Moment>(), Err(NotAMoment), "{other}");
        }
    }

    #[test]
    fn a_night_round_belongs_to_the_local_day() {
        let late = Moment::from_rfc3339("2026-03-02T23:30:00Z").unwrap();
        assert_eq!(late.local_day().to_string(), "2026-03-03");
    }

    #[test]
    fn a_day_begins_at_midnight_in_the_netherlands() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let cases = [
            ("2026-01-15", "2026-01-14T23:00:00.000Z"),
            ("2026-07-15", "2026-07-14T22:00:00.000Z"),
        ];
        for (of, begins) in cases {
            assert_eq!(day(of).begins().to_string(), begins);
            assert_eq!(day(of).begins().local_day(), day(of));
        }
        let at = |of: &str, hour, minute| day(of).at(hour, minute).map(|at| at.to_string());
        assert_eq!(
            at("2026-03-29", 2, 30).unwrap(),
            "2026-03-29T01:30:00.000Z",
            "skipped"
        );
        assert_eq!(
            at("2026-10-25", 2, 30).unwrap(),
            "2026-10-25T00:30:00.000Z",
            "twice"
        );
        assert_eq!(at("2026-03-02", 24, 0), None);
        assert_eq!(day("2026-03-02").days_until(day("2026-02-27")), -3);
        assert!(day("2026-03-02").is_weekday() && !day("2026-03-01").is_weekday());
    }

    #[test]
    fn days_that_do_not_exist_are_refused_and_month_ends_are_kept() {
        assert!("2026-02-29".parse::<Day>().is_err());
        assert!("2026-2-3".parse::<Day>().is_err());
        let leap: Day = "2028-02-29".parse().unwrap();
        assert_eq!(leap.plus_months(36).to_string(), "2031-02-28");
        let born: Day = "2010-03-06".parse().unwrap();
        assert_eq!(born.years_until("2026-03-05".parse().unwrap()), 15);
        assert_eq!(born.years_until("2026-03-06".parse().unwrap()), 16);
    }

    #[test]
    fn every_instant_that_a_clock_can_show_has_a_day() {
        for millis in [i64::MIN, -CALENDAR_END - 1, CALENDAR_END + 1, i64::MAX] {
            let moment = Moment::from_millis(millis);
            let end = Moment::from_millis(millis.clamp(-CALENDAR_END, CALENDAR_END));
            assert_eq!(moment.local_day(), end.local_day());
            assert_eq!(moment.to_string(), end.to_string());
        }
    }
}
