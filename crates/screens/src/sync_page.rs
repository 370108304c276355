//! The page about synchronising: how far everything is, what was not taken, what is on its way.

use crate::failure::CommandError;
use crate::screens::Screens;
use crate::shapes::{SyncItem, SyncPage};
use crate::timeline::made_at;
use crate::waiting::Way;
use drempel_domain::id::RecordId;
use drempel_domain::record::Named as _;
use drempel_domain::records::contacts::{DoorstepTalk, StreetContact};
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::HOUR;
use drempel_domain::value::Value;
use drempel_store::Query;

/// The most recordings that the page shows.
const MOST_ITEMS: usize = 50;

impl Screens<'_> {
    /// The page about synchronising.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sync_page(&self, way: &Way) -> Result<SyncPage, CommandError> {
        Ok(SyncPage {
            status: self.sync_status(way)?,
            problems: self.problem_rows()?,
            overwritten: self.overwritten_rows()?,
            items: self.on_their_way()?,
        })
    }

    /// What waits, is under way, or was made in the last hour; the newest first.
    fn on_their_way(&self) -> Result<Vec<SyncItem>, CommandError> {
        let mut recordings: Vec<(String, RecordId)> = self.waiting()?.into_keys().collect();
        let since = self.client.now().plus_millis(-HOUR).to_string();
        for query in [
            Query::of::<StreetContact>().from("occurred_at", since.clone()),
            Query::of::<DoorstepTalk>().from("occurred_at", since.clone()),
            Query::of::<QuickNote>().from("created_at", since.clone()),
        ] {
            for stored in self.own(query)? {
                let named = (stored.collection.clone(), stored.id);
                let is_half = stored.fields.contains_key("core");
                if !is_half && !recordings.contains(&named) {
                    recordings.push(named);
                }
            }
        }
        let words = self.words()?;
        let mut items = Vec::new();
        for (collection, record) in recordings {
            let stored = self
                .client
                .store()
                .read(|reader| reader.record(&collection, record))?;
            let Some(stored) = stored else { continue };
            let where_is = self.whereabouts(&collection, record)?;
            let has_place =
                [StreetContact::NAME, DoorstepTalk::NAME, QuickNote::NAME].contains(&collection.as_str());
            let place = match has_place {
                true => self.moment(&stored, &words)?.place,
                false => None,
            };
            let happened = stored.fields.get("occurred_at").and_then(Value::as_text);
            let happened = happened.and_then(|at| at.parse().ok());
            items.push(SyncItem {
                id: record,
                at: happened.unwrap_or_else(|| made_at(&stored)).into(),
                collection,
                place,
                status: where_is.status,
                late: where_is.late,
            });
        }
        items.sort_by_key(|item| std::cmp::Reverse((item.at, item.id)));
        items.truncate(MOST_ITEMS);
        Ok(items)
    }
}
