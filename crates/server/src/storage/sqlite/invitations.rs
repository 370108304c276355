//! Printed invitations, and the devices that wait for the administrator with one.

use super::codes::Column;
use super::devices::read_device;
use super::enrolments::{add_enrolment, is_of};
use super::tokens::holder;
use super::{NewDevice, Numbers, Sqlite, audit};
use crate::audit::Event;
use crate::storage::{DeviceRow, EnrolmentKey, StorageError};
use drempel_domain::id::UserId;
use drempel_domain::time::Moment;
use drempel_sealing::keys::PublicKey;
use drempel_sealing::token::TokenHash;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// How many devices may wait with one invitation: its own, and a few that found it, of whom the administrator refuses
/// all but one.
const MOST_WAITING: u32 = 5;

/// An invitation that shall be kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewInvitation {
    pub sha256: [u8; 32],
    pub user: UserId,
    pub expires_at: Moment,
}

/// What an invitation brings a device that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// It is enrolled: the administrator confirmed it.
    Enrolled(DeviceRow),
    /// It waits, until the invitation ends.
    Waits { until: Moment },
    /// There is no such invitation, or it is over or used by another device.
    Refused,
}

/// A device that waits for the administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingDevice {
    /// The fingerprint that the device shows: six groups of four digits.
    pub fingerprint: String,
    /// How the municipality file names the person whose invitation it showed.
    pub user_name: String,
    /// What kind of device it says that it is.
    pub platform: String,
    /// The version of the program that it runs.
    pub app: String,
    /// When it first asked.
    pub asked_at: Moment,
    /// When the invitation ends.
    pub until: Moment,
}

impl Sqlite {
    /// Keeps new invitations, all or none.
    pub(crate) fn put_invitations(
        &self,
        invitations: &[NewInvitation],
        now: Moment,
    ) -> Result<(), StorageError> {
        self.write(|transaction| {
            transaction.execute("delete from invitation where expires_at <= ?1", [Column(now)])?;
            for invitation in invitations {
                transaction.execute(
                    "insert into invitation (sha256, user, expires_at) values (?1, ?2, ?3)",
                    params![
                        invitation.sha256,
                        Column(invitation.user),
                        Column(invitation.expires_at)
                    ],
                )?;
                let event = Event::Invited {
                    user: invitation.user,
                };
                audit::append(transaction, &event, now)?;
            }
            Ok(())
        })
    }

    /// What the invitation with this hash brings a device with that fingerprint.
    pub(crate) fn show_invitation(
        &self,
        sha256: &[u8; 32],
        device: &NewDevice,
        fingerprint: &str,
        now: Moment,
    ) -> Result<Shown, StorageError> {
        self.write(|transaction| {
            let Some((until, used_by)) = read_invitation(transaction, sha256, now)? else {
                return Ok(Shown::Refused);
            };
            if let Some(enrolment) = used_by {
                return if is_of(transaction, enrolment, device)? {
                    read_device(transaction, enrolment).map(Shown::Enrolled)
                } else {
                    Ok(Shown::Refused)
                };
            }
            if may_wait(transaction, sha256, device, fingerprint)? {
                put_waiting(transaction, sha256, device, fingerprint, now)?;
                Ok(Shown::Waits { until })
            } else {
                Ok(Shown::Refused)
            }
        })
    }

    /// Devices that wait, the one that waits longest first.
    pub(crate) fn waiting(&self, now: Moment) -> Result<Vec<WaitingDevice>, StorageError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare(
                "select fingerprint, person.short_name, platform, app, asked_at, expires_at
                 from waiting_device
                 join invitation on invitation.sha256 = waiting_device.invitation
                 join person on person.id = invitation.user
                 where expires_at > ?1
                 order by asked_at, fingerprint",
            )?;
            let rows = statement.query_map([Column(now)], waiting_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Enrols the device that waits with this fingerprint, and uses its invitation up; whether there was one.
    pub(crate) fn confirm(
        &self,
        fingerprint: &str,
        numbers: Numbers,
        now: Moment,
    ) -> Result<bool, StorageError> {
        self.write(|transaction| {
            let Some(found) = find_waiting(transaction, fingerprint, now)? else {
                return Ok(false);
            };
            let Some(enrolment) = add_enrolment(transaction, &found.device, found.user, numbers, now)? else {
                return Ok(false);
            };
            transaction.execute(
                "update invitation set used_by = ?2 where sha256 = ?1",
                params![found.invitation, enrolment.0],
            )?;
            transaction.execute(
                "delete from waiting_device where invitation = ?1",
                [found.invitation],
            )?;
            let event = Event::Confirmed {
                user: found.user,
                device: numbers.database,
            };
            audit::append(transaction, &event, now)?;
            Ok(true)
        })
    }

    /// Sends the device that waits with this fingerprint away, and its invitation with it; whether there was one.
    pub(crate) fn refuse(&self, fingerprint: &str, now: Moment) -> Result<bool, StorageError> {
        self.write(|transaction| {
            let Some(found) = find_waiting(transaction, fingerprint, now)? else {
                return Ok(false);
            };
            transaction.execute("delete from invitation where sha256 = ?1", [found.invitation])?;
            audit::append(transaction, &Event::Refused { user: found.user }, now)?;
            Ok(true)
        })
    }
}

/// A device that waits, with what it is enrolled by.
struct Found {
    invitation: [u8; 32],
    user: UserId,
    device: NewDevice,
}

fn read_invitation(
    connection: &Connection,
    sha256: &[u8; 32],
    now: Moment,
) -> Result<Option<(Moment, Option<EnrolmentKey>)>, StorageError> {
    let found = connection.query_row(
        "select expires_at, used_by from invitation where sha256 = ?1 and expires_at > ?2",
        params![sha256, Column(now)],
        |row| {
            let until = row.get::<_, Column<_>>(0)?.0;
            Ok((until, row.get::<_, Option<i64>>(1)?.map(EnrolmentKey)))
        },
    );
    Ok(found.optional()?)
}

/// Whether a device waits with an invitation already, or there is room and its tokens are nobody else's.
fn may_wait(
    connection: &Connection,
    invitation: &[u8; 32],
    device: &NewDevice,
    fingerprint: &str,
) -> Result<bool, StorageError> {
    let (others, waits): (u32, bool) = connection.query_row(
        "select count(*), coalesce(max(fingerprint = ?2), 0) from waiting_device where invitation = ?1",
        params![invitation, fingerprint],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let known: bool = connection.query_row(
        "select exists (select 1 from enrolment where deposit_token_sha256 = ?1)",
        [device.deposit_token.to_bytes()],
        |row| row.get(0),
    )?;
    Ok(waits || (others < MOST_WAITING && !known && holder(connection, &device.token)?.is_none()))
}

fn put_waiting(
    connection: &Connection,
    invitation: &[u8; 32],
    device: &NewDevice,
    fingerprint: &str,
    now: Moment,
) -> Result<(), StorageError> {
    connection.execute(
        "insert into waiting_device (invitation, fingerprint, token_sha256, deposit_token_sha256, capture_key,
                                     platform, app, asked_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         on conflict (invitation, fingerprint) do nothing",
        params![
            invitation,
            fingerprint,
            device.token.to_bytes(),
            device.deposit_token.to_bytes(),
            device.capture_key.to_bytes(),
            device.platform,
            device.app,
            Column(now)
        ],
    )?;
    Ok(())
}

fn find_waiting(
    connection: &Connection,
    fingerprint: &str,
    now: Moment,
) -> Result<Option<Found>, StorageError> {
    let found = connection.query_row(
        "select invitation, invitation.user, token_sha256, deposit_token_sha256, capture_key, platform, app
         from waiting_device
         join invitation on invitation.sha256 = waiting_device.invitation
         where fingerprint = ?1 and expires_at > ?2 and used_by is null",
        params![fingerprint, Column(now)],
        |row| {
            Ok(Found {
                invitation: row.get(0)?,
                user: row.get::<_, Column<_>>(1)?.0,
                device: NewDevice {
                    token: TokenHash::from_bytes(row.get(2)?),
                    deposit_token: TokenHash::from_bytes(row.get(3)?),
                    capture_key: PublicKey::from_bytes(row.get(4)?),
                    platform: row.get(5)?,
                    app: row.get(6)?,
                },
            })
        },
    );
    Ok(found.optional()?)
}

fn waiting_row(row: &Row<'_>) -> rusqlite::Result<WaitingDevice> {
    Ok(WaitingDevice {
        fingerprint: row.get(0)?,
        user_name: row.get(1)?,
        platform: row.get(2)?,
        app: row.get(3)?,
        asked_at: row.get::<_, Column<_>>(4)?.0,
        until: row.get::<_, Column<_>>(5)?.0,
    })
}
