//! Own changes that wait in quarantine, with their text.

use crate::spaces::{from_seq, to_seq};
use crate::{Reader, StoreError, Writer};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::sync_log::{Change, Fields, Reason, Seq};
use drempel_domain::time::Moment;
use rusqlite::Row;

/// An own change that the server put into quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The space.
    pub space: SpaceId,
    /// The number of the change.
    pub seq: Seq,
    /// The kind of record.
    pub collection: String,
    /// The record.
    pub record: RecordId,
    /// What the change sets.
    pub set: Fields,
    /// Whether it makes the record.
    pub new: bool,
    /// Why it was quarantined, as a code.
    pub code: String,
    /// The field concerned.
    pub field: Option<String>,
    /// When the server said so.
    pub since: Moment,
}

impl Problem {
    fn read(row: &Row<'_>) -> Result<Result<Self, StoreError>, rusqlite::Error> {
        let change: Change = match serde_json::from_str(row.get_ref("body")?.as_str()?) {
            Ok(change) => change,
            Err(error) => return Ok(Err(error.into())),
        };
        Ok(Ok(Self {
            space: SpaceId::new(row.get("space")?),
            seq: to_seq(row.get("seq")?),
            collection: change.collection,
            record: change.record,
            set: change.set,
            new: change.new,
            code: row.get("code")?,
            field: row.get("field")?,
            since: Moment::from_millis(row.get("since")?),
        }))
    }
}

impl Reader<'_> {
    /// The changes in quarantine that their author did not throw away, the oldest first.
    pub fn problems(&self) -> Result<Vec<Problem>, StoreError> {
        let sql = "
            select space.id as space, problem.seq, problem.body, problem.code, problem.field, problem.since
            from problem join space on space.key = problem.space
            where not problem.discard
            order by problem.since, space.id, problem.seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let problems = statement.query_map([], Problem::read)?;
        problems.map(|problem| problem?).collect()
    }

    /// The numbers of the changes in quarantine that are still shown.
    pub fn open_numbers(&self, space: SpaceId) -> Result<Vec<Seq>, StoreError> {
        self.numbers_of_problems(space, false)
    }

    /// The numbers of the changes in quarantine that their author threw away, until the server says so too.
    pub fn discarded_numbers(&self, space: SpaceId) -> Result<Vec<Seq>, StoreError> {
        self.numbers_of_problems(space, true)
    }

    fn numbers_of_problems(&self, space: SpaceId, discard: bool) -> Result<Vec<Seq>, StoreError> {
        let sql = "
            select problem.seq
            from problem join space on space.key = problem.space
            where space.id = ?1 and problem.discard = ?2
            order by problem.seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let numbers = statement.query_map((space.uuid(), discard), |row| row.get(0))?;
        numbers.map(|number| Ok(to_seq(number?))).collect()
    }

    /// Why the last change to a record that is in quarantine is there.
    pub(crate) fn reason_of(&self, space: SpaceId, record: RecordId) -> Result<Option<Reason>, StoreError> {
        let sql = "
            select problem.code, problem.field
            from problem join space on space.key = problem.space
            where problem.record = ?1 and space.id = ?2 and not problem.discard
            order by problem.seq desc
            limit 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((record.uuid(), space.uuid()))?;
        match rows.next()? {
            Some(row) => Ok(Some(Reason {
                code: row.get(0)?,
                field: row.get(1)?,
            })),
            None => Ok(None),
        }
    }

    /// The changes in quarantine in a space that their author did not throw away, in the order of their numbers.
    pub(crate) fn changes_in_quarantine(&self, space: i64) -> Result<Vec<Change>, StoreError> {
        let sql = "select body from problem where space = ?1 and not discard order by seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([space])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            let body: String = row.get(0)?;
            changes.push(serde_json::from_str(&body)?);
        }
        Ok(changes)
    }
}

impl Writer<'_> {
    /// Its author throws a change in quarantine away: hidden at once, and the server is told.
    pub fn discard_problem(&self, space: SpaceId, seq: Seq) -> Result<(), StoreError> {
        let sql = "
            update problem set discard = 1
            where seq = ?2 and space = (select key from space where id = ?1)";
        self.connection
            .prepare_cached(sql)?
            .execute((space.uuid(), from_seq(seq)))?;
        Ok(())
    }

    /// The change is in quarantine no more.
    pub fn remove_problem(&self, space: SpaceId, seq: Seq) -> Result<(), StoreError> {
        let sql = "delete from problem where seq = ?2 and space = (select key from space where id = ?1)";
        self.connection
            .prepare_cached(sql)?
            .execute((space.uuid(), from_seq(seq)))?;
        Ok(())
    }

    /// Keeps the text of a change that went into quarantine; one that was thrown away before stays so.
    pub(crate) fn add_problem(
        &self,
        space: i64,
        change: &Change,
        reason: &Reason,
        since: Moment,
    ) -> Result<(), StoreError> {
        let sql = "
            insert into problem (space, seq, record, body, code, field, since)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            on conflict (space, seq) do update
            set body = excluded.body, code = excluded.code, field = excluded.field, since = excluded.since";
        self.connection.prepare_cached(sql)?.execute((
            space,
            from_seq(change.seq),
            change.record.uuid(),
            serde_json::to_string(change)?,
            &reason.code,
            &reason.field,
            since.millis(),
        ))?;
        Ok(())
    }

    /// Nothing of an erased record stays in quarantine.
    pub(crate) fn remove_problems_of(&self, space: i64, record: RecordId) -> Result<(), StoreError> {
        let sql = "delete from problem where record = ?2 and space = ?1";
        self.connection
            .prepare_cached(sql)?
            .execute((space, record.uuid()))?;
        Ok(())
    }
}
