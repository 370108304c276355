//! What runs, what must be done, what was recorded.

use crate::failure::CommandError;
use crate::rounds::Walking;
use crate::screens::Screens;
use crate::shapes::{Happening, RoundNow, TimelineItem, Today, VisitCount, VisitState};
use crate::timeline::item;
use crate::words::Words;
use drempel_domain::record::{Named as _, Record as _};
use drempel_domain::records::contacts::{DoorstepTalk, StreetContact};
use drempel_domain::records::network::MessageContact;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::rounds::Round;
use drempel_store::{Query, Stored};

/// The most moments that the first screen shows.
const MOST_MOMENTS: usize = 100;
/// The most actions that it shows.
const MOST_DUE: usize = 5;

impl Screens<'_> {
    /// The first screen.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn today(&self) -> Result<Today, CommandError> {
        let words = self.words()?;
        let walking = self.walking()?;
        let due = self.open_actions()?.due_by(self.today_is());
        let late = due
            .iter()
            .filter(|open| open.days_late(self.today_is()) > 0)
            .count();
        let shown = due.into_iter().rev().take(MOST_DUE);
        Ok(Today {
            day: self.today_is().into(),
            start: match &walking {
                Some(_) => None,
                None => Some(self.round_choices(&words)?),
            },
            inbox: self.inbox()?.len(),
            drafts: self.draft_rows()?,
            due: shown
                .map(|open| self.action_row(&open, &words))
                .collect::<Result<_, _>>()?,
            late,
            timeline: self.recorded(walking.as_ref(), &words)?,
            was_there: self.was_there_questions(&words)?,
            round: match walking {
                Some(walking) => Some(self.round_now(walking, &words)?),
                None => None,
            },
        })
    }

    fn round_now(&self, walking: Walking, words: &Words) -> Result<RoundNow, CommandError> {
        let recorded = self.found_on(&walking)?;
        let visits = self.visits(&walking, words)?;
        let done = visits
            .iter()
            .filter(|visit| visit.state == VisitState::Visited)
            .count();
        let district = walking
            .district()
            .map(|code| words.lists.label("districts", code).to_owned());
        Ok(RoundNow {
            id: walking.id.record(),
            plan: self.plan_line(&walking, words)?,
            district: district.unwrap_or_default(),
            started: walking.started.into(),
            recorded: recorded
                .iter()
                .filter(|stored| stored.collection != Round::NAME)
                .count(),
            visits: (!visits.is_empty()).then_some(VisitCount {
                done,
                total: visits.len(),
            }),
            with: walking.others.into_iter().map(|other| other.name).collect(),
        })
    }

    /// What the person recorded on the running round, or today; the newest first.
    fn recorded(&self, walking: Option<&Walking>, words: &Words) -> Result<Vec<TimelineItem>, CommandError> {
        let found = match walking {
            Some(walking) => self.found_on(walking)?,
            None => self.found_today()?,
        };
        let items = found.iter().map(|stored| self.moment(stored, words));
        let mut items: Vec<TimelineItem> = items.collect::<Result<_, _>>()?;
        items.sort_by_key(|item| std::cmp::Reverse((item.at, item.id)));
        items.truncate(MOST_MOMENTS);
        Ok(items)
    }

    fn found_on(&self, walking: &Walking) -> Result<Vec<Stored>, CommandError> {
        let round = walking.id.to_string();
        let begun = walking.started.to_string();
        let mut found = self.own(Query::of::<StreetContact>().whose("round", round.clone()))?;
        found.extend(self.own(Query::of::<DoorstepTalk>().whose("round", round))?);
        found.extend(self.own(Query::of::<MessageContact>().from("occurred_at", begun.clone()))?);
        found.extend(self.own(Query::of::<QuickNote>().from("created_at", begun))?);
        // What was copied to a young person's space is the same note.
        found.retain(|stored| !stored.fields.contains_key("from_note"));
        found.retain(|stored| !stored.fields.contains_key("core"));
        let itself = self
            .client
            .store()
            .read(|reader| reader.record(Round::NAME, walking.id.record()))?;
        found.extend(itself);
        Ok(found)
    }

    fn found_today(&self) -> Result<Vec<Stored>, CommandError> {
        let begun = self.today_is().begins().to_string();
        let of = |query: Query| {
            query
                .from("occurred_at", begun.clone())
                .newest_first("occurred_at")
                .limit(MOST_MOMENTS)
        };
        let mut found = self.own(of(Query::of::<StreetContact>()))?;
        found.extend(self.own(of(Query::of::<DoorstepTalk>()))?);
        found.extend(self.own(of(Query::of::<MessageContact>()))?);
        let started = Query::kind(Round::collection()).from("started", begun.clone());
        found.extend(self.own(started)?);
        found.extend(self.own(Query::of::<QuickNote>().from("created_at", begun))?);
        found.retain(|stored| !stored.fields.contains_key("from_note"));
        Ok(found)
    }

    /// A record as a moment in a list.
    pub(crate) fn moment(&self, stored: &Stored, words: &Words) -> Result<TimelineItem, CommandError> {
        match stored.collection.as_str() {
            StreetContact::NAME => self.contact_item(stored, words),
            DoorstepTalk::NAME => self.talk_item(stored, words),
            QuickNote::NAME => self.note_item(stored, words),
            MessageContact::NAME => self.message_item(stored, words),
            _ => self.round_item(stored, words),
        }
    }

    fn round_item(&self, stored: &Stored, words: &Words) -> Result<TimelineItem, CommandError> {
        let round: Round = stored.typed();
        let others = self.others_on(drempel_domain::id::Id::new(stored.id))?;
        let began = round
            .started
            .map_or_else(|| crate::timeline::made_at(stored), |at| at.0);
        let where_is = self.whereabouts(Round::NAME, stored.id)?;
        let named = others.iter().map(|other| {
            let function = words.lists.label("partners", &other.function);
            [&other.name, " (", function, ")"].concat()
        });
        let district = round
            .district
            .as_ref()
            .map(|code| words.lists.label("districts", code.as_str()));
        Ok(TimelineItem {
            place: district.map(str::to_owned),
            names: named.collect(),
            ..item(stored.id, Happening::Round, began, where_is)
        })
    }
}
