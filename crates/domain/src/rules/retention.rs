//! How long records are kept: our defaults, which a municipality may set otherwise. None of them is statutory.

use crate::space::Regime;
use crate::time::{DAY, Day, Moment};
use serde::{Deserialize, Serialize};

/// The terms of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// Days in which a quick note must be processed.
    pub quick_note_days: u32,
    /// Months that a contact with nobody known is kept.
    pub anonymous_months: u32,
    /// Months that a coaching record is kept after the track ended.
    pub coaching_months: u32,
    /// Months that a leerplicht record is kept after compulsory education ended.
    pub leerplicht_months: u32,
    /// Months that a public order record is kept.
    pub public_order_months: u32,
    /// Months after which investigation data are removed (art. 8 lid 6, art. 14 Wpg: within five years).
    pub investigation_months: u32,
    /// Months after removal at which investigation data are destroyed (art. 14 Wpg).
    pub investigation_destroyed_months: u32,
    /// Days after closing at which a young person's records leave the phones.
    pub device_closed_days: u32,
    /// Days after which a contact with nobody known leaves the phones.
    pub device_anonymous_days: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            quick_note_days: 14,
            anonymous_months: 24,
            coaching_months: 24,
            leerplicht_months: 24,
            public_order_months: 24,
            investigation_months: 60,
            investigation_destroyed_months: 60,
            device_closed_days: 90,
            device_anonymous_days: 30,
        }
    }
}

/// What decides how long one record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The kind of record.
    pub collection: &'a str,
    /// The regime of its space.
    pub regime: Regime,
    /// When it was made.
    pub made: Moment,
    /// When the server first received it; a note that arrives after its term gets a new one.
    pub received: Moment,
    /// Whether it concerns a young person who is known.
    pub known_youth: bool,
    /// The day on which that young person's case was closed, or compulsory education ended.
    pub closed_on: Option<Day>,
    /// Whether it is a quick note that still waits to be processed.
    pub unprocessed: bool,
}

/// The day from which a record must be gone everywhere; nothing while its case is open.
pub fn gone_from(facts: &Facts<'_>, terms: &Terms) -> Option<Day> {
    let made = facts.made.local_day();
    if facts.unprocessed {
        let term = i64::from(terms.quick_note_days) * DAY;
        let late = facts.received >= facts.made.plus_millis(term);
        let begins = if late { facts.received } else { facts.made };
        return Some(begins.plus_millis(term).local_day());
    }
    match facts.regime {
        Regime::InvestigationWpg => Some(
            made.plus_months(terms.investigation_months)
                .plus_months(terms.investigation_destroyed_months),
        ),
        Regime::PublicOrderAvg => Some(made.plus_months(terms.public_order_months)),
        Regime::CoachingAvg | Regime::LeerplichtAvg if is_anonymous(facts) => {
            Some(made.plus_months(terms.anonymous_months))
        }
        Regime::CoachingAvg => facts
            .closed_on
            .map(|closed| closed.plus_months(terms.coaching_months)),
        Regime::LeerplichtAvg => facts
            .closed_on
            .map(|closed| closed.plus_months(terms.leerplicht_months)),
    }
}

/// The day from which a record must be off the phones, though the municipality still keeps it.
pub fn off_devices_from(facts: &Facts<'_>, terms: &Terms) -> Option<Day> {
    let sooner = match facts.closed_on {
        Some(closed) => Some(closed.plus_days(terms.device_closed_days)),
        None if is_anonymous(facts) => Some(facts.made.local_day().plus_days(terms.device_anonymous_days)),
        None => None,
    };
    let gone = gone_from(facts, terms);
    match (sooner, gone) {
        (Some(sooner), Some(gone)) => Some(sooner.min(gone)),
        (one, other) => one.or(other),
    }
}

fn is_anonymous(facts: &Facts<'_>) -> bool {
    !facts.known_youth
        && matches!(
            facts.collection,
            "street_contact" | "doorstep_talk" | "participation"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::from_rfc3339(text).unwrap()
    }

    fn facts(collection: &'static str, regime: Regime) -> Facts<'static> {
        let made = moment("2026-03-02T10:00:00Z");
        Facts {
            collection,
            regime,
            made,
            received: made,
            known_youth: false,
            closed_on: None,
            unprocessed: false,
        }
    }

    fn gone(facts: Facts<'_>) -> Option<String> {
        gone_from(&facts, &Terms::default()).map(|day| day.to_string())
    }

    fn off(facts: Facts<'_>) -> Option<String> {
        off_devices_from(&facts, &Terms::default()).map(|day| day.to_string())
    }

    #[test]
    fn each_regime_and_kind_has_its_term() {
        use Regime::*;
        let open = |regime| Facts {
            known_youth: true,
            ..facts("goal", regime)
        };
        let closed = |regime| Facts {
            closed_on: Some("2026-06-01".parse().unwrap()),
            ..open(regime)
        };
        let cases = [
            (
                facts("street_contact", CoachingAvg),
                Some("2028-03-02"),
                Some("2026-04-01"),
            ),
            (open(CoachingAvg), None, None),
            (closed(CoachingAvg), Some("2028-06-01"), Some("2026-08-30")),
            (closed(LeerplichtAvg), Some("2028-06-01"), Some("2026-08-30")),
            (open(PublicOrderAvg), Some("2028-03-02"), Some("2028-03-02")),
            (
                facts("investigation_note", InvestigationWpg),
                Some("2036-03-02"),
                Some("2036-03-02"),
            ),
        ];
        for (facts, everywhere, phones) in cases {
            assert_eq!(gone(facts).as_deref(), everywhere, "{facts:?}");
            assert_eq!(off(facts).as_deref(), phones, "{facts:?}");
        }
    }

    #[test]
    fn a_note_that_arrives_after_its_term_gets_a_new_one() {
        let note = Facts {
            unprocessed: true,
            ..facts("quick_note", Regime::CoachingAvg)
        };
        assert_eq!(gone(note).as_deref(), Some("2026-03-16"));
        let late = Facts {
            received: moment("2026-03-22T09:00:00Z"),
            ..note
        };
        assert_eq!(gone(late).as_deref(), Some("2026-04-05"));
    }
}
