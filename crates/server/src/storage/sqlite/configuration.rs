//! Lists, settings, partners and the municipality: what every device is told.

use super::codes::{Column, from_text, to_text};
use super::directory::{changed, put_membership, put_person, put_space};
use super::{Sqlite, audit, meta, state, tasks};
use crate::audit::Event;
use crate::municipality::Plan;
use crate::storage::StorageError;
use drempel_domain::time::Moment;
use drempel_protocol::access::{Configuration, ListedCode, ListedPartner, Municipality};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

const VERSION: &str = "configuration_version";

impl Sqlite {
    /// Puts everything of a municipality file into the database, in one transaction. What is not in the file stays.
    pub(crate) fn import(&self, plan: &Plan, now: Moment) -> Result<(), StorageError> {
        self.write(|transaction| {
            for (short_name, person) in &plan.people {
                put_person(transaction, short_name, person)?;
            }
            for (short_name, space) in &plan.spaces {
                put_space(transaction, short_name, space)?;
                state::make_key(transaction, space.id)?;
            }
            for membership in &plan.memberships {
                put_membership(transaction, membership)?;
            }
            changed(transaction)?;
            put_configuration(transaction, plan)?;
            for spot in &plan.spots {
                tasks::write_unless_edited(transaction, spot, now)?;
            }
            let event = Event::Imported {
                users: plan.people.len(),
                memberships: plan.memberships.len(),
            };
            audit::append(transaction, &event, now)
        })
    }

    /// Adds a code to a list, or changes its label or whether it can be chosen.
    pub(crate) fn set_code(&self, list: &str, code: &ListedCode) -> Result<(), StorageError> {
        self.write(|transaction| {
            let places = "select coalesce(max(place) + 1, 0) from listed_code where list = ?1";
            let place: i64 = transaction.query_row(places, [list], |row| row.get(0))?;
            put_code(transaction, list, code, place)?;
            meta::step(transaction, VERSION)
        })
    }

    /// The version of the configuration, to be compared.
    pub(crate) fn configuration_version(&self) -> Result<i64, StorageError> {
        self.read(|transaction| meta::number(transaction, VERSION))
    }

    /// What every device is told, without its tag.
    pub(crate) fn configuration(&self) -> Result<Configuration, StorageError> {
        self.read(|transaction| {
            let municipality = meta::get(transaction, "municipality")?;
            let municipality = municipality.map(|text| from_text(&text, "municipality"));
            let nobody = || Municipality {
                code: String::new(),
                name: String::new(),
                time_zone: "Europe/Amsterdam".to_owned(),
                administrator_phone: None,
            };
            Ok(Configuration {
                tag: String::new(),
                municipality: municipality.transpose()?.unwrap_or_else(nobody),
                lists: lists(transaction)?,
                settings: settings(transaction)?,
                partners: partners(transaction)?,
            })
        })
    }
}

fn put_configuration(connection: &Connection, plan: &Plan) -> Result<(), StorageError> {
    let municipality = to_text(&plan.municipality, "municipality")?;
    meta::set(connection, "municipality", &municipality)?;
    for (name, codes) in &plan.lists {
        for (code, place) in codes.iter().zip(0..) {
            put_code(connection, name, code, place)?;
        }
    }
    for (name, value) in &plan.settings {
        connection.execute(
            "insert into setting (name, value)
             values (?1, ?2)
             on conflict (name) do update set value = excluded.value",
            params![name, value],
        )?;
    }
    for (partner, place) in plan.partners.iter().zip(0_i64..) {
        connection.execute(
            "insert into partner (id, place, body)
             values (?1, ?2, ?3)
             on conflict (id) do update set place = excluded.place, body = excluded.body",
            params![Column(partner.id), place, to_text(partner, "partner")?],
        )?;
    }
    meta::step(connection, VERSION)
}

fn put_code(connection: &Connection, list: &str, code: &ListedCode, place: i64) -> Result<(), StorageError> {
    connection.execute(
        "insert into listed_code (list, code, label, active, place)
         values (?1, ?2, ?3, ?4, ?5)
         on conflict (list, code) do update set label = excluded.label, active = excluded.active",
        params![list, code.code, code.label, code.active, place],
    )?;
    Ok(())
}

fn lists(connection: &Connection) -> Result<BTreeMap<String, Vec<ListedCode>>, StorageError> {
    let mut statement =
        connection.prepare("select list, code, label, active from listed_code order by list, place, code")?;
    let rows = statement.query_map([], |row| {
        let code = ListedCode {
            code: row.get(1)?,
            label: row.get(2)?,
            active: row.get(3)?,
        };
        Ok((row.get::<_, String>(0)?, code))
    })?;
    let mut lists: BTreeMap<String, Vec<ListedCode>> = BTreeMap::new();
    for row in rows {
        let (list, code) = row?;
        lists.entry(list).or_default().push(code);
    }
    Ok(lists)
}

fn settings(connection: &Connection) -> Result<BTreeMap<String, i64>, StorageError> {
    let mut statement = connection.prepare("select name, value from setting")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn partners(connection: &Connection) -> Result<Vec<ListedPartner>, StorageError> {
    let mut statement = connection.prepare("select body from partner order by place, id")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|body| from_text(&body?, "partner")).collect()
}
