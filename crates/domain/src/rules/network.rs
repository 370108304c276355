//! The people around a young person: one fixed contact, Social Parents for three years.

use crate::records::network::KeyPerson;
use crate::time::Day;

/// Months for which a Social Parent is meant to stay (Social Parents: at least three years).
pub const SOCIAL_PARENT_MONTHS: u32 = 36;

/// Whether a person is a youth's fixed contact now. Two at a time are both kept and asked about.
pub fn is_active_fixed_contact(person: &KeyPerson) -> bool {
    person.ended.is_none() && person.roles.get("fixed_contact") == Some(&true)
}

/// Until when a person is meant to stay: as written, or three years for a Social Parent.
pub fn intended_until(person: &KeyPerson) -> Option<Day> {
    let written = person.intended_until.map(|until| until.0);
    let social_parent = person.roles.get("social_parent") == Some(&true);
    let computed = || {
        person
            .from
            .filter(|_| social_parent)
            .map(|from| from.0.plus_months(SOCIAL_PARENT_MONTHS))
    };
    written.or_else(computed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EventDay, PlanDay};

    #[test]
    fn a_social_parent_stays_three_years_unless_written_otherwise() {
        let mut person = KeyPerson {
            from: Some(EventDay("2028-02-29".parse().unwrap())),
            ..KeyPerson::default()
        };
        assert_eq!(intended_until(&person), None);
        person.roles.set("social_parent", true);
        assert_eq!(intended_until(&person).unwrap().to_string(), "2031-02-28");
        person.intended_until = Some(PlanDay("2030-01-01".parse().unwrap()));
        assert_eq!(intended_until(&person).unwrap().to_string(), "2030-01-01");
    }

    #[test]
    fn a_fixed_contact_is_active_until_ended() {
        let mut person = KeyPerson::default();
        assert!(!is_active_fixed_contact(&person));
        person.roles.set("fixed_contact", true);
        assert!(is_active_fixed_contact(&person));
        person.ended = Some(EventDay("2026-03-07".parse().unwrap()));
        assert!(!is_active_fixed_contact(&person));
    }
}
