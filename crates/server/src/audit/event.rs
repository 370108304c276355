//! The events of the audit log. They hold identifiers, never a name, a note or a place.

use drempel_domain::id::{DeviceId, RecordId, SpaceId, UserId};
use drempel_domain::space::Role;
use drempel_domain::sync_log::Seq;
use drempel_domain::time::{Day, Moment};
use drempel_sealing::keys::KeyId;
use std::collections::BTreeMap;

/// Who acts where an administrator's command does.
const ADMINISTRATOR: &str = "administrator";

/// Something that happened.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    /// A code was made, or an invitation printed, for a person.
    Invited { user: UserId },
    /// A device was enrolled, under the numbers of its database and its lock.
    Enrolled {
        user: UserId,
        device: DeviceId,
        lock: DeviceId,
    },
    /// An administrator confirmed the fingerprint of a device.
    Confirmed { user: UserId, device: DeviceId },
    /// An administrator refused a device that waited.
    Refused { user: UserId },
    /// A device was revoked; it was lost at that moment.
    Revoked {
        device: DeviceId,
        lost_at: Option<Moment>,
    },
    /// A token was used after its end: there are two of that device.
    CopyFound { device: DeviceId },
    /// A revoked device confirmed that everything readable is gone.
    Removed { device: DeviceId },
    /// A person opened a dossier on a device.
    DossierOpened {
        user: UserId,
        device: DeviceId,
        youth: RecordId,
        day: Day,
    },
    /// A quarantined change was taken in after all.
    Released {
        space: SpaceId,
        device: DeviceId,
        seq: Seq,
    },
    /// A quarantined change was thrown away.
    Discarded {
        space: SpaceId,
        device: DeviceId,
        seq: Seq,
    },
    /// A record was erased on request.
    Erased { space: SpaceId, record: RecordId },
    /// Records whose term was over were erased.
    TermsApplied { erased: usize },
    /// A person was let into a space.
    Granted {
        user: UserId,
        space: SpaceId,
        role: Role,
        from: Moment,
    },
    /// A person's membership of a space was ended.
    MembershipEnded {
        user: UserId,
        space: SpaceId,
        at: Moment,
    },
    /// A municipality file was taken in.
    Imported { users: usize, memberships: usize },
    /// The database was copied out.
    BackedUp,
    /// The private keys were copied out.
    KeysCopied,
    /// A new key to seal to stands in front.
    KeyRotated { key: KeyId },
}

impl Event {
    /// What happened, in one word.
    fn name(&self) -> &'static str {
        match self {
            Self::Invited { .. } => "invited",
            Self::Enrolled { .. } => "enrolled",
            Self::Confirmed { .. } => "confirmed",
            Self::Refused { .. } => "refused",
            Self::Revoked { .. } => "revoked",
            Self::CopyFound { .. } => "copy_found",
            Self::Removed { .. } => "removed",
            Self::DossierOpened { .. } => "dossier_opened",
            Self::Released { .. } => "released",
            Self::Discarded { .. } => "discarded",
            Self::Erased { .. } => "erased",
            Self::TermsApplied { .. } => "terms_applied",
            Self::Granted { .. } => "granted",
            Self::MembershipEnded { .. } => "membership_ended",
            Self::Imported { .. } => "imported",
            Self::BackedUp => "backed_up",
            Self::KeysCopied => "keys_copied",
            Self::KeyRotated { .. } => "key_rotated",
        }
    }

    /// The entry's fields: what, when, who, about whom or what.
    pub(crate) fn fields(&self, at: Moment) -> BTreeMap<String, String> {
        let mut said = self.about();
        said.push(("event", self.name().to_owned()));
        said.push(("at", at.to_string()));
        said.into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    fn about(&self) -> Vec<(&'static str, String)> {
        let by_administrator = ("actor", ADMINISTRATOR.to_owned());
        match self {
            Self::Invited { user } | Self::Refused { user } => {
                vec![by_administrator, ("user", user.to_string())]
            }
            Self::Enrolled { user, device, lock } => vec![
                ("actor", user.to_string()),
                ("device", device.to_string()),
                ("lock", lock.to_string()),
            ],
            Self::Confirmed { user, device } => vec![
                by_administrator,
                ("user", user.to_string()),
                ("device", device.to_string()),
            ],
            Self::Revoked { device, lost_at } => {
                let mut said = vec![by_administrator, ("device", device.to_string())];
                said.extend(lost_at.map(|lost_at| ("lost_at", lost_at.to_string())));
                said
            }
            Self::CopyFound { device } | Self::Removed { device } => {
                vec![("actor", device.to_string()), ("device", device.to_string())]
            }
            Self::DossierOpened {
                user,
                device,
                youth,
                day,
            } => vec![
                ("actor", user.to_string()),
                ("device", device.to_string()),
                ("youth", youth.to_string()),
                ("day", day.to_string()),
            ],
            Self::Released { space, device, seq } | Self::Discarded { space, device, seq } => vec![
                by_administrator,
                ("space", space.to_string()),
                ("device", device.to_string()),
                ("seq", seq.to_string()),
            ],
            Self::Erased { space, record } => vec![
                by_administrator,
                ("space", space.to_string()),
                ("record", record.to_string()),
            ],
            Self::TermsApplied { erased } => {
                vec![("actor", "server".to_owned()), ("erased", erased.to_string())]
            }
            Self::Granted {
                user,
                space,
                role,
                from,
            } => vec![
                by_administrator,
                ("user", user.to_string()),
                ("space", space.to_string()),
                ("role", word(*role)),
                ("from", from.to_string()),
            ],
            Self::MembershipEnded { user, space, at } => vec![
                by_administrator,
                ("user", user.to_string()),
                ("space", space.to_string()),
                ("ended_at", at.to_string()),
            ],
            Self::Imported { users, memberships } => vec![
                by_administrator,
                ("users", users.to_string()),
                ("memberships", memberships.to_string()),
            ],
            Self::BackedUp | Self::KeysCopied => vec![by_administrator],
            Self::KeyRotated { key } => vec![by_administrator, ("key", key.to_string())],
        }
    }
}

/// The word that a role has in the protocol.
fn word(role: Role) -> String {
    let value = serde_json::to_value(role).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
