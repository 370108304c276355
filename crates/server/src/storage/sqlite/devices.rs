//! Devices: finding one by its token, ending and replacing it, listing all.

use super::Sqlite;
use super::codes::Column;
use super::holdings::holdings;
use crate::storage::{DeviceRow, StorageError};
use drempel_domain::id::{DeviceId, SpaceId, UserId};
use drempel_domain::time::Moment;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// A device as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceInfo {
    /// The device.
    pub id: DeviceId,
    /// Whose it is.
    pub user: UserId,
    /// How the municipality file names that person.
    pub user_name: String,
    /// What kind of device: `android`, `ios`, `desktop` or another word.
    pub platform: String,
    /// The version of the program that it last ran.
    pub app: String,
    /// When it was enrolled.
    pub enrolled_at: Moment,
    /// When it was last heard of, to a quarter of an hour.
    pub last_contact: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
    /// When it was lost.
    pub lost_at: Option<Moment>,
    /// The identity that took over, when it was found copied or restored.
    pub replaced_by: Option<DeviceId>,
    /// Spaces whose content it may still hold.
    pub holds: BTreeSet<SpaceId>,
}

impl Sqlite {
    /// The device that has a token, revoked or not.
    pub(crate) fn device_with(&self, token_sha256: &[u8; 32]) -> Result<Option<DeviceRow>, StorageError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare_cached(
                "select id, user, app, last_contact, revoked_at, lost_at
                 from device
                 where token_sha256 = ?1",
            )?;
            Ok(statement.query_row([token_sha256], device_row).optional()?)
        })
    }

    /// A device by its identity.
    pub(crate) fn device(&self, device: DeviceId) -> Result<Option<DeviceRow>, StorageError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare_cached(
                "select id, user, app, last_contact, revoked_at, lost_at
                 from device
                 where id = ?1",
            )?;
            Ok(statement.query_row([Column(device)], device_row).optional()?)
        })
    }

    /// Gives the token of one identity to a new one.
    pub(crate) fn replace_device(&self, old: DeviceId, new: DeviceId) -> Result<(), StorageError> {
        self.write(|transaction| {
            let token: Option<[u8; 32]> = transaction.query_row(
                "select token_sha256 from device where id = ?1",
                [Column(old)],
                |row| row.get(0),
            )?;
            transaction.execute(
                "update device set token_sha256 = null, replaced_by = ?2 where id = ?1",
                params![Column(old), Column(new)],
            )?;
            transaction.execute(
                "insert into device (id, user, token_sha256, platform, app, enrolled_at, last_contact)
                 select ?2, user, ?3, platform, app, enrolled_at, last_contact from device where id = ?1",
                params![Column(old), Column(new), token],
            )?;
            transaction.execute(
                "update holding set device = ?2 where device = ?1",
                params![Column(old), Column(new)],
            )?;
            Ok(())
        })
    }

    /// Notes that a device was heard of.
    pub(crate) fn heard_of(&self, device: DeviceId, app: &str, now: Moment) -> Result<(), StorageError> {
        self.write(|transaction| {
            transaction.execute(
                "update device set last_contact = ?2, app = ?3 where id = ?1",
                params![Column(device), Column(now), app],
            )?;
            Ok(())
        })
    }

    /// Ends a device's token; whether there is such a device.
    pub(crate) fn revoke(
        &self,
        device: DeviceId,
        at: Moment,
        lost_at: Option<Moment>,
    ) -> Result<bool, StorageError> {
        self.write(|transaction| {
            let changed = transaction.execute(
                "update device
                 set revoked_at = coalesce(revoked_at, ?2),
                     lost_at = coalesce(?3, lost_at)
                 where id = ?1",
                params![Column(device), Column(at), lost_at.map(Column)],
            )?;
            Ok(changed == 1)
        })
    }

    /// All devices, the newest last.
    pub(crate) fn devices(&self) -> Result<Vec<DeviceInfo>, StorageError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare(
                "select device.id, user, person.short_name, platform, app, enrolled_at, last_contact, revoked_at,
                        lost_at, replaced_by
                 from device
                 join person on person.id = device.user
                 order by enrolled_at, device.id",
            )?;
            let rows = statement.query_map([], info_row)?;
            let mut devices: Vec<DeviceInfo> = rows.collect::<Result<_, _>>()?;
            for device in &mut devices {
                device.holds = holdings(transaction, device.id)?;
            }
            Ok(devices)
        })
    }
}

fn device_row(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    Ok(DeviceRow {
        id: row.get::<_, Column<_>>(0)?.0,
        user: row.get::<_, Column<_>>(1)?.0,
        app: row.get(2)?,
        last_contact: moment(row, 3)?,
        revoked_at: moment(row, 4)?,
        lost_at: moment(row, 5)?,
    })
}

fn info_row(row: &Row<'_>) -> rusqlite::Result<DeviceInfo> {
    Ok(DeviceInfo {
        id: row.get::<_, Column<_>>(0)?.0,
        user: row.get::<_, Column<_>>(1)?.0,
        user_name: row.get(2)?,
        platform: row.get(3)?,
        app: row.get(4)?,
        enrolled_at: row.get::<_, Column<_>>(5)?.0,
        last_contact: moment(row, 6)?,
        revoked_at: moment(row, 7)?,
        lost_at: moment(row, 8)?,
        replaced_by: row.get::<_, Option<Column<_>>>(9)?.map(|column| column.0),
        holds: BTreeSet::new(),
    })
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Moment>> {
    Ok(row.get::<_, Option<Column<_>>>(column)?.map(|column| column.0))
}
