//! Forms that were begun and not saved yet.

use crate::{Reader, StoreError, Writer};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::time::Moment;
use rusqlite::{OptionalExtension as _, Row};

/// A form that was begun and not saved yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The record that it will become.
    pub id: RecordId,
    /// Which form.
    pub form: String,
    /// What was filled in; where it has a member `space`, or `audience` with a member `own`, the draft goes when that
    /// space is removed.
    pub content: serde_json::Value,
    /// When it was last touched.
    pub updated_at: Moment,
    /// Whether the app was locked then.
    pub while_locked: bool,
}

impl Draft {
    fn read(row: &Row<'_>) -> Result<Result<Self, StoreError>, rusqlite::Error> {
        let content = match serde_json::from_str(row.get_ref("content")?.as_str()?) {
            Ok(content) => content,
            Err(error) => return Ok(Err(StoreError::from(error))),
        };
        Ok(Ok(Self {
            id: RecordId::new(row.get("id")?),
            form: row.get("form")?,
            content,
            updated_at: Moment::from_millis(row.get("updated_at")?),
            while_locked: row.get("while_locked")?,
        }))
    }
}

impl Reader<'_> {
    /// All drafts, the one that was touched last first.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let sql =
            "select id, form, content, updated_at, while_locked from draft order by updated_at desc, id desc";
        let mut statement = self.connection.prepare_cached(sql)?;
        let drafts = statement.query_map([], Draft::read)?;
        drafts.map(|draft| draft?).collect()
    }

    /// The draft of that record.
    pub fn draft(&self, id: RecordId) -> Result<Option<Draft>, StoreError> {
        let sql = "select id, form, content, updated_at, while_locked from draft where id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement
            .query_row([id.uuid()], Draft::read)
            .optional()?
            .transpose()
    }
}

impl Writer<'_> {
    /// Keeps a draft in the place of the one that was there.
    pub fn save_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        let sql = "
            insert into draft (id, form, content, updated_at, while_locked) values (?1, ?2, ?3, ?4, ?5)
            on conflict (id) do update
            set form = excluded.form, content = excluded.content, updated_at = excluded.updated_at,
                while_locked = excluded.while_locked";
        let content = serde_json::to_string(&draft.content)?;
        self.connection.prepare_cached(sql)?.execute((
            draft.id.uuid(),
            &draft.form,
            content,
            draft.updated_at.millis(),
            draft.while_locked,
        ))?;
        Ok(())
    }

    /// Throws a draft away.
    pub fn remove_draft(&self, id: RecordId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("delete from draft where id = ?1")?
            .execute([id.uuid()])?;
        Ok(())
    }

    pub(crate) fn remove_drafts_of(&self, space: SpaceId) -> Result<(), StoreError> {
        let sql = "
            delete from draft
            where json_extract(content, '$.space') = ?1 or json_extract(content, '$.audience.own') = ?1";
        self.connection
            .prepare_cached(sql)?
            .execute([space.to_string()])?;
        Ok(())
    }
}
