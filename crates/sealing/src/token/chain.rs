//! The tokens of one enrolment in their order, and what each use of one means.

use super::TokenHash;
use drempel_domain::time::{MINUTE, Moment};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long an old token is still taken after the first use of the new one, in milliseconds.
const UNDER_WAY: i64 = MINUTE;
/// Next tokens that may be announced before one is used. A device announces one; it loses one only with its disk.
const MOST_ANNOUNCED: usize = 8;

/// All tokens that one enrolment has had: the family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    current: TokenHash,
    /// Next ones that the present one announced and that were never used.
    announced: BTreeSet<TokenHash>,
    /// Earlier ones, each with the moment from which its use means a copy.
    ended: BTreeMap<TokenHash, Moment>,
    revoked: bool,
}

/// What the server does with a request that presents a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is the device's: answer.
    Accept,
    /// It is the device's, and the first use of this token: answer, and from now on the one before is old.
    AcceptAndRetireOld,
    /// Two use this family. It is revoked now; tell the administrator; answer as to an unknown token.
    Copied,
    /// No token of a family that is alive.
    Unknown,
}

impl Chain {
    /// The family of a new enrolment, with the token that the device made for it.
    pub const fn new(first: TokenHash) -> Self {
        Self {
            current: first,
            announced: BTreeSet::new(),
            ended: BTreeMap::new(),
            revoked: false,
        }
    }

    /// Decides on a request that presents `token`, and takes in the `next` one that it announces.
    pub fn present(&mut self, token: &TokenHash, next: Option<&TokenHash>, now: Moment) -> Decision {
        if self.revoked {
            return Decision::Unknown;
        }
        let decision = self.recognise(token, now);
        let may_announce = matches!(decision, Decision::Accept | Decision::AcceptAndRetireOld);
        if may_announce && token.is(&self.current) && !self.announce(next) {
            return self.copied();
        }
        decision
    }

    /// Forgets tokens that ended before a moment: whoever uses one then is told that it is unknown, and nobody is
    /// revoked for it.
    pub fn forget_ended_before(&mut self, moment: Moment) {
        self.ended.retain(|_, ended| *ended >= moment);
    }

    /// Ends the whole family: a device that was reported lost, a person who left.
    pub fn revoke(&mut self) {
        self.revoked = true;
    }

    /// Whether the family was ended.
    pub fn is_revoked(&self) -> bool {
        self.revoked
    }

    /// Every hash by which a request may find this family.
    pub fn hashes(&self) -> impl Iterator<Item = &TokenHash> {
        self.announced
            .iter()
            .chain(self.ended.keys())
            .chain([&self.current])
    }

    /// Whether the server has the hash of a next token, so that the device may move on to it.
    pub fn has_announced(&self, next: &TokenHash) -> bool {
        next.is(&self.current) || self.announced.contains(next)
    }

    fn recognise(&mut self, token: &TokenHash, now: Moment) -> Decision {
        if token.is(&self.current) {
            return Decision::Accept;
        }
        if self.announced.contains(token) {
            self.move_on_to(*token, now);
            return Decision::AcceptAndRetireOld;
        }
        match self.ended.get(token) {
            Some(ended) if now < *ended => Decision::Accept,
            Some(_) => self.copied(),
            None => Decision::Unknown,
        }
    }

    fn move_on_to(&mut self, token: TokenHash, now: Moment) {
        self.announced.remove(&token);
        // Others that were announced are of somebody who did not move on by this one.
        for never_used in std::mem::take(&mut self.announced) {
            self.ended.insert(never_used, now);
        }
        self.ended.insert(self.current, now.plus_millis(UNDER_WAY));
        self.current = token;
    }

    /// Takes in the hash of a next token; false when there are more than one device can lose.
    fn announce(&mut self, next: Option<&TokenHash>) -> bool {
        // A request that is delivered twice announces what was used or ended since.
        if let Some(next) = next.filter(|next| !next.is(&self.current) && !self.ended.contains_key(*next)) {
            self.announced.insert(*next);
        }
        self.announced.len() <= MOST_ANNOUNCED
    }

    fn copied(&mut self) -> Decision {
        self.revoked = true;
        Decision::Copied
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use drempel_domain::time::DAY;
    use proptest::prelude::*;

    fn hash(number: u8) -> TokenHash {
        TokenHash::from_bytes([number; 32])
    }

    fn at(millis: i64) -> Moment {
        Moment::from_millis(millis)
    }

    #[test]
    fn the_old_token_ends_a_minute_after_the_first_use_of_the_new_one_and_not_before() {
        let mut chain = Chain::new(hash(1));
        assert_eq!(chain.present(&hash(1), Some(&hash(2)), at(0)), Decision::Accept);
        assert_eq!(
            chain.present(&hash(1), Some(&hash(2)), at(6 * DAY)),
            Decision::Accept,
            "the answer was lost"
        );
        assert_eq!(
            chain.present(&hash(2), None, at(7 * DAY)),
            Decision::AcceptAndRetireOld
        );
        assert_eq!(chain.present(&hash(2), None, at(7 * DAY)), Decision::Accept);
        let under_way = at(7 * DAY + UNDER_WAY - 1);
        assert_eq!(
            chain.present(&hash(1), Some(&hash(2)), under_way),
            Decision::Accept
        );
        let late = at(7 * DAY + UNDER_WAY);
        assert_eq!(chain.present(&hash(1), None, late), Decision::Copied);
        for token in [1, 2] {
            assert_eq!(
                chain.present(&hash(token), None, late),
                Decision::Unknown,
                "both enrol again"
            );
        }
    }

    #[test]
    fn a_token_that_was_never_given_is_unknown_and_harms_nobody() {
        let mut chain = Chain::new(hash(1));
        assert_eq!(chain.present(&hash(9), Some(&hash(8)), at(0)), Decision::Unknown);
        assert_eq!(chain.present(&hash(8), None, at(0)), Decision::Unknown);
        assert_eq!(chain.present(&hash(1), None, at(0)), Decision::Accept);
    }

    #[test]
    fn a_thief_who_moves_on_first_is_found_when_the_device_comes_back() {
        let mut chain = Chain::new(hash(1));
        chain.present(&hash(1), Some(&hash(66)), at(0));
        assert_eq!(
            chain.present(&hash(66), None, at(1)),
            Decision::AcceptAndRetireOld
        );
        assert_eq!(chain.present(&hash(1), Some(&hash(2)), at(DAY)), Decision::Copied);
        assert!(chain.is_revoked());
    }

    #[test]
    fn two_next_tokens_do_not_live_side_by_side() {
        let mut chain = Chain::new(hash(1));
        chain.present(&hash(1), Some(&hash(2)), at(0));
        chain.present(&hash(1), Some(&hash(66)), at(0));
        assert_eq!(chain.present(&hash(2), None, at(1)), Decision::AcceptAndRetireOld);
        assert_eq!(chain.present(&hash(66), None, at(1)), Decision::Copied);
    }

    #[test]
    fn an_ended_token_announces_nothing_in_its_last_minute() {
        let mut chain = Chain::new(hash(1));
        chain.present(&hash(1), Some(&hash(2)), at(0));
        chain.present(&hash(2), None, at(1));
        assert_eq!(chain.present(&hash(1), Some(&hash(66)), at(2)), Decision::Accept);
        assert!(!chain.has_announced(&hash(66)));
        assert_eq!(chain.present(&hash(66), None, at(3)), Decision::Unknown);
    }

    #[test]
    fn a_flood_of_next_tokens_cannot_push_the_devices_own_out() {
        let mut chain = Chain::new(hash(1));
        chain.present(&hash(1), Some(&hash(2)), at(0));
        let decisions: Vec<Decision> = (100..120)
            .map(|next| chain.present(&hash(1), Some(&hash(next)), at(0)))
            .collect();
        assert_eq!(decisions[MOST_ANNOUNCED - 2], Decision::Accept);
        assert_eq!(decisions[MOST_ANNOUNCED - 1], Decision::Copied);
    }

    #[test]
    fn a_token_that_ended_long_ago_is_forgotten_and_refused_without_harm() {
        let mut chain = Chain::new(hash(1));
        chain.present(&hash(1), Some(&hash(2)), at(0));
        chain.present(&hash(2), Some(&hash(3)), at(1));
        chain.forget_ended_before(at(1 + UNDER_WAY));
        assert_eq!(chain.hashes().count(), 3, "it ended at that very moment");
        chain.forget_ended_before(at(2 + UNDER_WAY));
        assert_eq!(chain.hashes().count(), 2);
        assert_eq!(chain.present(&hash(1), None, at(DAY)), Decision::Unknown);
        assert_eq!(chain.present(&hash(2), None, at(DAY)), Decision::Accept);
    }

    #[test]
    fn a_revoked_family_is_unknown_at_its_next_request() {
        let mut chain = Chain::new(hash(1));
        chain.revoke();
        assert_eq!(chain.present(&hash(1), None, at(0)), Decision::Unknown);
    }

    #[test]
    fn a_chain_survives_being_kept_and_holds_no_token() {
        let mut chain = Chain::new(hash(1));
        chain.present(&hash(1), Some(&hash(2)), at(0));
        chain.present(&hash(2), Some(&hash(3)), at(1));
        let json = serde_json::to_string(&chain).unwrap();
        assert_eq!(serde_json::from_str::<Chain>(&json).unwrap(), chain);
        assert_eq!(chain.hashes().count(), 3);
    }

    /// A device as it behaves: it moves on when it knows that the server has its next token.
    struct Device {
        current: u8,
        next: u8,
        server_has_next: bool,
    }

    /// What the network does with one request.
    #[derive(Clone, Copy, Debug)]
    enum Fate {
        Arrives,
        RequestLost,
        AnswerLost,
        /// Delivered again, while it can still be under way.
        Twice {
            after: i64,
        },
    }

    fn fates() -> impl Strategy<Value = Vec<(Fate, i64)>> {
        let fate = prop_oneof![
            Just(Fate::Arrives),
            Just(Fate::RequestLost),
            Just(Fate::AnswerLost),
            (0..UNDER_WAY).prop_map(|after| Fate::Twice { after }),
        ];
        let pause = prop_oneof![0..UNDER_WAY, 0..6 * DAY];
        prop::collection::vec((fate, pause), 0..40)
    }

    impl Device {
        fn new() -> Self {
            Self {
                current: 1,
                next: 2,
                server_has_next: false,
            }
        }

        /// What it sends: the token and the next one.
        fn request(&mut self) -> (TokenHash, TokenHash) {
            if self.server_has_next {
                (self.current, self.next, self.server_has_next) = (self.next, self.next + 1, false);
            }
            (hash(self.current), hash(self.next))
        }
    }

    proptest! {
        #[test]
        fn lost_answers_repeats_and_days_without_network_never_punish_a_device(fates in fates()) {
            let (mut chain, mut device, mut now) = (Chain::new(hash(1)), Device::new(), 0);
            let mut repeats: Vec<(i64, TokenHash, TokenHash)> = Vec::new();
            for (fate, pause) in fates {
                now += pause;
                // What is under way arrives when its time has come, so perhaps after the device has moved on.
                let (arriving, still_under_way): (Vec<_>, _) = repeats.into_iter().partition(|(due, _, _)| *due <= now);
                repeats = still_under_way;
                for (due, token, next) in arriving {
                    let decision = chain.present(&token, Some(&next), at(due));
                    prop_assert!(matches!(decision, Decision::Accept | Decision::AcceptAndRetireOld));
                }
                let (token, next) = device.request();
                if matches!(fate, Fate::RequestLost) {
                    continue;
                }
                let decision = chain.present(&token, Some(&next), at(now));
                prop_assert!(matches!(decision, Decision::Accept | Decision::AcceptAndRetireOld));
                device.server_has_next = !matches!(fate, Fate::AnswerLost);
                if let Fate::Twice { after } = fate {
                    repeats.push((now + after, token, next));
                }
            }
        }

        #[test]
        fn a_copy_that_goes_on_beside_the_device_is_always_found(
            before in 0usize..5, thief_first in any::<bool>(), pause in UNDER_WAY..10 * DAY,
        ) {
            let (mut chain, mut device, mut now) = (Chain::new(hash(1)), Device::new(), 0);
            for _ in 0..before {
                let (token, next) = device.request();
                chain.present(&token, Some(&next), at(now));
                device.server_has_next = true;
                now += 1_000;
            }
            let mut thief = Device { next: 100, server_has_next: false, ..device };
            let (one, other) = if thief_first { (&mut thief, &mut device) } else { (&mut device, &mut thief) };
            for _ in 0..3 {
                let (token, next) = one.request();
                chain.present(&token, Some(&next), at(now));
                one.server_has_next = true;
                now += pause;
            }
            let (token, next) = other.request();
            let decision = chain.present(&token, Some(&next), at(now));
            prop_assert!(decision == Decision::Copied || chain.is_revoked());
        }
    }
}
