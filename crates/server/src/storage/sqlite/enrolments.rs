//! Typed codes, and the devices that are enrolled with them.

use super::codes::{Column, to_text};
use super::devices::{insert_pair, read_device};
use super::tokens::{holder, keep_chain, read_chain};
use super::{Sqlite, audit};
use crate::audit::Event;
use crate::storage::{DeviceRow, EnrolmentKey, StorageError};
use drempel_domain::id::{DeviceId, UserId};
use drempel_domain::time::Moment;
use drempel_sealing::keys::PublicKey;
use drempel_sealing::token::{Chain, TokenHash};
use rusqlite::{Connection, OptionalExtension, params};

/// What a device made for itself, and what it says that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewDevice {
    pub token: TokenHash,
    pub deposit_token: TokenHash,
    pub capture_key: PublicKey,
    pub platform: String,
    pub app: String,
}

/// The two numbers that a device gets when it is enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub database: DeviceId,
    pub lock: DeviceId,
}

/// A typed code as it is kept: hashes under a secret that is not in the database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CodeRow {
    pub locator: [u8; 32],
    pub code_hash: [u8; 32],
    pub user: UserId,
    pub expires_at: Moment,
    pub tries_left: u32,
    /// What it enrolled.
    pub used_by: Option<EnrolmentKey>,
}

impl Sqlite {
    /// Keeps a new code; not when its locator is taken by a code that still counts.
    pub(crate) fn put_code(&self, code: &CodeRow, now: Moment) -> Result<bool, StorageError> {
        self.write(|transaction| {
            transaction.execute("delete from enrolment_code where expires_at <= ?1", [Column(now)])?;
            let added = transaction.execute(
                "insert into enrolment_code (locator, code_hash, user, expires_at, tries_left)
                 values (?1, ?2, ?3, ?4, ?5)
                 on conflict (locator) do nothing",
                params![
                    code.locator,
                    code.code_hash,
                    Column(code.user),
                    Column(code.expires_at),
                    code.tries_left
                ],
            )?;
            if added == 1 {
                audit::append(transaction, &Event::Invited { user: code.user }, now)?;
            }
            Ok(added == 1)
        })
    }

    /// Enrols a device when `admit` says that the code holds; a code that does not is one try poorer.
    ///
    /// The same code with the same tokens finds the device that it enrolled: its answer was lost on the way.
    pub(crate) fn enrol(
        &self,
        locator: &[u8; 32],
        device: &NewDevice,
        numbers: Numbers,
        now: Moment,
        admit: impl FnOnce(Option<&CodeRow>) -> bool,
    ) -> Result<Option<DeviceRow>, StorageError> {
        self.write(|transaction| {
            let code = read_code(transaction, locator)?;
            let admitted = admit(code.as_ref());
            let Some(code) = code.filter(|_| admitted) else {
                lose_a_try(transaction, locator)?;
                return Ok(None);
            };
            let enrolled = match code.used_by {
                Some(enrolment) => is_of(transaction, enrolment, device)?.then_some(enrolment),
                None => add_enrolment(transaction, device, code.user, numbers, now)?,
            };
            let Some(enrolment) = enrolled else {
                lose_a_try(transaction, locator)?;
                return Ok(None);
            };
            let sql = "update enrolment_code set used_by = ?2 where locator = ?1";
            transaction.execute(sql, params![locator, enrolment.0])?;
            read_device(transaction, enrolment).map(Some)
        })
    }
}

fn read_code(connection: &Connection, locator: &[u8; 32]) -> Result<Option<CodeRow>, StorageError> {
    let code = connection.query_row(
        "select code_hash, user, expires_at, tries_left, used_by from enrolment_code where locator = ?1",
        [locator],
        |row| {
            Ok(CodeRow {
                locator: *locator,
                code_hash: row.get(0)?,
                user: row.get::<_, Column<_>>(1)?.0,
                expires_at: row.get::<_, Column<_>>(2)?.0,
                tries_left: row.get(3)?,
                used_by: row.get::<_, Option<i64>>(4)?.map(EnrolmentKey),
            })
        },
    );
    Ok(code.optional()?)
}

/// Whether an enrolment was made by this very device.
pub(super) fn is_of(
    connection: &Connection,
    enrolment: EnrolmentKey,
    device: &NewDevice,
) -> Result<bool, StorageError> {
    let known = connection.query_row(
        "select deposit_token_sha256, capture_key from enrolment where key = ?1 and revoked_at is null",
        [enrolment.0],
        |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, [u8; 32]>(1)?)),
    );
    let Some((deposit_token, capture_key)) = known.optional()? else {
        return Ok(false);
    };
    let chain = read_chain(connection, enrolment)?;
    let mut hashes = chain.hashes();
    Ok(hashes.any(|hash| *hash == device.token)
        && deposit_token == device.deposit_token.to_bytes()
        && capture_key == device.capture_key.to_bytes())
}

/// Makes an enrolment; not with a token that another one has or had.
pub(super) fn add_enrolment(
    connection: &Connection,
    device: &NewDevice,
    user: UserId,
    numbers: Numbers,
    now: Moment,
) -> Result<Option<EnrolmentKey>, StorageError> {
    let chain = Chain::new(device.token);
    if device.token == device.deposit_token || holder(connection, &device.token)?.is_some() {
        return Ok(None);
    }
    let added = connection.execute(
        "insert into enrolment (user, tokens, deposit_token_sha256, capture_key, platform, app, enrolled_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict (deposit_token_sha256) do nothing",
        params![
            Column(user),
            to_text(&chain, "chain of tokens")?,
            device.deposit_token.to_bytes(),
            device.capture_key.to_bytes(),
            device.platform,
            device.app,
            Column(now)
        ],
    )?;
    if added == 0 {
        return Ok(None);
    }
    let enrolment = EnrolmentKey(connection.last_insert_rowid());
    keep_chain(connection, enrolment, &chain)?;
    insert_pair(connection, numbers, enrolment, user, None)?;
    let event = Event::Enrolled {
        user,
        device: numbers.database,
        lock: numbers.lock,
    };
    audit::append(connection, &event, now)?;
    Ok(Some(enrolment))
}

fn lose_a_try(connection: &Connection, locator: &[u8; 32]) -> Result<(), StorageError> {
    connection.execute(
        "update enrolment_code
         set tries_left = max(tries_left - 1, 0)
         where locator = ?1",
        [locator],
    )?;
    Ok(())
}
