//! Lease time on the phone: how long ago the last contact was, whatever its clocks are made to say.

use super::Lease;
use drempel_domain::time::{Clocks, DAY, HOUR, Moment};
use serde::{Deserialize, Serialize};

const VERSION: u8 = 1;
/// The user is warned so long before reading locks.
const WARNING: i64 = 2 * DAY;
/// Running time that lies at least between the two looks of a purge.
const BETWEEN_LOOKS: i64 = HOUR;

/// What the lease allows now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaseState {
    /// Everything.
    Fresh,
    /// Everything, with a warning.
    Warn {
        /// Days until reading locks, a begun one counted whole.
        days: i64,
    },
    /// Recording, and nothing else, until the next contact.
    ReadLocked,
    /// What can be read must go now: the database, its slots and its key. The sealed outbox and captures stay.
    PurgeDue,
}

/// A lease and what the phone's clocks have said since.
///
/// The time without contact is the larger of what the monotonic and the settable clock counted, and reading stays
/// locked once it was, so setting a clock back gains nothing. Purging cannot be taken back, so there each look counts
/// for itself: two must agree, an hour of running time apart, with contact tried between. A clock that was a year ahead
/// for a minute agrees only once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaseWatch {
    version: u8,
    lease: Lease,
    /// What the settable clock showed at the contact.
    wall: i64,
    /// What the clocks showed at the last look.
    looked: Clocks,
    /// Milliseconds that the monotonic clock has counted since the contact, as far as looks saw it.
    ran: i64,
    /// The longest time without contact that any look has found.
    longest: i64,
    /// A look that found the purge due, until a second one agrees or does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_look: Option<FirstLook>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstLook {
    ran: i64,
    contact_tried: bool,
}

/// The bytes are no kept watch of a form that this version knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no lease watch of a known form")]
pub struct NotAWatch;

impl LeaseWatch {
    /// Begins at a contact, with the lease that came with it.
    pub const fn begin(lease: Lease, clocks: Clocks) -> Self {
        Self {
            version: VERSION,
            lease,
            wall: clocks.wall,
            looked: clocks,
            ran: 0,
            longest: 0,
            first_look: None,
        }
    }

    /// What the lease allows now. Keep the watch afterwards: it has seen more than before.
    pub fn look(&mut self, clocks: &Clocks) -> LeaseState {
        self.ran = self.ran.saturating_add(ran_between(&self.looked, clocks));
        self.looked = *clocks;
        let passed = self.ran.max(clocks.wall.saturating_sub(self.wall));
        self.longest = self.longest.max(passed);
        if self.is_purge_agreed(passed) {
            return LeaseState::PurgeDue;
        }
        let left = self.lease.terms.read_lock_after().saturating_sub(self.longest);
        match left {
            ..=0 => LeaseState::ReadLocked,
            1..=WARNING => LeaseState::Warn {
                days: left.saturating_add(DAY - 1) / DAY,
            },
            _ => LeaseState::Fresh,
        }
    }

    /// Says that contact was tried and failed. When it succeeds, a new watch begins instead.
    pub fn contact_tried(&mut self) {
        if let Some(first) = &mut self.first_look {
            first.contact_tried = true;
        }
    }

    /// The lease time: never earlier than at any look before, whatever the clocks say.
    pub fn lease_time(&self) -> Moment {
        self.lease.server_time.plus_millis(self.longest)
    }

    /// The time that it is at least: by the monotonic clock alone, which nobody can set ahead. For what cannot be taken
    /// back and has no second look, such as the ageing of content on a phone without contact.
    pub fn least_time(&self) -> Moment {
        self.lease.server_time.plus_millis(self.ran)
    }

    /// The lease.
    pub fn lease(&self) -> &Lease {
        &self.lease
    }

    /// The watch as it is kept: JSON without anything secret.
    ///
    /// # Errors
    /// [`NotAWatch`], never in practice.
    pub fn to_json(&self) -> Result<String, NotAWatch> {
        serde_json::to_string(self).map_err(|_| NotAWatch)
    }

    /// Reads a watch that was kept.
    ///
    /// # Errors
    /// [`NotAWatch`]: reading is then locked until the next contact, and nothing is purged.
    pub fn from_json(json: &[u8]) -> Result<Self, NotAWatch> {
        let watch: Self = serde_json::from_slice(json).map_err(|_| NotAWatch)?;
        if watch.version == VERSION {
            Ok(watch)
        } else {
            Err(NotAWatch)
        }
    }

    fn is_purge_agreed(&mut self, passed: i64) -> bool {
        if passed < self.lease.terms.purge_after() {
            self.first_look = None;
            return false;
        }
        let first = *self.first_look.get_or_insert(FirstLook {
            ran: self.ran,
            contact_tried: false,
        });
        first.contact_tried && self.ran.saturating_sub(first.ran) >= BETWEEN_LOOKS
    }
}

/// Milliseconds that the monotonic clock counted between two looks in one run of the system; otherwise none.
fn ran_between(earlier: &Clocks, later: &Clocks) -> i64 {
    match (earlier.boot, later.boot, earlier.mono, later.mono) {
        (Some(one), Some(other), Some(from), Some(to)) if one == other => to.saturating_sub(from).max(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lease::Terms;
    use drempel_domain::id::{BootId, DeviceId};
    use drempel_domain::time::MINUTE;
    use proptest::prelude::*;
    use uuid::Uuid;

    const START: i64 = 1_772_474_400_000;
    const YEAR: i64 = 365 * DAY;

    /// A phone's clocks, which a test can turn.
    #[derive(Clone, Copy)]
    struct Phone {
        wall: i64,
        boot: u128,
        mono: i64,
    }

    impl Phone {
        fn clocks(self) -> Clocks {
            Clocks {
                wall: self.wall,
                boot: Some(BootId::new(Uuid::from_u128(self.boot))),
                mono: Some(self.mono),
            }
        }

        fn run(&mut self, millis: i64) {
            self.wall = self.wall.saturating_add(millis);
            self.mono += millis;
        }

        fn restart(&mut self, off: i64) {
            self.wall = self.wall.saturating_add(off);
            self.boot += 1;
            self.mono = 0;
        }
    }

    fn begin() -> (Phone, LeaseWatch) {
        let phone = Phone {
            wall: START + 12_345,
            boot: 1,
            mono: 777,
        };
        let device = DeviceId::new(Uuid::from_u128(1));
        let lease = Lease::new(device, Moment::from_millis(START), Terms::USUAL);
        (phone, LeaseWatch::begin(lease, phone.clocks()))
    }

    #[test]
    fn a_phone_without_contact_is_warned_from_day_five_and_locked_from_day_seven() {
        let (start, watch) = begin();
        for (passed, expected) in [
            (0, LeaseState::Fresh),
            (5 * DAY - 1, LeaseState::Fresh),
            (5 * DAY, LeaseState::Warn { days: 2 }),
            (6 * DAY - 1, LeaseState::Warn { days: 2 }),
            (6 * DAY, LeaseState::Warn { days: 1 }),
            (7 * DAY - 1, LeaseState::Warn { days: 1 }),
            (7 * DAY, LeaseState::ReadLocked),
            (8 * DAY, LeaseState::ReadLocked),
            (15 * DAY, LeaseState::ReadLocked),
        ] {
            let (mut phone, mut watch) = (start, watch);
            phone.run(passed);
            assert_eq!(watch.look(&phone.clocks()), expected, "after {passed} ms");
        }
    }

    #[test]
    fn after_fifteen_days_two_looks_an_hour_apart_with_contact_tried_between_purge() {
        let (mut phone, mut watch) = begin();
        phone.run(15 * DAY);
        assert_eq!(watch.look(&phone.clocks()), LeaseState::ReadLocked);
        phone.run(2 * HOUR);
        assert_eq!(
            watch.look(&phone.clocks()),
            LeaseState::ReadLocked,
            "contact was not tried"
        );
        watch.contact_tried();
        assert_eq!(watch.look(&phone.clocks()), LeaseState::PurgeDue);
    }

    #[test]
    fn two_looks_less_than_an_hour_of_running_time_apart_purge_nothing() {
        let (mut phone, mut watch) = begin();
        phone.run(15 * DAY);
        watch.look(&phone.clocks());
        watch.contact_tried();
        phone.run(HOUR - 1);
        assert_eq!(watch.look(&phone.clocks()), LeaseState::ReadLocked);
        phone.restart(DAY);
        assert_eq!(
            watch.look(&phone.clocks()),
            LeaseState::ReadLocked,
            "off is not running"
        );
        phone.run(1);
        assert_eq!(watch.look(&phone.clocks()), LeaseState::PurgeDue);
    }

    #[test]
    fn a_clock_a_year_ahead_for_a_minute_purges_nothing() {
        let (mut phone, mut watch) = begin();
        phone.run(DAY);
        phone.wall += YEAR;
        assert_eq!(watch.look(&phone.clocks()), LeaseState::ReadLocked);
        watch.contact_tried();
        phone.run(MINUTE);
        assert_eq!(watch.look(&phone.clocks()), LeaseState::ReadLocked);
        phone.wall -= YEAR;
        for _ in 0..48 {
            phone.run(HOUR);
            watch.contact_tried();
            assert_eq!(
                watch.look(&phone.clocks()),
                LeaseState::ReadLocked,
                "until the next contact corrects it"
            );
        }
        let mut after_contact = LeaseWatch::begin(*watch.lease(), phone.clocks());
        assert_eq!(after_contact.look(&phone.clocks()), LeaseState::Fresh);
    }

    #[test]
    fn a_clock_rolled_back_unlocks_nothing() {
        let (mut phone, mut watch) = begin();
        phone.run(8 * DAY);
        phone.wall -= 10 * YEAR;
        assert_eq!(watch.look(&phone.clocks()), LeaseState::ReadLocked);
        phone.restart(0);
        phone.wall = START;
        assert_eq!(
            watch.look(&phone.clocks()),
            LeaseState::ReadLocked,
            "also after a restart"
        );
        phone.run(7 * DAY);
        watch.look(&phone.clocks());
        watch.contact_tried();
        phone.run(HOUR);
        assert_eq!(
            watch.look(&phone.clocks()),
            LeaseState::PurgeDue,
            "15 days of running time are enough"
        );
    }

    #[test]
    fn a_phone_that_was_off_for_eight_days_is_locked_by_its_wall_clock() {
        let (mut phone, mut watch) = begin();
        phone.restart(8 * DAY);
        assert_eq!(watch.look(&phone.clocks()), LeaseState::ReadLocked);
        assert_eq!(watch.lease_time(), Moment::from_millis(START + 8 * DAY));
        assert_eq!(watch.least_time(), Moment::from_millis(START));
    }

    #[test]
    fn a_watch_has_this_form_and_survives_being_kept() {
        let (mut phone, mut watch) = begin();
        phone.run(15 * DAY);
        watch.look(&phone.clocks());
        let golden = "{\"version\":1,\"lease\":{\"version\":1,\"device\":\"00000000-0000-0000-0000-000000000001\",\
            \"server_time\":\"2026-03-02T18:00:00.000Z\",\"read_lock_after\":604800000,\"purge_after\":1209600000},\
            \"wall\":1772474412345,\"looked\":{\"wall\":1773770412345,\
            \"boot\":\"00000000-0000-0000-0000-000000000001\",\"mono\":1296000777},\"ran\":1296000000,\
            \"longest\":1296000000,\"first_look\":{\"ran\":1296000000,\"contact_tried\":false}}";
        assert_eq!(watch.to_json().unwrap(), golden);
        assert_eq!(LeaseWatch::from_json(golden.as_bytes()), Ok(watch));
        for cut in 0..golden.len() {
            assert_eq!(LeaseWatch::from_json(&golden.as_bytes()[..cut]), Err(NotAWatch));
        }
    }

    #[derive(Clone, Debug)]
    enum Event {
        Runs(i64),
        IsOff(i64),
        SetsClock(i64),
        TriesContact,
    }

    fn events() -> impl Strategy<Value = Vec<Event>> {
        let event = prop_oneof![
            (0..2 * DAY).prop_map(Event::Runs),
            (0..2 * DAY).prop_map(Event::IsOff),
            any::<i64>().prop_map(Event::SetsClock),
            Just(Event::TriesContact),
        ];
        prop::collection::vec(event, 0..30)
    }

    fn apply(event: &Event, phone: &mut Phone, watch: &mut LeaseWatch) {
        match *event {
            Event::Runs(millis) => phone.run(millis),
            Event::IsOff(millis) => phone.restart(millis),
            Event::SetsClock(wall) => phone.wall = wall,
            Event::TriesContact => watch.contact_tried(),
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_as_a_watch_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(LeaseWatch::from_json(&bytes), Err(NotAWatch));
        }

        #[test]
        fn no_turning_of_clocks_takes_lease_time_back_or_unlocks(events in events()) {
            let (mut phone, mut watch) = begin();
            let (mut latest, mut locked) = (watch.lease_time(), false);
            for event in events {
                apply(&event, &mut phone, &mut watch);
                let state = watch.look(&phone.clocks());
                let is_locked = matches!(state, LeaseState::ReadLocked | LeaseState::PurgeDue);
                prop_assert!(is_locked || !locked);
                prop_assert!(watch.lease_time() >= latest);
                (latest, locked) = (watch.lease_time(), is_locked);
            }
        }

        #[test]
        fn a_phone_whose_clock_is_wrong_less_than_an_hour_at_a_time_purges_nothing_before_its_term(
            jumps in prop::collection::vec((any::<i64>(), 0..HOUR, 0..DAY), 0..10),
        ) {
            let (mut phone, mut watch) = begin();
            for (wrong, for_so_long, then) in jumps {
                let right = phone.wall;
                phone.wall = wrong;
                prop_assert_ne!(watch.look(&phone.clocks()), LeaseState::PurgeDue);
                watch.contact_tried();
                phone.run(for_so_long);
                prop_assert_ne!(watch.look(&phone.clocks()), LeaseState::PurgeDue);
                phone.wall = right + for_so_long;
                phone.run(then);
                watch.contact_tried();
                prop_assert_ne!(watch.look(&phone.clocks()), LeaseState::PurgeDue);
            }
        }

        #[test]
        fn a_phone_with_right_clocks_is_locked_exactly_from_its_term_on(events in events()) {
            let (mut phone, mut watch) = begin();
            let mut passed = 0;
            for event in events {
                match event {
                    Event::SetsClock(_) => continue,
                    Event::Runs(millis) | Event::IsOff(millis) => passed += millis,
                    Event::TriesContact => {}
                }
                apply(&event, &mut phone, &mut watch);
                let locked = matches!(watch.look(&phone.clocks()), LeaseState::ReadLocked | LeaseState::PurgeDue);
                prop_assert_eq!(locked, passed >= 7 * DAY);
            }
        }
    }
}
