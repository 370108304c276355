//! Codes, and the devices that are enrolled with them.

use super::Sqlite;
use super::codes::Column;
use crate::storage::StorageError;
use drempel_domain::id::{DeviceId, UserId};
use drempel_domain::time::Moment;
use rusqlite::{Connection, OptionalExtension, params};

/// A device that is being enrolled.
#[derive(Clone, Debug)]
pub(crate) struct NewDevice {
    pub id: DeviceId,
    pub token_sha256: [u8; 32],
    pub platform: String,
    pub app: String,
    pub enrolled_at: Moment,
}

/// A code as it is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CodeRow {
    pub secret_sha256: [u8; 32],
    pub user: UserId,
    pub expires_at: Moment,
    pub tries_left: u32,
    /// The device that it enrolled.
    pub used_by: Option<DeviceId>,
}

/// A device that was enrolled, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Enrolled {
    pub device: DeviceId,
    pub user: UserId,
}

impl Sqlite {
    /// Keeps a new code; not when its locator is taken by a code that still counts.
    pub(crate) fn put_code(&self, locator: &str, code: &CodeRow, now: Moment) -> Result<bool, StorageError> {
        self.write(|transaction| {
            transaction.execute("delete from enrolment_code where expires_at <= ?1", [Column(now)])?;
            let added = transaction.execute(
                "insert into enrolment_code (locator, secret_sha256, user, expires_at, tries_left)
                 values (?1, ?2, ?3, ?4, ?5)
                 on conflict (locator) do nothing",
                params![
                    locator,
                    code.secret_sha256,
                    Column(code.user),
                    Column(code.expires_at),
                    code.tries_left
                ],
            )?;
            Ok(added == 1)
        })
    }

    /// Enrols a device when `admit` says that the code holds; a code that does not is one try poorer.
    ///
    /// The same code with the same token finds the device that it enrolled: its answer was lost on the way.
    pub(crate) fn enrol(
        &self,
        locator: &str,
        device: &NewDevice,
        admit: impl FnOnce(Option<&CodeRow>) -> bool,
    ) -> Result<Option<Enrolled>, StorageError> {
        self.write(|transaction| {
            let code = read_code(transaction, locator)?;
            let admitted = admit(code.as_ref());
            let known = with_token(transaction, &device.token_sha256)?;
            let Some(code) = code.filter(|code| admitted && code.used_by == known) else {
                lose_a_try(transaction, locator)?;
                return Ok(None);
            };
            if known.is_none() {
                insert(transaction, device, code.user)?;
                let sql = "update enrolment_code set used_by = ?2 where locator = ?1";
                transaction.execute(sql, params![locator, Column(device.id)])?;
            }
            let (device, user) = (known.unwrap_or(device.id), code.user);
            Ok(Some(Enrolled { device, user }))
        })
    }
}

fn read_code(connection: &Connection, locator: &str) -> Result<Option<CodeRow>, StorageError> {
    let code = connection.query_row(
        "select secret_sha256, user, expires_at, tries_left, used_by from enrolment_code where locator = ?1",
        [locator],
        |row| {
            Ok(CodeRow {
                secret_sha256: row.get(0)?,
                user: row.get::<_, Column<_>>(1)?.0,
                expires_at: row.get::<_, Column<_>>(2)?.0,
                tries_left: row.get(3)?,
                used_by: row.get::<_, Option<Column<_>>>(4)?.map(|used_by| used_by.0),
            })
        },
    );
    Ok(code.optional()?)
}

/// The device whose token it is.
fn with_token(connection: &Connection, token_sha256: &[u8; 32]) -> Result<Option<DeviceId>, StorageError> {
    let sql = "select id from device where token_sha256 = ?1";
    let device = connection.query_row(sql, [token_sha256], |row| row.get::<_, Column<_>>(0));
    Ok(device.optional()?.map(|device| device.0))
}

fn lose_a_try(connection: &Connection, locator: &str) -> Result<(), StorageError> {
    connection.execute(
        "update enrolment_code
         set tries_left = max(tries_left - 1, 0)
         where locator = ?1",
        [locator],
    )?;
    Ok(())
}

fn insert(connection: &Connection, device: &NewDevice, user: UserId) -> Result<(), StorageError> {
    connection.execute(
        "insert into device (id, user, token_sha256, platform, app, enrolled_at)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            Column(device.id),
            Column(user),
            device.token_sha256,
            device.platform,
            device.app,
            Column(device.enrolled_at)
        ],
    )?;
    Ok(())
}
