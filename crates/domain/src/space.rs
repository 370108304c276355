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
/// `memberships` are those of the change's author in that space.
pub fn may_write<'a>(
    memberships: impl IntoIterator<Item = &'a Membership> + Clone,
    collection: &str,
    eff: Eff,
) -> Result<(), Forbidden> {
    let at = eff.moment();
    match role_at(memberships.clone(), at) {
        Some(Role::Member | Role::Lead | Role::Casemanager) => Ok(()),
        Some(Role::Privacy) if matches!(collection, "access_request" | "rectification") => Ok(()),
        Some(Role::Privacy | Role::Reader) => Err(Forbidden::ReaderCannotWrite),
        None => {
            let ended = memberships
                .into_iter()
                .any(|membership| membership.until.is_some_and(|until| until <= at));
            Err(if ended {
                Forbidden::MembershipEnded
            } else {
                Forbidden::NotAMember
            })
        }
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
    fn investigation_stays_in_its_own_regime() {
        assert!(holds_kind(Regime::InvestigationWpg, "investigation_note"));
        assert!(!holds_kind(Regime::CoachingAvg, "investigation_note"));
        assert!(!holds_kind(Regime::InvestigationWpg, "share"));
        assert!(holds_kind(Regime::PublicOrderAvg, "kind_of_a_newer_version"));
    }
}
