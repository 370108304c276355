//! Young people in lists: by name, by what holds of them, by when they were last seen.

use crate::{Reader, StoreError};
use drempel_domain::id::{RecordId, UserId};
use drempel_domain::time::Moment;
use rusqlite::named_params;

/// Which young people to list; several together must all hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct YouthQuery<'q> {
    /// With a running track of this coach.
    pub coach: Option<UserId>,
    /// With a running track in this phase.
    pub phase: Option<&'q str>,
    /// In this neighbourhood.
    pub district: Option<&'q str>,
    /// Not seen since.
    pub unseen_since: Option<Moment>,
}

/// A window of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YouthPage {
    /// How many young people the whole list has.
    pub total: u64,
    /// Those in the window, by family name, else by the name that is known.
    pub youths: Vec<RecordId>,
}

/// Who was seen since `:since`: at a contact, at a door, by message, going along. Nobody when it is null.
const SEEN: &str = "
    with seen (youth) as materialized (
        select participation.youth
        from street_contact
        join participation on json_extract(participation.contact, '$.id') =
            lower(substr(hex(street_contact.id), 1, 8) || '-' || substr(hex(street_contact.id), 9, 4) || '-'
                || substr(hex(street_contact.id), 13, 4) || '-' || substr(hex(street_contact.id), 17, 4) || '-'
                || substr(hex(street_contact.id), 21))
        where street_contact.occurred_at >= :since
            and street_contact.deleted is not 1
            and participation.deleted is not 1
            and participation.youth is not null
        union
        select youth from doorstep_talk where occurred_at >= :since and deleted is not 1 and youth is not null
        union
        select youth from message_contact where occurred_at >= :since and deleted is not 1 and youth is not null
        union
        select youth from accompaniment where occurred_at >= :since and deleted is not 1 and youth is not null
    )";

const WHOM: &str = "
    from youth
    where dropped = 0
        and deleted is not 1
        and (:district is null or district = :district)
        and (:coach is null or id in (
            select youth from track where coach = :coach and ended is null and deleted is not 1 and dropped = 0))
        and (:phase is null or id in (
            select youth from track
            where phase = :phase
                and ended is null
                and deleted is not 1
                and dropped = 0
                and (:coach is null or coach = :coach)))
        and (:since is null or id not in (select youth from seen))";

const ORDER: &str = "
    order by coalesce(family_name, given_name, nickname, '') collate nocase, id
    limit :count offset :from";

impl Reader<'_> {
    /// A window of the list of young people: `count` of them from the one with number `from`, counted from 0.
    pub fn youths(&self, query: &YouthQuery<'_>, from: usize, count: usize) -> Result<YouthPage, StoreError> {
        let since = query.unseen_since.map(Moment::millis);
        let coach = query.coach.map(UserId::uuid);
        let sql = [SEEN, "select count(*)", WHOM].concat();
        let mut counting = self.connection.prepare_cached(&sql)?;
        let total: i64 = counting.query_row(
            named_params! {
                ":since": since,
                ":coach": coach,
                ":phase": query.phase,
                ":district": query.district,
            },
            |row| row.get(0),
        )?;
        let sql = [SEEN, "select id", WHOM, ORDER].concat();
        let mut listing = self.connection.prepare_cached(&sql)?;
        let youths = listing.query_map(
            named_params! {
                ":since": since,
                ":coach": coach,
                ":phase": query.phase,
                ":district": query.district,
                ":count": i64::try_from(count).unwrap_or(i64::MAX),
                ":from": i64::try_from(from).unwrap_or(i64::MAX),
            },
            |row| row.get(0).map(RecordId::new),
        )?;
        Ok(YouthPage {
            total: total.unsigned_abs(),
            youths: youths.collect::<Result<_, _>>()?,
        })
    }

    /// When a young person was last seen: at a contact, at a door, by message, going along.
    pub fn last_seen(&self, youth: RecordId) -> Result<Option<Moment>, StoreError> {
        let sql = "
            select max(at) from (
                select max(street_contact.occurred_at) as at
                from participation
                join street_contact
                    on street_contact.id = unhex(replace(json_extract(participation.contact, '$.id'), '-', ''))
                where participation.youth = ?1 and participation.deleted is not 1 and street_contact.deleted is not 1
                union all
                select max(occurred_at) from doorstep_talk where youth = ?1 and deleted is not 1
                union all
                select max(occurred_at) from message_contact where youth = ?1 and deleted is not 1
                union all
                select max(occurred_at) from accompaniment where youth = ?1 and deleted is not 1
            )";
        let mut statement = self.connection.prepare_cached(sql)?;
        let at: Option<i64> = statement.query_row([youth.uuid()], |row| row.get(0))?;
        Ok(at.map(Moment::from_millis))
    }

    /// The contacts in which a young person took part, the last first, at most `limit`.
    pub fn contacts_with(&self, youth: RecordId, limit: usize) -> Result<Vec<RecordId>, StoreError> {
        let sql = "
            select street_contact.id
            from participation
            join street_contact
                on street_contact.id = unhex(replace(json_extract(participation.contact, '$.id'), '-', ''))
            where participation.youth = ?1 and participation.deleted is not 1 and street_contact.deleted is not 1
            order by street_contact.occurred_at desc, street_contact.id desc
            limit ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let contacts = statement.query_map((youth.uuid(), limit), |row| row.get(0).map(RecordId::new))?;
        Ok(contacts.collect::<Result<_, _>>()?)
    }
}
