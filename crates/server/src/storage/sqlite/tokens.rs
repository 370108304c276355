//! Sync tokens: finding the enrolment that one belongs to, and what its use means.

use super::codes::{from_text, to_text};
use super::devices::{read_device, revoke};
use super::{Sqlite, audit};
use crate::audit::Event;
use crate::storage::{DeviceRow, EnrolmentKey, StorageError};
use drempel_domain::time::{DAY, Moment};
use drempel_sealing::token::{Chain, Decision, TokenHash};
use rusqlite::{Connection, OptionalExtension, params};

/// How long a token that ended is remembered, in milliseconds: until then its use shows a copy.
const REMEMBERED: i64 = 180 * DAY;

impl Sqlite {
    /// The enrolment that a token belongs or belonged to, revoked or not, and its tokens.
    pub(crate) fn enrolment_with(
        &self,
        token: &TokenHash,
    ) -> Result<Option<(DeviceRow, Chain)>, StorageError> {
        self.read(|transaction| {
            let Some(key) = holder(transaction, token)? else {
                return Ok(None);
            };
            Ok(Some((
                read_device(transaction, key)?,
                read_chain(transaction, key)?,
            )))
        })
    }

    /// Decides on a request that presents a token and announces the next one, and keeps what that changes.
    pub(crate) fn present(
        &self,
        enrolment: EnrolmentKey,
        token: &TokenHash,
        next: Option<&TokenHash>,
        now: Moment,
    ) -> Result<Decision, StorageError> {
        self.write(|transaction| {
            let mut chain = read_chain(transaction, enrolment)?;
            // What another enrolment has is nobody's next token.
            let next = next
                .filter(|next| !matches!(holder(transaction, next), Ok(Some(other)) if other != enrolment));
            let decision = chain.present(token, next, now);
            chain.forget_ended_before(now.plus_millis(-REMEMBERED));
            keep_chain(transaction, enrolment, &chain)?;
            if decision == Decision::Copied {
                let device = read_device(transaction, enrolment)?.id;
                revoke(transaction, enrolment, now, None)?;
                let sql = "update enrolment set copied_at = coalesce(copied_at, ?2) where key = ?1";
                transaction.execute(sql, params![enrolment.0, now.millis()])?;
                audit::append(transaction, &Event::CopyFound { device }, now)?;
            }
            Ok(decision)
        })
    }
}

/// The enrolment that has, or had, a token.
pub(super) fn holder(
    connection: &Connection,
    token: &TokenHash,
) -> Result<Option<EnrolmentKey>, StorageError> {
    let mut statement = connection.prepare_cached("select enrolment from token where sha256 = ?1")?;
    let found = statement.query_row([token.to_bytes()], |row| row.get(0).map(EnrolmentKey));
    Ok(found.optional()?)
}

pub(super) fn read_chain(connection: &Connection, enrolment: EnrolmentKey) -> Result<Chain, StorageError> {
    let mut statement = connection.prepare_cached("select tokens from enrolment where key = ?1")?;
    let text: String = statement.query_row([enrolment.0], |row| row.get(0))?;
    from_text(&text, "chain of tokens")
}

/// Keeps the tokens of an enrolment, and every hash by which a request may find it.
pub(super) fn keep_chain(
    connection: &Connection,
    enrolment: EnrolmentKey,
    chain: &Chain,
) -> Result<(), StorageError> {
    let text = to_text(chain, "chain of tokens")?;
    connection.execute("delete from token where enrolment = ?1", [enrolment.0])?;
    let mut statement = connection.prepare_cached("update enrolment set tokens = ?2 where key = ?1")?;
    statement.execute(params![enrolment.0, text])?;
    let mut statement = connection
        .prepare_cached("insert into token (sha256, enrolment) values (?1, ?2) on conflict do nothing")?;
    for hash in chain.hashes() {
        statement.execute(params![hash.to_bytes(), enrolment.0])?;
    }
    Ok(())
}
