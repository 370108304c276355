//! Days of a municipality file as instants.

use drempel_domain::time::{DAY, Day, HOUR, Moment};

/// An instant, or the first of a day in the Netherlands.
pub(super) fn instant(text: &str) -> Option<Moment> {
    match text.parse::<Day>() {
        Ok(day) => midnight(day),
        Err(_) => Moment::from_rfc3339(text).ok(),
    }
}

/// The first instant of a local day: one or two hours before midnight UTC, as summer time has it.
fn midnight(day: Day) -> Option<Moment> {
    let utc = Moment::from_rfc3339(&[&day.to_string(), "T00:00:00Z"].concat()).ok()?;
    [2 * HOUR, HOUR]
        .into_iter()
        .map(|early| utc.plus_millis(-early))
        .find(|first| {
            let before = first.plus_millis(-1);
            first.local_day() == day && before.local_day() != day && before >= utc.plus_millis(-DAY)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_local_midnight_in_winter_and_in_summer() {
        let begins = |text| instant(text).unwrap().to_string();
        assert_eq!(begins("2026-01-05"), "2026-01-04T23:00:00.000Z");
        assert_eq!(begins("2026-07-05"), "2026-07-04T22:00:00.000Z");
        assert_eq!(begins("2026-03-29"), "2026-03-28T23:00:00.000Z");
        assert_eq!(begins("2026-03-07T12:30:00+01:00"), "2026-03-07T11:30:00.000Z");
        assert_eq!(instant("2026-02-30"), None);
    }
}
