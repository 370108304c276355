//! People, spaces and memberships: read whole, and read again after an administrator changed them.

use super::codes::{Column, from_text, to_text};
use super::{Sqlite, audit, meta};
use crate::audit::Event;
use crate::directory::Directory;
use crate::storage::StorageError;
use drempel_domain::id::{SpaceId, UserId};
use drempel_domain::space::{Membership, Role, Space};
use drempel_domain::time::Moment;
use drempel_protocol::access::Person;
use rusqlite::{Connection, Row, params};
use std::sync::{Arc, PoisonError};

const VERSION: &str = "directory_version";

/// A span of a membership, as an administrator sets it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Span {
    /// From an instant on, in a role; an open span in the same space ends there.
    Grant(Role, Moment),
    /// Every span ends at that instant.
    End(Moment),
}

impl Sqlite {
    /// The directory as it is in this transaction.
    pub(super) fn directory_in(&self, connection: &Connection) -> Result<Arc<Directory>, StorageError> {
        let version = meta::number(connection, VERSION)?;
        let remembered = self.remembered_directory();
        let known = Arc::clone(&remembered.lock().unwrap_or_else(PoisonError::into_inner));
        if known.version() == version {
            return Ok(known);
        }
        let read = Arc::new(read(connection, version)?);
        *remembered.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&read);
        Ok(read)
    }

    /// The directory as it is now.
    pub(crate) fn directory(&self) -> Result<Arc<Directory>, StorageError> {
        self.read(|transaction| self.directory_in(transaction))
    }

    /// Sets a person's membership of a space.
    pub(crate) fn set_membership(
        &self,
        user: UserId,
        space: SpaceId,
        span: Span,
        now: Moment,
    ) -> Result<(), StorageError> {
        self.write(|transaction| {
            let (Span::Grant(_, at) | Span::End(at)) = span;
            end_spans(transaction, user, space, at)?;
            if let Span::Grant(role, from) = span {
                put_membership(
                    transaction,
                    &Membership {
                        user,
                        space,
                        role,
                        from,
                        until: None,
                    },
                )?;
            }
            let event = match span {
                Span::Grant(role, from) => Event::Granted {
                    user,
                    space,
                    role,
                    from,
                },
                Span::End(at) => Event::MembershipEnded { user, space, at },
            };
            audit::append(transaction, &event, now)?;
            meta::step(transaction, VERSION)
        })
    }
}

fn end_spans(connection: &Connection, user: UserId, space: SpaceId, at: Moment) -> Result<(), StorageError> {
    connection.execute(
        "delete from membership
         where user = ?1 and space = ?2 and valid_from >= ?3",
        params![Column(user), Column(space), Column(at)],
    )?;
    connection.execute(
        "update membership
         set valid_until = ?3
         where user = ?1 and space = ?2 and (valid_until is null or valid_until > ?3)",
        params![Column(user), Column(space), Column(at)],
    )?;
    Ok(())
}

/// Adds a span, or changes the role of the one that begins at the same instant; what ended stays ended.
pub(super) fn put_membership(connection: &Connection, membership: &Membership) -> Result<(), StorageError> {
    connection.execute(
        "insert into membership (user, space, valid_from, valid_until, role)
         values (?1, ?2, ?3, ?4, ?5)
         on conflict (user, space, valid_from) do update
         set role = excluded.role,
             valid_until = coalesce(excluded.valid_until, valid_until)",
        params![
            Column(membership.user),
            Column(membership.space),
            Column(membership.from),
            membership.until.map(Column),
            Column(membership.role),
        ],
    )?;
    Ok(())
}

pub(super) fn put_person(
    connection: &Connection,
    short_name: &str,
    person: &Person,
) -> Result<(), StorageError> {
    connection.execute(
        "insert into person (id, short_name, name, function)
         values (?1, ?2, ?3, ?4)
         on conflict (id) do update
         set name = excluded.name,
             function = excluded.function",
        params![Column(person.id), short_name, person.name, person.function],
    )?;
    Ok(())
}

pub(super) fn put_space(
    connection: &Connection,
    short_name: &str,
    space: &Space,
) -> Result<(), StorageError> {
    let fields = space.covenant_fields.as_ref();
    connection.execute(
        "insert into space (id, short_name, name, kind, regime, covenant, covenant_fields)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict (id) do update
         set name = excluded.name,
             covenant = excluded.covenant,
             covenant_fields = excluded.covenant_fields",
        params![
            Column(space.id),
            short_name,
            space.name,
            Column(space.kind),
            Column(space.regime),
            space.covenant,
            fields.map(|fields| to_text(fields, "covenant")).transpose()?,
        ],
    )?;
    Ok(())
}

pub(super) fn changed(connection: &Connection) -> Result<(), StorageError> {
    meta::step(connection, VERSION)
}

fn read(connection: &Connection, version: i64) -> Result<Directory, StorageError> {
    let people = all(connection, "select id, name, function from person", |row| {
        Ok(Person {
            id: row.get::<_, Column<_>>(0)?.0,
            name: row.get(1)?,
            function: row.get(2)?,
        })
    })?;
    let (spaces, memberships) = (spaces(connection)?, memberships(connection)?);
    Ok(Directory::new(version, spaces, people, memberships))
}

fn spaces(connection: &Connection) -> Result<Vec<Space>, StorageError> {
    let rows = all(
        connection,
        "select id, name, kind, regime, covenant, covenant_fields from space",
        |row| {
            let space = Space {
                id: row.get::<_, Column<_>>(0)?.0,
                name: row.get(1)?,
                kind: row.get::<_, Column<_>>(2)?.0,
                regime: row.get::<_, Column<_>>(3)?.0,
                covenant: row.get(4)?,
                covenant_fields: None,
            };
            Ok((space, row.get::<_, Option<String>>(5)?))
        },
    )?;
    let with_fields = |(space, fields): (Space, Option<String>)| {
        let covenant_fields = fields.map(|text| from_text(&text, "covenant")).transpose()?;
        Ok(Space {
            covenant_fields,
            ..space
        })
    };
    rows.into_iter().map(with_fields).collect()
}

fn memberships(connection: &Connection) -> Result<Vec<Membership>, StorageError> {
    all(
        connection,
        "select user, space, role, valid_from, valid_until
         from membership
         order by user, space, valid_from",
        |row| {
            Ok(Membership {
                user: row.get::<_, Column<_>>(0)?.0,
                space: row.get::<_, Column<_>>(1)?.0,
                role: row.get::<_, Column<_>>(2)?.0,
                from: row.get::<_, Column<_>>(3)?.0,
                until: row.get::<_, Option<Column<_>>>(4)?.map(|column| column.0),
            })
        },
    )
}

fn all<T>(
    connection: &Connection,
    text: &'static str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StorageError> {
    let mut statement = connection.prepare(text)?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
