//! Looking for records of one kind by their fields.

use crate::columns::to_column;
use crate::rows::RecordRow;
use crate::stored::Stored;
use crate::table::{Table, placeholder, table};
use crate::{Reader, StoreError};
use drempel_domain::id::SpaceId;
use drempel_domain::record::{Named, Record};
use drempel_domain::schema::Collection;
use drempel_domain::value::Value;
use rusqlite::params_from_iter;
use rusqlite::types::ToSqlOutput;

/// What to look for: records of one kind that meet all conditions, live ones unless said otherwise, by their
/// identifiers unless said otherwise.
///
/// A field is named as on the wire; behind a dot stands a member of several that move together (`place.spot`), or
/// `id` where the field names a record of any kind (`contact.id`).
#[derive(Clone, Debug)]
pub struct Query {
    collection: &'static Collection,
    space: Option<SpaceId>,
    conditions: Vec<(&'static str, Test)>,
    deleted: Deleted,
    newest_first: Option<&'static str>,
    limit: Option<usize>,
}

#[derive(Clone, Debug)]
enum Test {
    Is(Value),
    From(Value),
    Until(Value),
    Without,
}

#[derive(Clone, Copy, Debug)]
enum Deleted {
    Left,
    Also,
    Only,
}

impl Query {
    /// Records of kind `K`.
    pub fn of<K: Record + Named>() -> Self {
        Self::kind(K::collection())
    }

    /// Records of that kind.
    pub fn kind(collection: &'static Collection) -> Self {
        Self {
            collection,
            space: None,
            conditions: Vec::new(),
            deleted: Deleted::Left,
            newest_first: None,
            limit: None,
        }
    }

    /// Only of that space.
    pub fn in_space(mut self, space: SpaceId) -> Self {
        self.space = Some(space);
        self
    }

    /// Only with that value in that field.
    pub fn whose(self, field: &'static str, value: impl Into<Value>) -> Self {
        self.and(field, Test::Is(value.into()))
    }

    /// Only without a value in that field.
    pub fn without(self, field: &'static str) -> Self {
        self.and(field, Test::Without)
    }

    /// Only with that value or a greater one in that field: a later instant or day, a larger number.
    pub fn from(self, field: &'static str, value: impl Into<Value>) -> Self {
        self.and(field, Test::From(value.into()))
    }

    /// Only with that value or a smaller one in that field.
    pub fn until(self, field: &'static str, value: impl Into<Value>) -> Self {
        self.and(field, Test::Until(value.into()))
    }

    /// Deleted ones too.
    pub fn with_deleted(mut self) -> Self {
        self.deleted = Deleted::Also;
        self
    }

    /// Deleted ones only.
    pub fn only_deleted(mut self) -> Self {
        self.deleted = Deleted::Only;
        self
    }

    /// Those with the greatest value in that field first; those without one last.
    pub fn newest_first(mut self, field: &'static str) -> Self {
        self.newest_first = Some(field);
        self
    }

    /// At most so many.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    fn and(mut self, field: &'static str, test: Test) -> Self {
        self.conditions.push((field, test));
        self
    }
}

impl Reader<'_> {
    /// The records that a query looks for.
    pub fn find(&self, query: &Query) -> Result<Vec<Stored>, StoreError> {
        let table = table_of(query)?;
        let mut statement = Statement::new(&table.all);
        statement.restrict(table, query)?;
        statement.order(table, query)?;
        let device = self.device()?;
        let mut prepared = self.connection.prepare_cached(&statement.sql)?;
        let mut rows = prepared.query(params_from_iter(&statement.values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(self.stored(table, RecordRow::read(table, row)?, device)?);
        }
        Ok(found)
    }

    /// How many records a query looks for, whatever its limit.
    pub fn count(&self, query: &Query) -> Result<u64, StoreError> {
        let table = table_of(query)?;
        let mut statement = Statement::new(table.statement("count"));
        statement.restrict(table, query)?;
        let mut prepared = self.connection.prepare_cached(&statement.sql)?;
        let count: i64 = prepared.query_row(params_from_iter(&statement.values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

fn table_of(query: &Query) -> Result<&'static Table, StoreError> {
    table(query.collection.name).ok_or(StoreError::NoSuchField(query.collection.name))
}

/// A statement being put together from the schema's own words, and what is bound to it.
struct Statement<'q> {
    sql: String,
    values: Vec<ToSqlOutput<'q>>,
}

impl<'q> Statement<'q> {
    fn new(start: &str) -> Self {
        Self {
            sql: [start, " where dropped = 0"].concat(),
            values: Vec::new(),
        }
    }

    fn restrict(&mut self, table: &Table, query: &'q Query) -> Result<(), StoreError> {
        self.sql.push_str(match query.deleted {
            Deleted::Left => " and deleted is not 1",
            Deleted::Also => "",
            Deleted::Only => " and deleted = 1",
        });
        if let Some(space) = &query.space {
            let space = ToSqlOutput::Owned(space.uuid().as_bytes().to_vec().into());
            self.compare("space", " = (select key from space where id = ", space, ")");
        }
        for (field, test) in &query.conditions {
            self.test(table, field, test)?;
        }
        Ok(())
    }

    fn test(&mut self, table: &Table, field: &'static str, test: &'q Test) -> Result<(), StoreError> {
        let (column, storage) = table.column(field).ok_or(StoreError::NoSuchField(field))?;
        let (operator, value) = match test {
            Test::Is(value) => (" = ", value),
            Test::From(value) => (" >= ", value),
            Test::Until(value) => (" <= ", value),
            Test::Without => {
                self.sql.push_str(&[" and ", &column, " is null"].concat());
                return Ok(());
            }
        };
        match to_column(storage, value) {
            Some(value) => self.compare(&column, operator, value, ""),
            // The column cannot hold it, so that no record has it.
            None => self.sql.push_str(" and 0"),
        }
        Ok(())
    }

    fn compare(&mut self, column: &str, operator: &str, value: ToSqlOutput<'q>, end: &str) {
        self.values.push(value);
        let place = placeholder(self.values.len());
        self.sql
            .push_str(&[" and ", column, operator, &place, end].concat());
    }

    fn order(&mut self, table: &Table, query: &'q Query) -> Result<(), StoreError> {
        match query.newest_first {
            Some(field) => {
                let (column, _) = table.column(field).ok_or(StoreError::NoSuchField(field))?;
                self.sql
                    .push_str(&[" order by ", &column, " desc, id desc"].concat());
            }
            None => self.sql.push_str(" order by id"),
        }
        if let Some(limit) = query.limit {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            self.values.push(limit.into());
            self.sql
                .push_str(&[" limit ", &placeholder(self.values.len())].concat());
        }
        Ok(())
    }
}
