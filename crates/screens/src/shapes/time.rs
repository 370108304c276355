//! Instants and days as the screens have them: milliseconds since 1970, and `YYYY-MM-DD`.

use drempel_domain::time;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// An instant, in milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl From<time::Moment> for Moment {
    fn from(moment: time::Moment) -> Self {
        Self(moment.millis())
    }
}

impl From<Moment> for time::Moment {
    fn from(moment: Moment) -> Self {
        time::Moment::from_millis(moment.0)
    }
}

/// A calendar day in Europe/Amsterdam, `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, TS)]
#[ts(type = "string")]
pub struct Day(pub time::Day);

impl From<time::Day> for Day {
    fn from(day: time::Day) -> Self {
        Self(day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(D::Error::custom)
    }
}
