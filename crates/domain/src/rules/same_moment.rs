//! "Zelfde moment?": two phones that recorded one moment are asked, never merged by themselves.

use crate::id::{Id, RecordId, UserId};
use crate::record::computed_id;
use crate::records::contacts::StreetContact;
use crate::records::questions::SameMoment;
use crate::time::{MINUTE, Moment};
use std::collections::{BTreeMap, BTreeSet};

/// What decides whether two contacts may be the same moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The contact.
    pub contact: Id<StreetContact>,
    /// Who recorded it: a person is never asked about two contacts of their own.
    pub author: UserId,
    /// When it was.
    pub at: Moment,
    /// The spot, as text, when one was chosen.
    pub spot: Option<String>,
    /// The neighbourhood: of the contact, of its spot or of its round.
    pub district: Option<String>,
    /// How many young people.
    pub headcount: i64,
}

/// How near two contacts must be to be asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearness {
    /// Minutes between them, at most.
    pub minutes: i64,
    /// Difference in headcount, at most.
    pub headcount: i64,
}

impl Default for Nearness {
    fn default() -> Self {
        Self {
            minutes: 20,
            headcount: 2,
        }
    }
}

/// Whether two contacts of one round with two or more participants may be the same moment.
pub fn may_be_same(one: &Seen, other: &Seen, nearness: Nearness) -> bool {
    let apart = (one.at.millis() - other.at.millis()).abs();
    let same_spot = one.spot.is_some() && one.spot == other.spot;
    let same_district = one.district.is_some() && one.district == other.district;
    one.author != other.author
        && apart <= nearness.minutes * MINUTE
        && (same_spot || same_district)
        && (one.headcount - other.headcount).abs() <= nearness.headcount
}

/// The identifier of the answer about two contacts: the same on every phone, in whichever order they are named.
pub fn answer_id(one: Id<StreetContact>, other: Id<StreetContact>) -> Id<SameMoment> {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    let bytes = |id: Id<StreetContact>| *id.record().uuid().as_bytes();
    Id::new(computed_id("same_moment", &[&bytes(first), &bytes(second)]))
}

/// Of all contacts linked by yes the least is shown; gives for each other one the contact that stands before it.
pub fn hidden_behind(same: impl IntoIterator<Item = (RecordId, RecordId)>) -> BTreeMap<RecordId, RecordId> {
    let mut neighbours: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
    for (one, other) in same {
        neighbours.entry(one).or_default().insert(other);
        neighbours.entry(other).or_default().insert(one);
    }
    let mut hidden = BTreeMap::new();
    let mut reached = BTreeSet::new();
    // The keys come in order, so the first of each linked set that is met is its least.
    for least in neighbours.keys() {
        let mut waiting = vec![*least];
        while let Some(contact) = waiting.pop() {
            if reached.insert(contact) {
                if contact != *least {
                    hidden.insert(contact, *least);
                }
                waiting.extend(neighbours.get(&contact).into_iter().flatten());
            }
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(number: u128) -> RecordId {
        RecordId::new(Uuid::from_u128(number))
    }

    fn seen(number: u128, minute: i64, spot: &str, headcount: i64) -> Seen {
        Seen {
            contact: Id::new(id(number)),
            author: UserId::new(Uuid::from_u128(number)),
            at: Moment::from_millis(minute * MINUTE),
            spot: Some(spot.to_owned()),
            district: Some("wesselerbrink".to_owned()),
            headcount,
        }
    }

    #[test]
    fn near_in_time_place_and_number_is_asked() {
        let asked = |one: &Seen, other: &Seen| may_be_same(one, other, Nearness::default());
        let first = seen(1, 12, "wcplein", 12);
        assert!(asked(&first, &seen(2, 14, "wcplein", 13)));
        assert!(
            asked(&first, &seen(2, 32, "bushalte", 14)),
            "the same district will do"
        );
        assert!(!asked(&first, &seen(2, 33, "wcplein", 12)), "21 minutes");
        assert!(!asked(&first, &seen(2, 14, "wcplein", 15)), "three more");
        let mut own = seen(2, 14, "wcplein", 12);
        own.author = first.author;
        assert!(!asked(&first, &own), "nobody is asked about their own");
    }

    #[test]
    fn the_answer_has_one_name_whoever_gives_it() {
        let (one, other) = (Id::new(id(1)), Id::new(id(2)));
        assert_eq!(answer_id(one, other), answer_id(other, one));
        assert_ne!(answer_id(one, other), answer_id(one, Id::new(id(3))));
    }

    #[test]
    fn of_all_linked_by_yes_the_least_is_shown() {
        let hidden = hidden_behind([(id(5), id(3)), (id(3), id(9)), (id(7), id(8))]);
        let expected = [(id(5), id(3)), (id(9), id(3)), (id(8), id(7))];
        assert_eq!(hidden, BTreeMap::from(expected));
    }
}
