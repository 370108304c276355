//! Spaces, the legal regime each has, and who may do what in them.

use crate::id::{SpaceId, UserId};
use crate::sync_log::Eff;
use crate::time::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The legal regime under which everything in a space is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Coaching, under the AVG.
    CoachingAvg,
    /// Compulsory education (Leerplichtwet), under the AVG.
    LeerplichtAvg,
    /// Public order, under the AVG.
    PublicOrderAvg,
    /// Investigation, under the Wet politiegegevens.
    InvestigationWpg,
}

/// What a space is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// A team's.
    Team,
    /// One person's ("Alleen ik").
    Personal,
    /// Of several organisations, under a covenant.
    Joint,
}

/// What a person may do in a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads and writes.
    Member,
    /// Reads.
    Reader,
    /// Reads and writes, and decides on what was refused.
    Lead,
    /// Reads and writes, and receives referrals.
    Casemanager,
    /// Reads and writes access requests and rectifications.
    Privacy,
}

/// A space as its members know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// The space.
    pub id: SpaceId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: SpaceKind,
    /// The legal regime of everything in it.
    pub regime: Regime,
    /// The covenant's reference, for a joint space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covenant: Option<String>,
    /// The fields that the covenant lets a joint space hold; absent where it names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covenant_fields: Option<BTreeSet<String>>,
}

/// That a person belongs to a space during a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The person.
    pub user: UserId,
    /// The space.
    pub space: SpaceId,
    /// What the person may do there.
    pub role: Role,
    /// From this instant on.
    pub from: Moment,
    /// Up to, and not including, this instant; open where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

/// The function of the person who looks after people's rights about their own data.
const PRIVACY_OFFICER: &str = "privacy_officer";

/// Why a change may not be made in a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Forbidden {
    /// The author never belonged to the space, or not yet.
    #[error("the author is not a member of this space")]
    NotAMember,
    /// The author's membership had ended when the change counts.
    #[error("the membership had ended when the change was made")]
    MembershipEnded,
    /// The author may only read here.
    #[error("the author may read in this space but not write")]
    ReaderCannotWrite,
}

impl Forbidden {
    /// The code that programs and screens react to; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Forbidden::NotAMember => "not_a_member",
            Forbidden::MembershipEnded => "membership_ended",
            Forbidden::ReaderCannotWrite => "reader_cannot_write",
        }
    }
}

impl Membership {
    /// Whether it holds at an instant.
    pub fn holds_at(&self, at: Moment) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// What a privacy officer who reads a space may do there besides: take requests of people about their own data.
    ///
    /// `function` is the person's, a code such as `youth_coach`.
    pub fn besides(&self, function: &str) -> Option<Self> {
        let takes_requests = self.role == Role::Reader && function == PRIVACY_OFFICER;
        takes_requests.then_some(Self {
            role: Role::Privacy,
            ..*self
        })
    }
}

/// The role that a person's memberships of one space give at an instant.
pub fn role_at<'a>(memberships: impl IntoIterator<Item = &'a Membership>, at: Moment) -> Option<Role> {
    memberships
        .into_iter()
        .find(|membership| membership.holds_at(at))
        .map(|membership| membership.role)
}

/// Whether a change to a record of that collection may be made in a space at its effective time.
///
/// `memberships` are those of the change's author in that space; one that allows it is enough.
pub fn may_write<'a>(
    memberships: impl IntoIterator<Item = &'a Membership> + Clone,
    collection: &str,
    eff: Eff,
) -> Result<(), Forbidden> {
    let at = eff.moment();
    let mut refusal = Forbidden::NotAMember;
    for membership in memberships {
        if membership.holds_at(at) {
            if writes(membership.role, collection) {
                return Ok(());
            }
            refusal = Forbidden::ReaderCannotWrite;
        } else if refusal == Forbidden::NotAMember && membership.until.is_some_and(|until| until <= at) {
            refusal = Forbidden::MembershipEnded;
        }
    }
    Err(refusal)
}

fn writes(role: Role, collection: &str) -> bool {
    match role {
        Role::Member | Role::Lead | Role::Casemanager => true,
        Role::Privacy => matches!(collection, "access_request" | "rectification"),
        Role::Reader => false,
    }
}

/// Whether records of that collection belong in a space with that regime.
pub fn holds_kind(regime: Regime, collection: &str) -> bool {
    match collection {
        "investigation_note" | "disclosure" => regime == Regime::InvestigationWpg,
        // A share out of a space under the Wpg is a disclosure, which needs an article.
        "share" => regime != Regime::InvestigationWpg,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn span(role: Role, from: i64, until: Option<i64>) -> Membership {
        Membership {
            user: UserId::new(Uuid::from_u128(1)),
            space: SpaceId::new(Uuid::from_u128(2)),
            role,
            from: Moment::from_millis(from),
            until: until.map(Moment::from_millis),
        }
    }

    #[test]
    fn a_change_counts_at_its_effective_time() {
        let spans = [span(Role::Member, 100, Some(200))];
        let write = |at| may_write(&spans, "street_contact", Eff::at(Moment::from_millis(at)));
        assert_eq!(write(99), Err(Forbidden::NotAMember));
        assert_eq!(write(100), Ok(()));
        assert_eq!(write(199), Ok(()));
        assert_eq!(write(200), Err(Forbidden::MembershipEnded));
    }

    #[test]
    fn readers_read_and_the_privacy_officer_writes_requests_only() {
        let write = |role, collection| {
            may_write(
                &[span(role, 0, None)],
                collection,
                Eff::at(Moment::from_millis(5)),
            )
        };
        let cases = [
            (Role::Member, "youth", Ok(())),
            (Role::Lead, "youth", Ok(())),
            (Role::Casemanager, "referral", Ok(())),
            (Role::Reader, "youth", Err(Forbidden::ReaderCannotWrite)),
            (Role::Privacy, "youth", Err(Forbidden::ReaderCannotWrite)),
            (Role::Privacy, "access_request", Ok(())),
            (Role::Privacy, "rectification", Ok(())),
            (Role::Reader, "rectification", Err(Forbidden::ReaderCannotWrite)),
        ];
        for (role, collection, expected) in cases {
            assert_eq!(write(role, collection), expected, "{role:?} {collection}");
        }
    }

    #[test]
    fn a_privacy_officer_who_reads_a_space_takes_requests_there() {
        let reads = span(Role::Reader, 0, None);
        assert_eq!(reads.besides("youth_coach"), None);
        let besides = reads.besides("privacy_officer").unwrap();
        let write = |collection| may_write([&reads, &besides], collection, Eff::at(Moment::from_millis(5)));
        assert_eq!(write("access_request"), Ok(()));
        assert_eq!(write("youth"), Err(Forbidden::ReaderCannotWrite));
        assert_eq!(span(Role::Member, 0, None).besides("privacy_officer"), None);
    }

    #[test]
    fn investigation_stays_in_its_own_regime() {
        assert!(holds_kind(Regime::InvestigationWpg, "investigation_note"));
        assert!(!holds_kind(Regime::CoachingAvg, "investigation_note"));
        assert!(!holds_kind(Regime::InvestigationWpg, "share"));
        assert!(holds_kind(Regime::PublicOrderAvg, "kind_of_a_newer_version"));
    }
}
