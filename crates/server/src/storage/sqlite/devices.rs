//! Devices: reading one, telling copies of it apart, ending it, listing all.

use super::codes::Column;
use super::holdings::holdings;
use super::tokens::{keep_chain, read_chain};
use super::{Sqlite, audit};
use crate::audit::Event;
use crate::storage::{DeviceRow, EnrolmentKey, Numbers, Part, StorageError};
use drempel_domain::id::{DeviceId, SpaceId, UserId};
use drempel_domain::time::Moment;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// A device as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceInfo {
    /// The device: the number of its database.
    pub id: DeviceId,
    /// The number of its lock, for what is recorded without unlocking.
    pub lock: DeviceId,
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
    /// When it last handed in sealed work.
    pub last_deposit: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
    /// When it was lost.
    pub lost_at: Option<Moment>,
    /// When a token of it was used after its end: there are two of it, and both must enrol again.
    pub copied_at: Option<Moment>,
    /// When it confirmed, after it was revoked, that everything readable is gone.
    pub removed_at: Option<Moment>,
    /// The number under which it was found copied or restored, when this one was made for that reason. Either of the two may
    /// still be in use.
    pub split_from: Option<DeviceId>,
    /// Spaces whose content it may still hold.
    pub holds: BTreeSet<SpaceId>,
}

impl Sqlite {
    /// A device by one of its numbers, and the part of which that number is.
    pub(crate) fn device(&self, number: DeviceId) -> Result<Option<(DeviceRow, Part)>, StorageError> {
        self.read(|transaction| {
            let Some((key, part)) = part_of(transaction, number)? else {
                return Ok(None);
            };
            Ok(Some((read_device(transaction, key)?, part)))
        })
    }

    /// The device that a deposit token belongs to, revoked or not.
    pub(crate) fn device_with_deposit_token(
        &self,
        sha256: &[u8; 32],
    ) -> Result<Option<DeviceRow>, StorageError> {
        self.read(|transaction| {
            let mut statement =
                transaction.prepare_cached("select key from enrolment where deposit_token_sha256 = ?1")?;
            let key = statement.query_row([sha256], |row| row.get(0).map(EnrolmentKey));
            let key = key.optional()?;
            key.map(|key| read_device(transaction, key)).transpose()
        })
    }

    /// The pair of numbers of an enrolment to which this number of a database belongs.
    pub(crate) fn numbers(
        &self,
        enrolment: EnrolmentKey,
        database: DeviceId,
    ) -> Result<Option<Numbers>, StorageError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare_cached(
                "select own.id, its_lock.id
                 from device as own
                 join device as its_lock on its_lock.enrolment = own.enrolment
                      and its_lock.pair = own.pair and its_lock.part = 'lock'
                 where own.id = ?1 and own.enrolment = ?2 and own.part = 'database'",
            )?;
            let found = statement.query_row(params![Column(database), enrolment.0], numbers_row);
            Ok(found.optional()?)
        })
    }

    /// Gives a device that was found copied or restored a pair of numbers of its own: `fresh`, or the one that was made
    /// for it before, when that answer was lost and nothing has come under it yet.
    pub(crate) fn split_off(&self, device: &DeviceRow, fresh: Numbers) -> Result<Numbers, StorageError> {
        self.write(|transaction| {
            if let Some(unused) = unused_split(transaction, device.id)? {
                return Ok(unused);
            }
            insert_pair(transaction, fresh, device.enrolment, device.user, Some(device.id))?;
            transaction.execute(
                "update holding set device = ?2 where device = ?1",
                params![Column(device.id), Column(fresh.database)],
            )?;
            Ok(fresh)
        })
    }

    /// Notes that a device was heard of.
    pub(crate) fn heard_of(&self, device: &DeviceRow, app: &str, now: Moment) -> Result<(), StorageError> {
        self.write(|transaction| {
            transaction.execute(
                "update enrolment set last_contact = ?2, app = ?3 where key = ?1",
                params![device.enrolment.0, Column(now), app],
            )?;
            Ok(())
        })
    }

    /// Notes that a device handed in sealed work; and, where it says so, that nothing readable is left on it.
    pub(crate) fn note_deposit(
        &self,
        device: &DeviceRow,
        removed: bool,
        now: Moment,
    ) -> Result<(), StorageError> {
        self.write(|transaction| {
            transaction.execute(
                "update enrolment set last_deposit = ?2 where key = ?1",
                params![device.enrolment.0, Column(now)],
            )?;
            if removed {
                confirm_removed(transaction, device, now)?;
            }
            Ok(())
        })
    }

    /// Ends a device's tokens; whether there is such a device.
    pub(crate) fn revoke(
        &self,
        number: DeviceId,
        at: Moment,
        lost_at: Option<Moment>,
    ) -> Result<bool, StorageError> {
        self.write(|transaction| {
            let Some((key, _)) = part_of(transaction, number)? else {
                return Ok(false);
            };
            revoke(transaction, key, at, lost_at)?;
            let device = read_device(transaction, key)?.id;
            audit::append(transaction, &Event::Revoked { device, lost_at }, at)?;
            Ok(true)
        })
    }

    /// All devices, the newest last.
    pub(crate) fn devices(&self) -> Result<Vec<DeviceInfo>, StorageError> {
        self.read(|transaction| {
            let mut statement = transaction.prepare(
                "select own.id, its_lock.id, enrolment.user, person.short_name, platform, app, enrolled_at,
                        last_contact, last_deposit, revoked_at, lost_at, copied_at, removed_at, own.split_from
                 from device as own
                 join enrolment on enrolment.key = own.enrolment
                 join device as its_lock on its_lock.enrolment = enrolment.key
                      and its_lock.pair = own.pair and its_lock.part = 'lock'
                 join person on person.id = enrolment.user
                 where own.part = 'database'
                 order by enrolled_at, enrolment.key, own.pair",
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

/// Ends all tokens of an enrolment.
pub(super) fn revoke(
    connection: &Connection,
    enrolment: EnrolmentKey,
    at: Moment,
    lost_at: Option<Moment>,
) -> Result<(), StorageError> {
    connection.execute(
        "update enrolment
         set revoked_at = coalesce(revoked_at, ?2),
             lost_at = coalesce(?3, lost_at)
         where key = ?1",
        params![enrolment.0, Column(at), lost_at.map(Column)],
    )?;
    let mut chain = read_chain(connection, enrolment)?;
    chain.revoke();
    keep_chain(connection, enrolment, &chain)
}

fn confirm_removed(connection: &Connection, device: &DeviceRow, now: Moment) -> Result<(), StorageError> {
    let changed = connection.execute(
        "update enrolment set removed_at = ?2 where key = ?1 and removed_at is null",
        params![device.enrolment.0, Column(now)],
    )?;
    connection.execute(
        "delete from holding where device in (select id from device where enrolment = ?1)",
        [device.enrolment.0],
    )?;
    if changed == 1 {
        audit::append(connection, &Event::Removed { device: device.id }, now)?;
    }
    Ok(())
}

/// Gives an enrolment another pair of device numbers.
pub(super) fn insert_pair(
    connection: &Connection,
    numbers: Numbers,
    enrolment: EnrolmentKey,
    user: UserId,
    split_from: Option<DeviceId>,
) -> Result<(), StorageError> {
    let pair: i64 = connection.query_row(
        "select coalesce(max(pair), 0) + 1 from device where enrolment = ?1",
        [enrolment.0],
        |row| row.get(0),
    )?;
    let mut statement = connection.prepare_cached(
        "insert into device (id, enrolment, user, part, pair, split_from) values (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (number, part) in [(numbers.database, Part::Database), (numbers.lock, Part::Lock)] {
        statement.execute(params![
            Column(number),
            enrolment.0,
            Column(user),
            Column(part),
            pair,
            split_from.map(Column)
        ])?;
    }
    Ok(())
}

/// The pair that was made for a copy of this device and under which nothing was received yet.
fn unused_split(connection: &Connection, of: DeviceId) -> Result<Option<Numbers>, StorageError> {
    let mut statement = connection.prepare_cached(
        "select own.id, its_lock.id
         from device as own
         join device as its_lock on its_lock.enrolment = own.enrolment
              and its_lock.pair = own.pair and its_lock.part = 'lock'
         where own.split_from = ?1 and own.part = 'database'
           and not exists (select 1 from stream where device in (own.id, its_lock.id))
         order by own.pair desc
         limit 1",
    )?;
    Ok(statement.query_row([Column(of)], numbers_row).optional()?)
}

fn numbers_row(row: &Row<'_>) -> rusqlite::Result<Numbers> {
    Ok(Numbers {
        database: row.get::<_, Column<_>>(0)?.0,
        lock: row.get::<_, Column<_>>(1)?.0,
    })
}

fn part_of(connection: &Connection, number: DeviceId) -> Result<Option<(EnrolmentKey, Part)>, StorageError> {
    let mut statement = connection.prepare_cached("select enrolment, part from device where id = ?1")?;
    let found = statement.query_row([Column(number)], |row| {
        Ok((EnrolmentKey(row.get(0)?), row.get::<_, Column<Part>>(1)?.0))
    });
    Ok(found.optional()?)
}

/// An enrolment with the newest of its pairs of numbers.
pub(super) fn read_device(
    connection: &Connection,
    enrolment: EnrolmentKey,
) -> Result<DeviceRow, StorageError> {
    let mut statement = connection.prepare_cached(
        "select own.id, its_lock.id, enrolment.user, app, last_contact, revoked_at, lost_at, enrolled_at
         from enrolment
         join device as own on own.enrolment = enrolment.key and own.part = 'database'
         join device as its_lock on its_lock.enrolment = enrolment.key
              and its_lock.pair = own.pair and its_lock.part = 'lock'
         where enrolment.key = ?1
         order by own.pair desc
         limit 1",
    )?;
    Ok(statement.query_row([enrolment.0], |row| {
        Ok(DeviceRow {
            enrolment,
            id: row.get::<_, Column<_>>(0)?.0,
            lock: row.get::<_, Column<_>>(1)?.0,
            user: row.get::<_, Column<_>>(2)?.0,
            app: row.get(3)?,
            last_contact: moment(row, 4)?,
            revoked_at: moment(row, 5)?,
            lost_at: moment(row, 6)?,
            enrolled_at: row.get::<_, Column<_>>(7)?.0,
        })
    })?)
}

fn info_row(row: &Row<'_>) -> rusqlite::Result<DeviceInfo> {
    Ok(DeviceInfo {
        id: row.get::<_, Column<_>>(0)?.0,
        lock: row.get::<_, Column<_>>(1)?.0,
        user: row.get::<_, Column<_>>(2)?.0,
        user_name: row.get(3)?,
        platform: row.get(4)?,
        app: row.get(5)?,
        enrolled_at: row.get::<_, Column<_>>(6)?.0,
        last_contact: moment(row, 7)?,
        last_deposit: moment(row, 8)?,
        revoked_at: moment(row, 9)?,
        lost_at: moment(row, 10)?,
        copied_at: moment(row, 11)?,
        removed_at: moment(row, 12)?,
        split_from: row.get::<_, Option<Column<_>>>(13)?.map(|column| column.0),
        holds: BTreeSet::new(),
    })
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Moment>> {
    Ok(row.get::<_, Option<Column<_>>>(column)?.map(|column| column.0))
}
